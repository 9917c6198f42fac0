"""Tells Django about this part of the site."""

from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    """Funds, rounds, grants and contracts, and what was had for the money."""

    name = "upstream_web.commissioning"

    def ready(self) -> None:
        """Enter the registers."""
        from upstream_web.commissioning import register  # noqa: F401
