"""Chapter 11: what the data cannot say, and how good they are."""

from __future__ import annotations

from datetime import date

from upstream.assessments import words
from upstream.assessments.document import Chapter, MarginNote, NotKnown, Section, Sentence
from upstream.assessments.drafting import Draft, paragraph, said, section
from upstream.assessments.evidence import Evidence, known_rows, number_of, spoken_period
from upstream.assessments.rules.changes import rule_gap
from upstream.measures.periods import months_between

QUALITY = (
    ("no_place_share", "have no place"),
    ("outside_area_share", "lie outside the area"),
)
GAPS = (
    NotKnown(
        "violence that never reaches the police",
        "Every count of crime here begins with a police record.",
        "assault attendances at emergency departments and ambulance call-outs, shared each month.",
    ),
    NotKnown(
        "serious violence by the partnership’s own definition",
        "The categories of data.police.uk cannot be split.",
        "offence codes, weapon and injury marks from the force.",
    ),
    NotKnown(
        "what people feel, fear and want",
        "No consultation or survey is loaded.",
        "the consultation with children, parents and communities, as data.",
    ),
    NotKnown(
        "what is provided, for whom and with what effect",
        "No register of services and no casework is loaded.",
        "the directory of services and counts of people they helped.",
    ),
    NotKnown(
        "what violence costs here",
        "No cost is held by kind of violence that fits the categories held.",
        "offence codes, to which the published unit costs can be applied.",
    ),
)


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(11, "limits", "What the data cannot say")
    held = evidence.held_months()
    missing = [m for m in months_between(held[0], held[-1]) if m not in held] if held else []
    draft.answer.append(
        said(
            "These figures show what was recorded, where and in which month: not who, why, how serious or at what hour."
        )
    )
    if missing:
        draft.answer.append(said("Months are missing, and no figure here reaches across them."))
    draft.add(Section("Not known", GAPS))
    draft.add(_months(draft, evidence, missing))
    draft.add(_feeds(draft, evidence))
    draft.add(_placing(evidence))
    draft.plan(
        "Close the gaps in this order: emergency department assaults, offence codes, hour of day, missing months.",
    )
    return draft.finish(
        sure_of="what is held and what is not.", not_sure_of="whatever is named below as not known."
    ), draft


def _months(draft: Draft, evidence: Evidence, missing: list[date]) -> Section | None:
    held = evidence.held_months()
    if not held:
        return None
    gap = rule_gap("month", missing)
    here = said(f"Held from {evidence.partnership.config.force_name}: {words.months_listed(held)}.", "rule_held")
    note = MarginNote("A missing month", "is unknown, never zero. A year with a missing month has no total.")
    return section("Months of police data", paragraph(here, gap), margin=[note])


def _feeds(draft: Draft, evidence: Evidence) -> Section | None:
    rows = evidence.feeds_held()
    if rows.is_empty():
        return None
    table = draft.table(
        "What is held",
        rows,
        "llrr",
        "Refused rows are kept beside the receipt with the reason for each.",
        (3.4, 2.2, 1, 1),
    )
    return section("Feeds held", table)


def _placing(evidence: Evidence) -> Section | None:
    """How well offences could be placed."""
    sentences = []
    for measure, phrase in QUALITY:
        result = evidence.over(measure)
        if result is None:
            continue
        row = known_rows(result).row(0, named=True)
        number = number_of(result, row)
        sentences.append(
            Sentence(
                f"Of all offences recorded in {spoken_period(row)}, {{{number.key}}} {phrase}: they are in "
                "the totals and on no map.",
                (number,), "rule_unplaced",
            )
        )  # fmt: skip
    return section("Offences without a place on the map", paragraph(*sentences))
