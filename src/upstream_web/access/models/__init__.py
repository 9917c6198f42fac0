"""People, what they were given, and what they opened in an emergency."""

from upstream_web.access.models.emergency import EmergencyAccess, EmergencyReason
from upstream_web.access.models.grant import Grant
from upstream_web.access.models.user import User

__all__ = ["EmergencyAccess", "EmergencyReason", "Grant", "User"]
