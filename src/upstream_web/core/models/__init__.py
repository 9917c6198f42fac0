"""Background work."""

from upstream_web.core.models.job import Job

__all__ = ["Job"]
