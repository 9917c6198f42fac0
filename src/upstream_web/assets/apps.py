"""Tells Django about this part of the site."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """Feeds, receipts and builds."""

    name = "upstream_web.assets"
