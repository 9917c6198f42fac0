"""Tells Django about this part of the site."""

from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    """Education, training of the workforce, campaigns, charters and activities."""

    name = "upstream_web.awareness"

    def ready(self) -> None:
        """Enter the registers."""
        from upstream_web.awareness import register  # noqa: F401
