"""What is kept about every record, and what hangs on it."""

from upstream_web.records.models.attachment import Attachment
from upstream_web.records.models.comment import Comment
from upstream_web.records.models.habit import CalendarAddress, SavedFilter
from upstream_web.records.models.hanging import Hanging
from upstream_web.records.models.kept_paper import KeptPaper
from upstream_web.records.models.link import Link
from upstream_web.records.models.notice import Digest, DigestChoice, Follow, Notice
from upstream_web.records.models.publication import Publication
from upstream_web.records.models.record import Record, Records

__all__ = [
    "Attachment",
    "CalendarAddress",
    "Comment",
    "Digest",
    "DigestChoice",
    "Follow",
    "Hanging",
    "KeptPaper",
    "Link",
    "Notice",
    "Publication",
    "Record",
    "Records",
    "SavedFilter",
]
