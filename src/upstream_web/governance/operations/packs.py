"""Keeping the papers of a meeting as they went out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upstream.papers import Form
from upstream_web.core.operations import operation, tell
from upstream_web.governance.meeting_pack import pack_paper
from upstream_web.governance.models import Meeting
from upstream_web.records.models import KeptPaper
from upstream_web.records.operations.papers import Rendered, keep_paper, render_ahead
from upstream_web.records.papers import papers_of

FORMS: tuple[Form, ...] = ("pdf", "docx", "html")


def _rendered(*, meeting: Meeting, **_: Any) -> Rendered:
    return render_ahead(pack_paper(meeting), FORMS)


@operation("papers of a meeting kept", ahead=_rendered)
def keep_pack(*, meeting: Meeting, by: Any, at: datetime) -> KeptPaper:
    """Keep the pack of a meeting as it is now, beside those that were kept earlier; it reads the same for ever."""
    again = papers_of(meeting).exists()
    reason = f"Sent again on {at:%-d %B %Y}, since papers changed" if again else ""
    tell(meeting)
    return keep_paper(record=meeting, paper=pack_paper(meeting), by=by, at=at, reason=reason, forms=FORMS)
