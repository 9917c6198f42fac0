"""Tells Django about this part of the site."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What everybody may read without signing in: what was published, never a record."""

    name = "upstream_web.public"
