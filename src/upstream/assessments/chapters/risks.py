"""Chapter 7: risk and protection, as far as open data say."""

from __future__ import annotations

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Chapter, MarginNote, NotKnown, Number, Section, Sentence, TableBlock
from upstream.assessments.drafting import Draft, paragraph, said, section, unknown_chapter
from upstream.assessments.drawing import group_bars
from upstream.assessments.evidence import Evidence, Row, known_rows, number_of, value_text
from upstream.assessments.findings import latest_number, spread_text
from upstream.assessments.rules.comparisons import rule_against
from upstream.measures.result import MeasureResult

DOMAINS = "most_deprived_2025_share"
DOMAIN_NAMES = {
    "income": "Income",
    "employment": "Employment",
    "education": "Education and skills",
    "health": "Health",
    "crime": "Crime",
    "housing": "Housing and services",
    "environment": "Living environment",
}
EXCLUSIONS = (
    ("permanent_exclusion_rate", "Permanent exclusions"),
    ("fixed_exclusion_rate", "Fixed-period exclusions"),
)
REASONS = (
    ("exclusions_assault_pupil_count", "Physical assault against a pupil"),
    ("exclusions_assault_adult_count", "Physical assault against an adult"),
    ("exclusions_drugs_count", "Drugs and alcohol"),
    ("exclusions_disruption_count", "Persistent disruptive behaviour"),
)
HOUSEHOLDS = (
    ("deprived_households_share", "Deprived in two or more ways"),
    ("overcrowded_households_share", "Overcrowded"),
    ("social_rented_share", "Rent from a council or housing association"),
    ("private_rented_share", "Rent privately"),
)


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(7, "risks", "Risk and protection")
    parts = (_domains(draft, evidence), _schools(draft, evidence), _homes(draft, evidence))
    if not any(parts):
        why = "Neither deprivation, school nor household tables are held."
        settled = "the Indices of Deprivation, school exclusions and census tables."
        return unknown_chapter(draft, "which risks and protections are more common here", why, settled), draft
    for part in parts:
        draft.add(part)
    draft.add(_strengths())
    draft.plan(
        "Use these conditions to choose places and services, never to judge a person: most people who live with them "
        "are never violent.",
        "Ask both education authorities for suspensions of this school year, by school and reason.",
    )
    return draft.finish(
        sure_of="how common these conditions are in the area.",
        not_sure_of="which of them cause violence here, and what protects.",
    ), draft


def _domains(draft: Draft, evidence: Evidence) -> Section | None:
    """Which kinds of deprivation are more common here than in England as a whole."""
    result = evidence.latest(DOMAINS, "partnership", breakdown=("domain",))
    if result is None:
        return None
    rows = known_rows(result).filter(pl.col("domain").is_in(list(DOMAIN_NAMES))).sort("value", descending=True)
    if rows.is_empty():
        return None
    top, low = rows.row(0, named=True), rows.row(-1, named=True)
    high, least = number_of(result, top), number_of(result, low)
    sentence = _domain_sentence(top["domain"], high, low["domain"], least)
    draft.answer.append(sentence)
    named = rows.with_columns(pl.col("domain").replace(DOMAIN_NAMES))
    figure = draft.figure(
        group_bars(
            named, "domain", result, name="deprivation_domains", suffix="%",
            title=f"Most neighbourhoods in the worst tenth are so for {words.lowered(DOMAIN_NAMES[top['domain']])}",
            subtitle="Share of neighbourhoods among England’s most deprived tenth, by domain, 2025",
        ),
        wide=False,
    )  # fmt: skip
    note = MarginNote(
        "Domains", "are the seven parts of the index. The crime domain is made from police figures itself."
    )
    return section("Kinds of deprivation", paragraph(sentence), figure, margin=[note])


def _domain_sentence(top: str, high: Number, low: str, least: Number) -> Sentence:
    """Name the most and the least common kind of deprivation, unless all are alike."""
    if high.value == least.value:
        text = f"In every domain {{{high.key}}} of neighbourhoods are among England’s most deprived tenth."
        return Sentence(text, (high,), "rule_domains")
    text = (
        "The share of neighbourhoods among England’s most deprived tenth is largest for "
        f"{words.lowered(DOMAIN_NAMES[top])} ({{{high.key}}}) and smallest for {words.lowered(DOMAIN_NAMES[low])} "
        f"({{{least.key}}}); an even spread would give one in ten."
    )
    return Sentence(text, (high, least), "rule_domains")


def _schools(draft: Draft, evidence: Evidence) -> Section | None:
    rows, sentences = [], []
    period = ""
    for measure, name in EXCLUSIONS:
        ours, country = evidence.latest(measure, "upper_tier"), evidence.latest(measure, "country")
        if ours is None:
            continue
        england = known_rows(country).row(0, named=True) if country is not None else None
        for row in known_rows(ours).iter_rows(named=True):
            period = row["period"]
            against = spread_text(country, england) if country is not None and england is not None else "not known"
            rows.append((name, row["area_name"], spread_text(ours, row), against))
            if country is not None and england is not None and measure == EXCLUSIONS[0][0]:
                theirs, mine = number_of(country, england), number_of(ours, row)
                subject = f"The rate of permanent exclusions in {words.escaped(row['area_name'])}"
                sentences.append(rule_against(subject, mine, theirs, "England", "for every 1,000 pupils"))
    if not rows:
        return None
    columns = ["Exclusion", "Authority", "Per 1,000 pupils", "England"]
    table = draft.table(
        f"Exclusions from school, {period}", pl.DataFrame(rows, schema=columns, orient="row"), "llrr",
        "With 95% intervals. The newest year held; rules and names of exclusions have changed since.", (2, 2, 2, 2),
    )  # fmt: skip
    reasons = _reasons(draft, evidence)
    note = MarginNote(
        "Exclusion",
        "from school goes with later violence in many studies. It is a sign and a turning point, not a cause.",
    )
    age = (
        said(f"The newest year held is {period}: read it as history until newer files are loaded.") if period else None
    )
    return section("Exclusion from school", paragraph(*sentences, age), table, reasons, margin=[note])


def _reasons(draft: Draft, evidence: Evidence) -> TableBlock | None:
    rows = []
    period = ""
    for measure, name in REASONS:
        result = evidence.latest(measure, "upper_tier")
        if result is None:
            continue
        for row in known_rows(result).iter_rows(named=True):
            period = row["period"]
            rows.append((name, row["area_name"], row["value"]))
    if not rows:
        return None
    frame = pl.DataFrame(
        rows, schema={"Reason": pl.String, "Authority": pl.String, "Exclusions": pl.Float64}, orient="row"
    )
    frame = frame.pivot("Authority", index="Reason", values="Exclusions")
    align = "l" + "r" * (frame.width - 1)
    return draft.table(
        f"Exclusions for some reasons, {period}",
        frame,
        align,
        "Permanent and fixed-period together; a number of one to four is held back and reads as not known.",
    )


def _homes(draft: Draft, evidence: Evidence) -> Section | None:
    rows, sentences = [], []
    for measure, name in HOUSEHOLDS:
        number = latest_number(evidence, measure)
        result = evidence.latest(measure, "district")
        if number is None or result is None:
            continue
        ordered = known_rows(result).sort("value", descending=True)
        top, low = ordered.row(0, named=True), ordered.row(-1, named=True)
        rows.append((name, number.text, _named(result, top), _named(result, low)))
        if measure == HOUSEHOLDS[0][0]:
            sentences.append(
                Sentence(
                    f"At the census of 2021, {{{number.key}}} of households were deprived in two or more of four ways: "
                    "work, schooling, health and housing.",
                    (number,), "rule_households",
                )
            )  # fmt: skip
    if not rows:
        return None
    frame = pl.DataFrame(rows, schema=["Households", "Whole area", "Highest district", "Lowest district"], orient="row")
    table = draft.table("Homes and households, Census 2021", frame, "lrrr", "", (2.6, 1, 2, 2))
    return section("Homes and households", paragraph(*sentences), table)


def _named(result: MeasureResult, row: Row) -> str:
    return f"{value_text(result.definition, row['value'])}\n{row['area_name']}"


def _strengths() -> Section | None:
    gap = NotKnown(
        "what protects people here",
        "No feed held says how many have a trusted adult, a place in a club or a job in view.",
        "surveys of schools and young people, and the register of services with their places.",
    )
    return section("Protection", gap)
