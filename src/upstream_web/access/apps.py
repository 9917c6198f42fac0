"""Tells Django about this part of the site."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who people are and what they may do."""

    name = "upstream_web.access"

    def ready(self) -> None:
        """Listen to what the sign-in library does."""
        from upstream_web.access import listeners

        listeners.connect()
