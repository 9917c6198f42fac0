"""What lets programs in."""

from upstream_web.api.models.token import Token

__all__ = ["Token"]
