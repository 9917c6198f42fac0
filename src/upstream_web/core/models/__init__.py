"""Background work."""

from upstream_web.core.models.due import Due
from upstream_web.core.models.job import Job

__all__ = ["Due", "Job"]
