"""What is kept about every record."""

from upstream_web.records.models.record import Record, Records

__all__ = ["Record", "Records"]
