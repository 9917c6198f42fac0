"""Tells Django about this part of the site."""

from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    """Funds, rounds, grants and contracts, and what was had for the money."""

    name = "upstream_web.commissioning"
