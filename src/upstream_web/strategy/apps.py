"""Tells Django about this part of the site."""

from __future__ import annotations

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """The strategy and the delivery plan."""

    name = "upstream_web.strategy"

    def ready(self) -> None:
        """Enter the kinds of record of this part."""
        from upstream_web.strategy import register  # noqa: F401
