"""Chapter 10: how we compare, with other forces and with districts like ours."""

from __future__ import annotations

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Chapter, MarginNote, NotKnown, Section, Sentence
from upstream.assessments.drafting import Draft, bullets, paragraph, said, section, unknown_chapter
from upstream.assessments.drawing import compared_districts, strip_of_forces
from upstream.assessments.evidence import Evidence
from upstream.assessments.findings import compared_number, place_among
from upstream.assessments.rules.comparisons import rule_against_middle, rule_rank
from upstream.measures.comparisons import Comparison

RATES = (
    ("violence_rate", "violence and sexual offences"),
    ("robbery_rate", "robbery"),
    ("weapons_rate", "possession of weapons"),
    ("public_order_rate", "public order offences"),
)
PRACTICE = MarginNote(
    "Why forces differ:",
    "forces record differently, and people report differently. A high rate can be good recording; a low one can be "
    "violence that stays hidden. Compare to ask questions, not to rank.",
)


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(10, "comparison", "How we compare")
    forces = [(name, found) for measure, name in RATES if (found := evidence.among_forces(measure)) is not None]
    if not forces:
        why = "No counts of other forces are held for the same months."
        return unknown_chapter(draft, "how the area compares", why, "the comparison panel of all forces’ files."), draft
    sentences = [_beside_forces(evidence, name, found) for name, found in forces]
    draft.answer.append(sentences[0])
    draft.find(sentences[0])
    draft.add(_forces(draft, evidence, forces, sentences))
    draft.add(_districts(draft, evidence))
    return draft.finish(
        sure_of="how recorded rates stand beside those of forces whose files are held.",
        not_sure_of="how much of the distance is recording and reporting rather than violence.",
    ), draft


def _beside_forces(evidence: Evidence, name: str, found: Comparison) -> Sentence:
    ours, middle = compared_number(found, evidence.partnership.config.force_name)
    months = words.span(found.period.start, found.period.end)
    return rule_against_middle(
        f"The rate of {name} in {months}",
        ours,
        middle,
        f"the middle of {found.frame.height} forces",
        "for every 1,000 residents",
    )


def _forces(
    draft: Draft, evidence: Evidence, forces: list[tuple[str, Comparison]], sentences: list[Sentence]
) -> Section | None:
    name, found = forces[0]
    figure = draft.figure(strip_of_forces(found, words.capital(name)))
    place, among = place_among(found)
    rank = rule_rank("our rate of violence", place, among, "forces")
    missing = None
    if found.missing:
        missing = said(f"Not held for the whole time, and so left out: {words.listed(found.missing)}.", "rule_missing")
    table = draft.table(
        "Our rate beside other forces",
        _force_table(forces),
        "lrrr",
        "Rates per 1,000 residents with 95% intervals; lowest and highest of the forces held.",
        (2.4, 2, 1, 1.6),
    )
    return section("Other forces", bullets([*sentences]), figure, table, paragraph(rank, missing), margin=[PRACTICE])


def _force_table(forces: list[tuple[str, Comparison]]) -> pl.DataFrame:
    rows = []
    for name, found in forces:
        own = found.frame.filter(pl.col("is_own")).row(0, named=True)
        decimals = found.definition.decimals
        ours = f"{words.plain(own['value'], decimals)} ({words.interval(own['lower'], own['upper'], decimals)})"
        values = found.frame["value"].drop_nulls()
        low, high = float(values.min()), float(values.max())  # type: ignore[arg-type]
        rows.append(
            (words.capital(name), ours, words.plain(found.middle or 0.0, decimals), words.interval(low, high, decimals))
        )
    return pl.DataFrame(rows, schema=["Kind", "Ours", "Middle", "Lowest to highest"], orient="row")


def _districts(draft: Draft, evidence: Evidence) -> Section | None:
    found = evidence.among_districts("violence_rate")
    if found is None or not found.frame["is_similar"].any():
        gap = NotKnown(
            "how districts compare with districts like them",
            "No similar districts are named, or their files are not held.",
            "similar districts in the partnership’s settings and the comparison panel.",
        )
        return section("Districts like ours", gap)
    surely = found.frame.filter(pl.col("is_own") & (pl.col("lower") > (found.middle or 0.0)))["area_name"].to_list()
    if surely:
        text = f"Surely above the middle of all shown: {words.listed(sorted(surely))}."
    else:
        text = "None of our districts is surely above the middle of all shown."
    note = MarginNote(
        "Similar districts",
        "are alike in residents, deprivation, youth and ethnic groups. Only offences with a place are counted, and "
        "forces leave different shares without one, so small distances mean little.",
    )
    figure = draft.figure(compared_districts(found))
    missing = said(f"Not held: {words.listed(found.missing)}.", "rule_missing") if found.missing else None
    return section("Districts like ours", paragraph(said(text, "rule_surely"), missing), figure, margin=[note])
