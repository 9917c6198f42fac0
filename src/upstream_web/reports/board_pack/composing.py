"""Compose the pack: one page of what changed, what is late and what to decide; then each priority; then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from upstream.papers import Block, Column, Decision, Fact, Measure, Paper, Section, Table, Text, plain
from upstream_web.core.words import count_words
from upstream_web.performance.result import CommentSaid, Result
from upstream_web.performance.scorecard import asks_attention, sentence_of
from upstream_web.reports.board_pack.deck import deck_of
from upstream_web.reports.board_pack.other_parts import Told
from upstream_web.reports.board_pack.telling import by_priority, changed_line, late_lines, points_to_decide
from upstream_web.reports.board_pack.wording import finding_of, measure_of, source_of

MOST_LINES = 8


@dataclass(frozen=True)
class About:
    """What the pack says of itself. `digest` is the hash of the frozen content; empty for a draft from live records."""

    partnership: str
    period: str
    label: str
    version: str
    made_at: datetime
    digest: str = ""
    build: str = ""
    attribution: tuple[str, ...] = ()
    worked_example: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it rests on what is held now and may still move."""
        return not self.digest


def compose(results: Sequence[Result], told: Sequence[Told], about: About) -> Paper:
    """Compose the pack; the same results and the same tales give the same paper."""
    return Paper(
        kind="Board pack",
        title=f"Board pack, {about.period}",
        subtitle="How the plan stands, and what the board is asked to decide",
        partnership=about.partnership,
        period=about.period,
        reference=about.label,
        version=about.version,
        status="Draft" if about.is_draft else "",
        made_at=about.made_at,
        facts=_facts(about),
        summary=_summary(results, told),
        contents=True,
        sections=(
            _first_page(results, told),
            *_priorities(results, told),
            *(section for each in told for section in each.sections),
            *_unknown(results),
        ),
        sources=(*(source_of(result) for result in results), *(source for each in told for source in each.sources)),
        attribution=about.attribution,
        worked_example=about.worked_example,
        slides=deck_of(results, told),
    )


def _facts(about: About) -> tuple[Fact, ...]:
    if about.is_draft:
        basis = "As they are held now; they may still move"
    else:
        basis = f"Frozen for the quarter, so that they stay as they were; SHA-256 begins {about.digest[:16]}"
    return (Fact("Figures", f"{basis}. Build {about.build}" if about.build else basis),)


def _summary(results: Sequence[Result], told: Sequence[Told]) -> tuple[str, ...]:
    """Say the pack in a few lines: what the indicators tell, how the plan stands, what the board is asked."""
    decide = len(points_to_decide(results, told))
    asked = f"The board is asked for {count_words(decide, 'decision')}." if decide else "Nothing needs a decision."
    return (
        plain(sentence_of(results)) or "No indicator counted in this quarter.",
        *(plain(each.in_short) for each in told if each.in_short),
        asked,
    )


def _first_page(results: Sequence[Result], told: Sequence[Told]) -> Section:
    """Say on one page what changed, what is late, and what needs a decision."""
    changed = [changed_line(result) for result in results if result.signal.asks or asks_attention(result)]
    late, decide = late_lines(results, told), points_to_decide(results, told)
    asked: tuple[Block, ...] = (Text("Nothing was escalated and no risk is outside appetite."),)
    if decide:
        asked = (Decision(tuple(decide)), *(table for each in told for table in each.decide_on))
    parts = (
        Section("What changed", (Text(_listed(changed, "Nothing beyond ordinary variation.")),)),
        Section("What is late", (Text(_listed(late, "Nothing.")),)),
        Section("What needs a decision", asked),
    )
    return Section("At a glance", (), parts)


def _listed(lines: Iterable[str], otherwise: str) -> str:
    found = list(lines)
    more = [f"{len(found) - MOST_LINES} more, on the pages that follow."] if len(found) > MOST_LINES else []
    return "\n".join(f"- {line}" for line in (*found[:MOST_LINES], *more)) if found else otherwise


def _priorities(results: Sequence[Result], told: Sequence[Told]) -> list[Section]:
    found = []
    for (number, name), ordered in by_priority(results):
        plan = [block for each in told for block in each.by_priority.get(number, ())]
        blocks: list[Block] = [*plan, *(_measure(result) for result in ordered), *_commentary(ordered)]
        found.append(Section(f"{number}. {name}" if number else name, tuple(blocks), new_page=True))
    return found


def _measure(result: Result) -> Measure:
    """Give an indicator with what its chart tells; what its lead says stands in the table below."""
    return measure_of(result, sentence=finding_of(result))


def _commentary(results: Sequence[Result]) -> list[Block]:
    rows = tuple(
        (
            result.title,
            result.comment.so_what,
            result.comment.what_next,
            _who(result.comment),
        )
        for result in results
        if result.comment is not None
    )
    if not rows:
        return []
    columns = (
        Column("Indicator", weight=20),
        Column("So what", weight=32),
        Column("What next", weight=28),
        Column("Who, by when", weight=20),
    )
    return [Table("What the leads say", columns, rows)]


def _who(comment: CommentSaid) -> str:
    """Say who acts and by when; whoever said so is mostly the same and then not named twice."""
    return comment.who if comment.who.startswith(comment.said_by) else f"{comment.who} (told by {comment.said_by})"


def _unknown(results: Sequence[Result]) -> list[Section]:
    """List what is not known, why, and what would settle it: never left out, never zero."""
    rows = tuple(
        (result.title, result.signal.label if result.latest else "Nothing is held", _settled_by(result))
        for result in results
        if not result.is_current
    )
    if not rows:
        return []
    columns = (
        Column("Indicator", weight=40),
        Column("Since when", weight=30),
        Column("What would settle it", weight=30),
    )
    said = Table("Indicators that cannot be told for the quarter", columns, rows, "Unknown, not zero.")
    return [Section("What we do not know", (said,))]


def _settled_by(result: Result) -> str:
    if result.origin.kind in ("clock", "records"):
        return "The records that it is counted from"
    return "The next file of the feed" if result.origin.kind == "measure" else f"A value from {result.lead}"
