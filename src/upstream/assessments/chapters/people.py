"""Chapter 6: who is at risk, as far as open data say."""

from __future__ import annotations

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Chapter, FigureBlock, MarginNote, NotKnown, Section, Sentence
from upstream.assessments.drafting import Draft, paragraph, said, section
from upstream.assessments.drawing import group_bars
from upstream.assessments.evidence import Evidence, derived_number, known_rows, number_of, spoken_period
from upstream.measures.result import MeasureResult

ADMISSIONS = "sharp_object_admissions_count"
FEWEST_GROUPS = 3
ROUNDED = MarginNote(
    "Admissions",
    "to hospital for assault with a sharp object, counted where the person lived. The publisher rounds to five and "
    "holds back small numbers, so parts do not add up to the whole.",
)


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(6, "people", "Who is hurt, as far as open data say")
    year = evidence.latest(ADMISSIONS, "region", period="rolling year")
    if year is None:
        draft.sections.extend(_missing())
        draft.answer = [said("Not known: who is hurt and who hurts, by age, sex or relationship.")]
        return draft.finish(sure_of="nothing yet.", not_sure_of="who is hurt and by whom."), draft
    row = known_rows(year).row(0, named=True)
    number = number_of(year, row)
    opening = Sentence(
        f"Hospitals admitted people living in {words.escaped(row['area_name'])} about {{{number.key}}} times for "
        f"assault with a sharp object in the {spoken_period(row)}.",
        (number,), "rule_admissions",
    )  # fmt: skip
    draft.answer.append(opening)
    parts = [part for part in (_part(evidence, "sex"), _part(evidence, "age_group")) if part is not None]
    draft.answer.extend(parts)
    for part in parts[:1]:
        draft.find(part)
    draft.add(_admissions(draft, evidence, opening, parts))
    draft.sections.extend(_missing())
    draft.plan(
        "Take age and sex from the country only as a first guide; ask the hospitals for counts by district.",
        "Sign the agreement for emergency department data: it counts injuries that never reach the police.",
    )
    return draft.finish(
        sure_of="the ages and the sex of those admitted in England as a whole.",
        not_sure_of="whether it is the same here, and who is hurt without being admitted.",
    ), draft


def _part(evidence: Evidence, breakdown: str) -> Sentence | None:
    """The largest group among those admitted in the country, where the publisher holds fewer numbers back."""
    result, every = _in_country(evidence, (breakdown,)), _in_country(evidence, ())
    if result is None or every is None:
        return None
    top = known_rows(result).sort("value", descending=True).row(0, named=True)
    same = known_rows(every).filter(period=top["period"])
    if same.is_empty() or not same["value"][0]:
        return None
    share = top["value"] / same["value"][0]
    number = derived_number(
        f"admissions_largest_{breakdown}", words.roughly(share), share, results=[result, every],
        label=f"Share of admissions, {top[breakdown]}, {top['area_name']}", method="Share of published counts",
        unit="share", period=spoken_period(top),
    )  # fmt: skip
    group = words.escaped(_group_words(breakdown, top[breakdown]))
    place = words.escaped(top["area_name"])
    return Sentence(
        f"In {place} in {spoken_period(top)} {{{number.key}}} of those admitted were {group}.", (number,),
        "rule_largest_group",
    )  # fmt: skip


def _in_country(evidence: Evidence, breakdown: tuple[str, ...]) -> MeasureResult | None:
    return evidence.latest(ADMISSIONS, "country", period="year", breakdown=breakdown)


def _group_words(breakdown: str, group: str) -> str:
    if breakdown == "sex":
        return {"male": "men or boys", "female": "women or girls"}.get(group.lower(), group)
    return f"aged {group.replace('-', ' to ')}"


def _admissions(draft: Draft, evidence: Evidence, opening: Sentence, parts: list[Sentence]) -> Section | None:
    ages = _in_country(evidence, ("age_group",))
    figure = _ages(draft, ages) if ages is not None else None
    caution = said("Region and country are much larger than the partnership; nothing here says that it is like them.")
    return section("Injuries with a sharp object", paragraph(opening, *parts, caution), figure, margin=[ROUNDED])


def _ages(draft: Draft, ages: MeasureResult) -> FigureBlock | None:
    rows = known_rows(ages).filter(pl.col("age_group").str.contains(r"\d")).sort("age_group")
    if rows.height < FEWEST_GROUPS:
        return None
    top = rows.sort("value", descending=True).row(0, named=True)
    picture = group_bars(
        rows, "age_group", ages, name="admissions_by_age",
        title=f"Most often those admitted were aged {top['age_group']}",
        subtitle=f"Admissions for assault with a sharp object, {top['area_name']}, {spoken_period(top)}; ages whose "
        "number is held back are left out",
    )  # fmt: skip
    return draft.figure(picture, wide=False)


def _missing() -> list[Section]:
    gap = NotKnown(
        "who is hurt and who hurts, by age, sex, ethnic group or relationship",
        "Published crime files say nothing about people.",
        "counts from police records, emergency departments and the ambulance service, by age and sex.",
    )
    again = NotKnown(
        "how often the same people are hurt again",
        "No feed held links one event to another.",
        "linked records under an agreement that allows it.",
    )
    return [Section("Who is hurt and who hurts", (gap, again))]
