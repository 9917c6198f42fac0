"""Tells Django about this part of the site."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, their people and what these may do."""

    name = "upstream_web.organisations"

    def ready(self) -> None:
        """Let other parts say what organisations are called."""
        from upstream_web.access import bodies
        from upstream_web.organisations import queries, registers  # noqa: F401  (entering the register is enough)

        bodies.known_by(queries.names_by_key)
