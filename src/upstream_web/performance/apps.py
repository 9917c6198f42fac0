"""Tells Django about this part of the site."""

from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """The performance framework."""

    name = "upstream_web.performance"

    def ready(self) -> None:
        """Enter the kinds of record of this part."""
        from upstream_web.performance import register  # noqa: F401
