"""Chapter 9: what became of recorded violence."""

from __future__ import annotations

import polars as pl

from upstream.assessments.document import Chapter, Paragraph, Section, Sentence, TableBlock
from upstream.assessments.drafting import Draft, paragraph, section, unknown_chapter
from upstream.assessments.drawing import monthly_chart
from upstream.assessments.evidence import Evidence, Row, known_rows, number_of, spoken_period
from upstream.assessments.findings import monthly, spread_text
from upstream.measures.result import MeasureResult

SHARES = (
    (
        "violence_unable_to_prosecute_share",
        "suspect could not be prosecuted",
        "because the suspect could not be prosecuted",
    ),
    ("violence_no_suspect_share", "no suspect identified", "without a suspect"),
    (
        "violence_positive_outcome_share",
        "charged or resolved out of court",
        "with a charge or a resolution out of court",
    ),
)
OTHERS = (
    ("no_suspect_share", "All crime: no suspect identified"),
    ("robbery_no_suspect_share", "Robbery: no suspect identified"),
    ("positive_outcome_share", "All crime: charged or resolved out of court"),
)
BASIS = (
    "With 95% intervals. Cases recorded in the period, with the outcome known when the file was made; outcomes by date "
    "of closing are never mixed in."
)
Ending = tuple[str, str, MeasureResult, Row]
TOO_YOUNG = "not held or too young"
OPEN = "under_investigation_share"


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(9, "outcomes", "What became of it")
    found = [(name, how, *latest) for measure, name, how in SHARES if (latest := _firm(evidence, measure)) is not None]
    if not found:
        why = "No month old enough for its cases to be closed is held."
        return unknown_chapter(draft, "how recorded violence ended", why, "police.uk files some months old."), draft
    sentences = [_sentence(how, result, row) for _, how, result, row in found]
    draft.answer.extend((sentences[0], *sentences[2:]) if len(sentences) > 2 else sentences)
    draft.find(
        sentences[0], "Look at why cases end: victims’ support, evidence, time.", "Outcome by offence and by group."
    )
    draft.add(_ends(draft, evidence, found))
    draft.add(_over_time(draft, evidence))
    draft.plan(
        "Follow one month’s cases to their end before comparing it with another; newer months always look worse."
    )
    return draft.finish(
        sure_of="how closed cases of older months ended.", not_sure_of="how those still open will end."
    ), draft


def _firm(evidence: Evidence, measure: str) -> tuple[MeasureResult, Row] | None:
    """The last year, or failing that quarter or month, old enough to judge."""
    for period in ("year", "quarter", "month"):
        result = evidence.latest(measure, "partnership", period=period)
        if result is not None:
            return result, known_rows(result).row(0, named=True)
    return None


def _sentence(how: str, result: MeasureResult, row: Row) -> Sentence:
    number = number_of(result, row)
    return Sentence(
        f"Of the cases of violence recorded in {spoken_period(row)} and closed since, {{{number.key}}} ended {how}.",
        (number,), "rule_outcome",
    )  # fmt: skip


def _ends(draft: Draft, evidence: Evidence, found: list[Ending]) -> Section | None:
    rows = [(f"Violence: {name}", spoken_period(row), spread_text(result, row)) for name, _, result, row in found]
    for measure, name in OTHERS:
        latest = _firm(evidence, measure)
        if latest is not None:
            rows.append((name, spoken_period(latest[1]), spread_text(*latest)))
    frame = pl.DataFrame(rows, schema=["Of closed cases", "Recorded in", "Share"], orient="row")
    table: TableBlock | None = draft.table("How cases ended", frame, "llr", BASIS, (4, 1.5, 2))
    return section("How cases end", table)


def _over_time(draft: Draft, evidence: Evidence) -> Section | None:
    series = monthly(evidence, SHARES[0][0])
    if series is None or not series.limits.known:
        return None
    subtitle = "Share of closed cases of violence in which the suspect could not be prosecuted, by month recorded"
    return section(
        "By month recorded",
        _young(evidence),
        draft.figure(monthly_chart(series, "outcomes_monthly", subtitle, decimals=1, gap_reason=TOO_YOUNG)),
    )


def _young(evidence: Evidence) -> Paragraph | None:
    result = evidence.ask(SHARES[0][0], "partnership", "month")
    still = evidence.over(OPEN)
    if result is None or still is None:
        return None
    row = still.frame.row(0, named=True)
    if row["value"] is None:
        return None
    number = number_of(still, row)
    text = Sentence(
        f"Of all crimes recorded in {spoken_period(row)}, {{{number.key}}} were open or without an update when "
        "the file was made.",
        (number,), "rule_open",
    )  # fmt: skip
    return paragraph(text)
