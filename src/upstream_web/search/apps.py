"""Tells Django about this part of the site."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding measures, areas, feeds and documents."""

    name = "upstream_web.search"
