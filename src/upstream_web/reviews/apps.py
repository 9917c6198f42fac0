"""Tells Django about this part of the site."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Reviews after serious incidents, what was learnt and what was done."""

    name = "upstream_web.reviews"

    def ready(self) -> None:
        """Enter the registers."""
        from upstream_web.reviews import register  # noqa: F401
