"""The trail."""

from upstream_web.audit.models.event import Event

__all__ = ["Event"]
