"""Tells Django about this part of the site."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspections, recommendations and practice."""

    name = "upstream_web.inspections"

    def ready(self) -> None:
        """Enter the registers and learn the kinds of background work."""
        from upstream_web.inspections import background, practice_register, register  # noqa: F401
