"""Chapter 8: fairness: who is stopped and searched, as a multiple of White people."""

from __future__ import annotations

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Chapter, MarginNote, Section, Sentence
from upstream.assessments.drafting import Draft, paragraph, section, unknown_chapter
from upstream.assessments.drawing import ratio_dots
from upstream.assessments.evidence import Evidence, derived_number, known_rows, number_of
from upstream.assessments.findings import latest_number, place_number, spread_text
from upstream.assessments.rules.comparisons import rule_groups_above, rule_rank, rule_ratio
from upstream.assessments.rules.sides import Side, side_of
from upstream.measures import EVERYWHERE
from upstream.measures.result import MeasureResult

RATIO = "search_ratio_black"  # with its breakdown it holds every group
RATE = "search_rate"
UNREPORTED = "search_unreported_share"
GROUP = ("ethnic_group",)
GROUP_WORDS = {"Mixed": "people of Mixed ethnic groups", "Other": "people of other ethnic groups"}

OLD_RESIDENTS = (
    "With 95% intervals. Searches of vehicles alone are not counted. The publisher divides every year by residents of "
    "2011; the groups have grown since by different amounts, so rates and ratios of later years are too high by an "
    "amount not known."
)
WHOSE_WORD = MarginNote(
    "Ethnic group",
    "here is as the person described it. What an officer noted is another fact and is never put in its place.",
)


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(8, "fairness", "Fairness")
    ratios = evidence.latest(RATIO, "force", breakdown=GROUP)
    if ratios is None:
        why = "No table of stops and searches by ethnic group is held for this force."
        settled = "the yearly tables of the Home Office, or the force’s own files of stops and searches."
        return unknown_chapter(draft, "whether powers are used alike on all groups", why, settled), draft
    year = known_rows(ratios)["period"][0]
    sentences = _groups(ratios)
    draft.answer.append(_surely_more(ratios, year))
    draft.answer.extend(sentences[:1])
    draft.find(
        sentences[0],
        "Explain or reform: have the scrutiny panel look at why rates differ.",
        "Searches one by one, with today’s residents.",
        sure=side_of(sentences[0].numbers[0], 1.0) is Side.ABOVE,
    )
    draft.add(_ratios(draft, evidence, ratios, sentences, year))
    draft.add(_rates(draft, evidence, year))
    draft.plan(
        "Have the scrutiny panel see the ratios with their caveats, and ask the force for searches one by one.",
        "Do not read a ratio as proof of unfair treatment, nor the lack of a cause as proof of fairness.",
    )
    return draft.finish(
        sure_of=f"that recorded rates differed in {year}.",
        not_sure_of="by how much today, and why: the residents are those of 2011 and nothing newer is held.",
    ), draft


def _surely_more(ratios: MeasureResult, year: str) -> Sentence:
    """How many groups were surely searched more often than White people."""
    rows = known_rows(ratios)
    more = rows.filter(pl.col("lower") > 1.0).height
    count = derived_number(
        "groups_searched_more", words.spelled(more), more, results=[ratios], unit="groups",
        label="Ethnic groups whose rate of searches is surely above that of White people",
        method=f"{ratios.provenance.method}; whole interval above one",
    )  # fmt: skip
    return rule_groups_above(count, rows.height, year)


def _groups(ratios: MeasureResult) -> list[Sentence]:
    """One sentence a group, the highest first."""
    rows = known_rows(ratios).sort("value", descending=True)
    said_of = []
    for row in rows.iter_rows(named=True):
        number = number_of(ratios, row, words.times(row["value"]))
        group = GROUP_WORDS.get(row["ethnic_group"], f"{words.escaped(row['ethnic_group'])} people")
        said_of.append(rule_ratio(f"The rate for {group}", number, "White people"))
    return said_of


def _ratios(
    draft: Draft, evidence: Evidence, ratios: MeasureResult, sentences: list[Sentence], year: str
) -> Section | None:
    figure = draft.figure(ratio_dots(ratios, year), wide=False)
    return section("Searches by ethnic group", paragraph(*sentences), figure, margin=[WHOSE_WORD])


def _rates(draft: Draft, evidence: Evidence, year: str) -> Section | None:
    rates = evidence.latest(RATE, "force", breakdown=GROUP)
    if rates is None:
        return None
    rows = [
        (row["ethnic_group"], row["numerator"], row["denominator"], spread_text(rates, row))
        for row in known_rows(rates).sort("value", descending=True).iter_rows(named=True)
    ]
    schema = {"Ethnic group": pl.String, "Searches": pl.Float64, "Residents, 2011": pl.Float64, "Per 1,000": pl.String}
    table = draft.table(
        f"Searches and residents, {year}",
        pl.DataFrame(rows, schema=schema, orient="row"),
        "lrrr",
        OLD_RESIDENTS,
        (2, 1, 1.4, 2),
    )
    unreported = latest_number(evidence, UNREPORTED, "force")
    sentence = None
    if unreported is not None:
        sentence = Sentence(
            f"In {{{unreported.key}}} of searches the ethnic group was not reported; they are in no group here.",
            (unreported,), "rule_unreported",
        )  # fmt: skip
    return section("The numbers behind it", paragraph(sentence, _others(evidence, year)), table)


def _others(evidence: Evidence, year: str) -> Sentence | None:
    """Where the force stands among all, by the rate for all people."""
    everywhere = evidence.latest(RATE, "force", areas=(EVERYWHERE,))
    if everywhere is None:
        return None
    place = place_number(everywhere, evidence.partnership.config.force_code, "forces")
    if place is None:
        return None
    number, among = place
    return rule_rank(f"our rate of searches of all people in {year}", number, among, "forces")
