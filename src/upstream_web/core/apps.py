"""Tells Django about this part of the site."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """The frame of the site."""

    name = "upstream_web.core"

    def ready(self) -> None:
        """Find the kinds of background work that the apps define in their `background.py`."""
        autodiscover_modules("background")
