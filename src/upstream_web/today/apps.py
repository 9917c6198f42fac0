"""Tells Django about this part of the site."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """The page that says what changed."""

    name = "upstream_web.today"
