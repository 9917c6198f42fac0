"""Tells Django about this part of the site."""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    """Help, accessibility, privacy and words."""

    name = "upstream_web.guide"
