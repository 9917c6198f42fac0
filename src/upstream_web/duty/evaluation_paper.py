"""A round of self-evaluation as a paper: content only; `upstream.papers` sets it as page, PDF and Word file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from upstream.papers import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Paper,
    Section,
    Signature,
    SignOff,
    State,
    Table,
    Text,
    Value,
    plain,
)
from upstream_web.access.names import name_shown
from upstream_web.core.words import short_day_words
from upstream_web.core.workbench import get_partnership
from upstream_web.duty.evaluations import Row, framework_of, previous, rows, sentence
from upstream_web.duty.models import EvaluationRound, Judgement, RoundState


def _theme(title: str, found: Sequence[Row], *, is_first: bool) -> Section:
    """Give the criteria of a theme; in the first round of all there is nothing to compare with."""
    columns = [Column("Criterion", weight=34), Column("Judgement", weight=16), Column("Why", weight=36)]
    cells: list[list[Value]] = [
        [
            Cell(row.criterion.title, note=row.criterion.asks),
            Cell(row.level.title, state=State.DUE if row.level.gap else State.DONE) if row.level else "Not judged yet",
            row.judgement.why or "–",
        ]
        for row in found
    ]
    if not is_first:
        columns.insert(2, Column("Before", weight=14))
        for row, line in zip(found, cells, strict=True):
            line.insert(2, Cell(row.before.title, note=row.movement) if row.before else "Not judged")
    blocks: list[Block] = [Table("How each criterion was judged, and why", tuple(columns), tuple(map(tuple, cells)))]
    strong = [Fact(row.criterion.title, plain(row.judgement.strengths)) for row in found if row.judgement.strengths]
    if strong:
        blocks.append(Facts(tuple(strong), title="What is strong"))
    return Section(title, tuple(blocks), numbered=True)


def gap_day(judgement: Judgement) -> Value:
    """Give the day by which a gap is to be closed, or that on which it was."""
    if judgement.gap_closed_on:
        return Cell(f"Closed {short_day_words(judgement.gap_closed_on)}", state=State.DONE)
    return judgement.gap_due_on


def _gaps(found: Sequence[Row]) -> list[Section]:
    columns = (Column("What is missing", weight=46), Column("Who puts it right", weight=34), Column("By", weight=20))
    cells = tuple(
        (
            Cell(row.judgement.gap, note=row.criterion.title),
            Cell(row.judgement.gap_owner, note=str(row.judgement.gap_body or "")),
            gap_day(row.judgement),
        )
        for row in found
        if row.judgement.gap
    )
    if not cells:
        return []
    table = Table("What is missing, its owner and its day", columns, cells)
    return [Section("Gaps and who closes them", (table,), numbered=True)]


def evaluation_paper(made: EvaluationRound, *, made_at: datetime) -> Paper:
    """Give a round as it stands; one that is not signed says so on every page."""
    partnership, framework, by_theme = get_partnership().config, framework_of(made), rows(made)
    every = [row for _, those in by_theme for row in those]
    is_signed = made.state == RoundState.SIGNED
    lines = (
        Signature("Moderated", name_shown(made.moderated_by), made.moderated_on,
                  State.DONE if made.moderated_on else State.DUE, "Moderated" if made.moderated_on else "To be done"),
        Signature("Signed off", name_shown(made.signed_by), made.signed_on, State.DONE if is_signed else State.DUE,
                  "Signed off" if is_signed else "To be done"),
    )  # fmt: skip
    moderation = [Text(plain(made.moderation))] if made.moderation else []
    scale = "\n".join(f"- **{plain(each.title)}.** {plain(each.asks)}" for each in framework.levels)
    return Paper(
        kind="Self-evaluation",
        title=f"{framework.title}, {made.year}",
        subtitle=f"Edition {framework.edition}",
        partnership=partnership.name,
        made_at=made_at,
        summary=(plain(sentence(made, by_theme)), *([plain(made.summary)] if made.summary else [])),
        sections=(
            *(_theme(theme.title, found, is_first=previous(made) is None) for theme, found in by_theme),
            *_gaps(every),
            Section("Moderation and sign-off", (*moderation, SignOff(lines))),
        ),
        facts=(
            Fact("Begun", short_day_words(made.begun_on)),
            Fact("Drawn up", plain(framework.source)),
            Fact("Scale", scale),
        ),
        status="" if is_signed else "Draft",
        worked_example=partnership.worked_example,
    )
