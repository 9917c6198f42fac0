"""Chapter 12: how it was made."""

from __future__ import annotations

import polars as pl

from upstream.assessments.document import BulletList, Chapter, MarginNote, Section
from upstream.assessments.drafting import Draft, said, section
from upstream.assessments.evidence import Evidence

METHODS = (
    ("Rate", "Events for each 1,000 residents of mid-year, with Byar’s interval; exact below ten events."),
    ("Share", "A part of a whole, with Wilson’s interval."),
    ("Ratio", "One rate over another; log-normal interval, exact where a count is zero."),
    ("Control chart (XmR)", "Average ± 2.66 mean moving ranges; signals by the published rules. Moving ranges, runs "
     "and trends never cross a month that is not held."),
    ("Change between periods", "Ratio of like months, by days; the interval widens with how much months differ "
     "among themselves."),
    ("Concentration", "Neighbourhoods put in order, most offences first. Chance: the same number of offences dealt "
     "at random to residents, two hundred times."),
    ("Deprivation gradient", "Rates by national tenth; interval from drawing neighbourhoods again and again within "
     "each tenth."),
    ("Place in an order", "The span of places that the intervals of all areas allow; never a bare rank."),
)  # fmt: skip
WORDS = (
    "Surely: the whole 95% interval lies on one side of the value compared with.",
    "No clear change, not clearly different: the interval holds the value compared with. It does not say that nothing "
    "changed.",
    "About a quarter, about one in ten: a share within two percentage points of the fraction named. Six times: a "
    "ratio within a tenth of the whole number named.",
    "Ordinary variation: no rule of the control chart is met.",
    "Not known: nothing is held that could answer. It never means zero.",
    "Likely and cause are not used: nothing here shows what causes what.",
)
LONG_AGO = "A 95% interval says how far chance alone could move a number. It says nothing of what was never recorded."


def chapter(evidence: Evidence, sources: pl.DataFrame) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(12, "methods", "Methods and sources")
    draft.answer.append(
        said("Every number comes from a reviewed measure over one frozen build of the data, by a published method.")
    )
    draft.answer.append(said("The same build gives the same report, word for word."))
    draft.add(_words())
    draft.add(_methods(draft))
    draft.add(_residents(evidence))
    draft.add(_sources(draft, sources))
    return draft.finish(
        sure_of="how each number was made: the register at the end names its measure, period, method and files.",
        not_sure_of="whether the publishers’ own records are complete.",
    ), draft


def _words() -> Section:
    note = MarginNote("An interval", LONG_AGO.removeprefix("A 95% interval "))
    return Section("What the words mean", (BulletList(tuple(said(text) for text in WORDS)),), (note,))


def _methods(draft: Draft) -> Section | None:
    frame = pl.DataFrame(list(METHODS), schema=["Method", "How"], orient="row")
    return section("Methods", draft.table("Methods used", frame, "ll", "", (1.2, 3.6)))


def _residents(evidence: Evidence) -> Section | None:
    result = evidence.over("violence_rate")
    notes = [note for note in result.provenance.notes if "esident" in note] if result is not None else []
    return section("Residents", BulletList(tuple(said(note) for note in notes))) if notes else None


def _sources(draft: Draft, sources: pl.DataFrame) -> Section | None:
    return section("Sources", draft.table("Feeds behind this report", sources, "lll", "", (2.6, 2.4, 2)))
