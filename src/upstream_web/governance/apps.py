"""Tells Django about this part of the site."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Boards, meetings, risks and escalations."""

    name = "upstream_web.governance"

    def ready(self) -> None:
        """Enter the registers, and let agendas be made from what they know."""
        from upstream_web.governance import register, sources  # noqa: F401
