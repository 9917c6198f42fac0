"""Tells Django about this part of the site."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """The explorer of measures."""

    name = "upstream_web.measures"
