"""Tells Django about this part of the site."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The programming interface."""

    name = "upstream_web.api"
