"""Tells Django about this part of the site."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """The Serious Violence Duty."""

    name = "upstream_web.duty"

    def ready(self) -> None:
        """Enter the registers."""
        from upstream_web.duty import register  # noqa: F401
