"""Chapter 5: when it happens, as far as months can say."""

from __future__ import annotations

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Chapter, MarginNote, NotKnown, Section, Sentence
from upstream.assessments.drafting import Draft, paragraph, said, section, unknown_chapter
from upstream.assessments.drawing import group_bars
from upstream.assessments.evidence import Evidence, derived_number, known_rows, number_of
from upstream.assessments.findings import monthly

COUNT = "violence_count"
YEARS_FOR_A_SEASON = 3


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(5, "times", "When it happens")
    result = evidence.ask(COUNT, "partnership", "month")
    if result is None:
        return unknown_chapter(draft, "when violence happens", "No month is held.", "police.uk files."), draft
    years = _whole_years(evidence)
    if years < YEARS_FOR_A_SEASON:
        draft.answer.append(said("Not known: whether violence has a season here."))
        draft.answer.append(_years_held(evidence, years))
    else:
        draft.answer.append(said("The same months can be compared over several years."))
    draft.add(_months(draft, evidence))
    draft.add(_not_in_months(years))
    draft.plan("Ask the force for date and hour of each offence: patrols, lighting and night-time schemes need both.")
    return draft.finish(
        sure_of="how many offences were recorded in each month held.",
        not_sure_of="the season, the day of the week and the hour.",
    ), draft


def _whole_years(evidence: Evidence) -> int:
    held = evidence.held_months()
    return sum(1 for year in {month.year for month in held} if sum(m.year == year for m in held) == 12)


def _years_held(evidence: Evidence, years: int) -> Sentence:
    result = evidence.ask(COUNT, "partnership", "month")
    assert result is not None  # the chapter has asked before
    number = derived_number(
        "whole_years_held", words.capital(words.spelled(years)), years, results=[result], method="Count",
        label="Calendar years of which every month is held", unit="years",
    )  # fmt: skip
    noun = "calendar year is" if years == 1 else "calendar years are"
    return Sentence(
        f"{{{number.key}}} whole {noun} held; a season shows only when the same months stand out in several.",
        (number,), "rule_years_held",
    )  # fmt: skip


def _months(draft: Draft, evidence: Evidence) -> Section | None:
    result = evidence.ask(COUNT, "partnership", "month")
    series = monthly(evidence, COUNT)
    if result is None or series is None:
        return None
    span = evidence.span()
    assert span is not None  # a month is held
    rows = known_rows(result).filter(
        (known_rows(result)["period_start"] >= span.start) & (known_rows(result)["period_start"] <= span.end)
    )
    top = rows.sort("value", descending=True).row(0, named=True)
    low = rows.sort("value").row(0, named=True)
    high_number, low_number = number_of(result, top), number_of(result, low)
    sentence = Sentence(
        f"In {span.label} most was recorded in {words.month(top['period_start'])} ({{{high_number.key}}}) and least in "
        f"{words.month(low['period_start'])} ({{{low_number.key}}}).",
        (high_number, low_number), "rule_highest_month",
    )  # fmt: skip
    caution = said(
        "Months differ in length and in how soon offences are recorded; one year cannot part season from chance."
    )
    note = MarginNote(
        "A month", "is the month in which the police recorded the offence, not the month in which it happened."
    )
    named = rows.sort("period_start").with_columns(month=pl.col("period_start").dt.strftime("%B %Y"))
    figure = draft.figure(
        group_bars(
            named, "month", result, name="months", title=f"Most was recorded in {words.month(top['period_start'])}",
            subtitle=f"Violence and sexual offences recorded in each month, {span.label}",
        ),
        wide=False,
    )  # fmt: skip
    return section("Month by month", paragraph(sentence, caution), figure, margin=[note])


def _not_in_months(years: int) -> Section | None:
    """What months cannot say: the hour never, the season only after several years."""
    season = NotKnown(
        "whether there is a season",
        "Too few whole years are held to tell a season from chance.",
        "at least three whole years of the police.uk files.",
    )
    hours = NotKnown(
        "the day of the week and the hour",
        "Published files carry the month only.",
        "incident records with date and hour, from the police, the ambulance service and emergency departments.",
    )
    return section("What months cannot say", season if years < YEARS_FOR_A_SEASON else None, hours)
