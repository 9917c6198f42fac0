"""Tells Django about this part of the site."""

from __future__ import annotations

from django.apps import AppConfig


class PanelUpdatesConfig(AppConfig):
    """The plan update to the panel."""

    name = "upstream_web.panel_updates"

    def ready(self) -> None:
        """Enter the kinds of record of this part."""
        from upstream_web.panel_updates import registers  # noqa: F401
