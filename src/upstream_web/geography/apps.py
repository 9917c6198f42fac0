"""Tells Django about this part of the site."""

from django.apps import AppConfig


class GeographyConfig(AppConfig):
    """Areas and their maps."""

    name = "upstream_web.geography"
