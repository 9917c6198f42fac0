"""Drafting, drafting again and publishing a plan update."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.core.operations import operation, tell
from upstream_web.panel_updates import drafting, papers
from upstream_web.panel_updates.models import PanelUpdate, UpdateSection, UpdateState
from upstream_web.records.models import KeptPaper
from upstream_web.records.operations.keeping import keep, keep_new
from upstream_web.records.operations.papers import Rendered, check_corrects, keep_paper, render_ahead
from upstream_web.records.papers import papers_of


class NothingToPublish(WrongUse):
    """An update without a drafted section cannot be published."""


@operation("plan update begun")
def begin(*, update: PanelUpdate, by: Any, at: datetime) -> PanelUpdate:
    """Keep a new update with its sections drafted."""
    keep_new(update, by=by, at=at)
    return draft_again(update=update, by=by, at=at)


@operation("plan update drafted again")
def draft_again(*, update: PanelUpdate, by: Any, at: datetime) -> PanelUpdate:
    """Draft every section from the records as they are now.

    A section that nobody has edited takes the new words. An edited one keeps its own; its page then shows the new
    draft beside it.
    """
    held = {section.subject: section for section in update.sections.present()}
    for number, drafted in enumerate(drafting.draft(update.since, update.until), start=1):
        section = held.get(drafted.subject)
        if section is None:
            section = UpdateSection(update=update, subject=drafted.subject, number=number, heading=drafted.heading)
            section.text = section.drafted = drafted.text
            keep_new(section, by=by, at=at)
        elif section.drafted != drafted.text:
            section.text = drafted.text if section.is_as_drafted else section.text
            section.drafted = drafted.text
            keep(section, by=by, at=at)
    update.drafted_at = at
    tell(update, since=str(update.since), until=str(update.until))
    return keep(update, by=by, at=at)


@operation("draft taken over")
def take_draft(*, section: UpdateSection, by: Any, at: datetime) -> UpdateSection:
    """Replace a section's words by the drafted ones; what a person wrote stays in its history."""
    section.text = section.drafted
    tell(section)
    return keep(section, by=by, at=at)


def _check_can_be_published(update: PanelUpdate) -> None:
    if not update.sections.present().exclude(text="").exists():
        raise NothingToPublish("The update says nothing yet.", do="Draft it, or write its sections.")
    check_corrects(
        papers_of(update).first(), lambda kept: papers.update_paper(update, made_at=kept.kept_at, is_draft=False)
    )


def _rendered(*, update: PanelUpdate, at: datetime, **_: Any) -> Rendered:
    _check_can_be_published(update)
    return render_ahead(papers.update_paper(update, made_at=at, is_draft=False))


@operation("plan update published", ahead=_rendered)
def publish(*, update: PanelUpdate, by: Any, at: datetime, reason: str = "") -> KeptPaper:
    """Publish an update as it stands: frozen in every form. A correction goes beside it and says what it corrects.

    Raises `NothingToPublish`, and `NothingCorrected` where a correction would say what is published.
    """
    _check_can_be_published(update)
    paper = papers.update_paper(update, made_at=at, is_draft=False)
    kept = keep_paper(record=update, paper=paper, by=by, at=at, reason=reason, public=True)
    if update.state != UpdateState.PUBLISHED:
        update.state = UpdateState.PUBLISHED
        keep(update, by=by, at=at)
    tell(update, number=kept.number)
    return kept
