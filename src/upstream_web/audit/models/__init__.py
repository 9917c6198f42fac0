"""The trail."""

from upstream_web.audit.models.event import Event
from upstream_web.audit.models.head import Head

__all__ = ["Event", "Head"]
