"""Tells Django about this part of the site."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What was done, by whom and when."""

    name = "upstream_web.audit"

    def ready(self) -> None:
        """Listen to what happens where the trail is not known."""
        from upstream_web.audit import listeners

        listeners.connect()
