"""Tells Django about this part of the site."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Reviews after serious incidents, what was learnt and what was done."""

    name = "upstream_web.reviews"
