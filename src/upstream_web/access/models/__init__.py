"""People."""

from upstream_web.access.models.user import User

__all__ = ["User"]
