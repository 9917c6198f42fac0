"""Tells Django about this part of the site."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What every record of the partnership has."""

    name = "upstream_web.records"
