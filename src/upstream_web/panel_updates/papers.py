"""The plan update as a paper, in the order in which panels expect it."""

from __future__ import annotations

from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from upstream.clocks import say_day
from upstream.papers import Fact, Paper, Section, Text, fragment, plain
from upstream_web.core.workbench import get_partnership
from upstream_web.panel_updates.models import PanelUpdate


def update_paper(update: PanelUpdate, *, made_at: datetime, is_draft: bool) -> Paper:
    """Make the paper of an update: purpose, what is asked, background, and progress under each heading."""
    config = get_partnership().config
    progress = tuple(
        Section(section.heading, (Text(section.text),)) for section in update.sections.present() if section.text
    )
    sections = [Section(heading, (Text(text),), numbered=True) for heading, text in update.opening]
    sections.append(Section("Progress", (), progress, numbered=True))
    return Paper(
        kind="Plan update",
        title=update.title,
        subtitle=f"{update.panel}, {say_day(update.panel_on)}",
        partnership=config.name,
        made_at=made_at,
        period=f"{say_day(update.since)} to {say_day(update.until)}",
        status="Draft" if is_draft else "",
        facts=(Fact("Whom to ask", plain(update.contact)),) if update.contact else (),
        sections=tuple(sections),
        worked_example=config.worked_example,
        slides=(Section("What the panel is asked", (Text(_opening(update)),)), *progress),
    )


def html_of(paper: Paper) -> SafeString:
    """Give a paper to stand inside a page of the site; the library escapes every word of it."""
    return mark_safe(fragment(paper, prefix="paper-", cache=get_partnership().data.cache / "drawings"))


def _opening(update: PanelUpdate) -> str:
    """Say on one slide what the paper is for, what is asked and whom to ask."""
    told = [(heading, text) for heading, text in update.opening if text]
    if update.contact:
        told.append(("Whom to ask", plain(update.contact)))
    return "\n\n".join(f"**{plain(heading)}**\n\n{text}" for heading, text in told)
