"""Tells Django about this part of the site."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who people are and what they may do."""

    name = "upstream_web.access"
