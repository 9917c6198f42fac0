"""Tells Django about this part of the site."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What every record of the partnership has."""

    name = "upstream_web.records"

    def ready(self) -> None:
        """Listen to what happens where notices are not known."""
        from upstream_web.records import listeners

        listeners.connect()
