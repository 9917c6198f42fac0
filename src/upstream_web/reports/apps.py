"""Tells Django about this part of the site."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports and their versions."""

    name = "upstream_web.reports"
