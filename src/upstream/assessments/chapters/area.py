"""Chapter 2: the area and its people."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Chapter, MarginNote, NotKnown, Number, Section, Sentence
from upstream.assessments.drafting import Draft, paragraph, section, unknown_chapter
from upstream.assessments.drawing import map_of_areas
from upstream.assessments.evidence import Evidence, derived_number, known_rows, period_of, value_text
from upstream.assessments.findings import latest_number
from upstream.assessments.rules.amounts import rule_largest_kinds
from upstream.charts.figure import Figure

RESIDENTS = "residents_count"
YOUNG = "residents_10_24_share"
ETHNIC = (
    ("white_residents_share", "White"),
    ("asian_residents_share", "Asian"),
    ("black_residents_share", "Black"),
    ("mixed_residents_share", "Mixed"),
    ("other_group_residents_share", "Other groups"),
)
DEPRIVED = "most_deprived_2025_share"
DECILE = "deprivation_2025_decile"
SCORE = "deprivation_2025_score"


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(2, "area", "The area and its people")
    residents = _rounded(latest_number(evidence, RESIDENTS))
    if residents is None:
        why = "No estimate of residents is held."
        return unknown_chapter(draft, "how many people live here", why, "mid-year population estimates."), draft
    name = evidence.partnership.config.name
    opening = Sentence(
        f"About {{{residents.key}}} people lived in {words.escaped(name)} in mid-{residents.period}.", (residents,),
        "rule_residents",
    )  # fmt: skip
    draft.answer.append(opening)
    young = latest_number(evidence, YOUNG)
    deprived = latest_number(evidence, DEPRIVED)
    if deprived is not None:
        draft.answer.append(
            Sentence(
                f"{{{deprived.key}}} of its neighbourhoods are among the most deprived tenth of England.", (deprived,),
                "rule_deprived",
            )
        )  # fmt: skip
    draft.add(_people(draft, evidence, opening, young))
    draft.add(_groups(draft, evidence))
    draft.add(_deprived(draft, evidence))
    return draft.finish(
        sure_of="how many live here, where, and how deprived their neighbourhoods are.",
        not_sure_of="who comes here to work, to study or for a night out.",
    ), draft


def _rounded(residents: Number | None) -> Number | None:
    """An estimate of residents said to the nearest thousand; the register keeps it whole."""
    if residents is None or residents.value is None:
        return None
    return replace(residents, text=words.rounded(residents.value))


def _people(draft: Draft, evidence: Evidence, opening: Sentence, young: object) -> Section | None:
    sentences = [opening, _grown(evidence), _young(evidence)]
    result = evidence.latest(RESIDENTS, "district")
    table = None
    if result is not None:
        ages = _by_area(evidence, YOUNG, "district")
        deprived = _by_area(evidence, DEPRIVED, "district")
        rows = [
            (row["area_name"], row["value"], ages.get(row["area_code"], "not known"),
             deprived.get(row["area_code"], "not known"))
            for row in known_rows(result).sort("area_name").iter_rows(named=True)
        ]  # fmt: skip
        schema = {
            "District": pl.String, "Residents": pl.Float64, "Aged 10 to 24": pl.String,
            "Neighbourhoods in most deprived tenth": pl.String,
        }  # fmt: skip
        table = draft.table(
            "The districts",
            pl.DataFrame(rows, schema=schema, orient="row"),
            "lrrr",
            _ages_note(evidence),
            (2.6, 1.2, 1.2, 1.8),
        )
    note = MarginNote(
        "Residents", "are people who usually live here. Visitors, students elsewhere and commuters are not counted."
    )
    return section("Who lives here", paragraph(*sentences), table, margin=[note])


def _ages_note(evidence: Evidence) -> str:
    result = evidence.latest(YOUNG, "district")
    if result is None:
        return ""
    year = result.frame["period"][0]
    return f"Ages: mid-{year}, the last year for which single years of age are held."


def _by_area(evidence: Evidence, measure: str, level: str) -> dict[str, str]:
    """The value of a measure by area, as a table writes it."""
    result = evidence.latest(measure, level)
    if result is None:
        return {}
    rows = known_rows(result).iter_rows(named=True)
    return {row["area_code"]: value_text(result.definition, row["value"]) for row in rows}


def _grown(evidence: Evidence) -> Sentence | None:
    """How the number of residents changed over the years held."""
    result = evidence.ask(RESIDENTS)
    if result is None:
        return None
    rows = known_rows(result).sort("period_end")
    if rows.height < 5:
        return None
    first, last = rows.row(0, named=True), rows.row(-1, named=True)
    share = last["value"] / first["value"] - 1
    number = derived_number(
        "residents_change", words.percent(abs(share)), share, results=[result], method="Ratio of two estimates",
        label=f"Change of residents from mid-{first['period']} to mid-{last['period']}", unit="share",
        period=f"{first['period']} to {last['period']}",
    )  # fmt: skip
    verb = "more" if share > 0 else "fewer"
    return Sentence(
        f"That is {{{number.key}}} {verb} than in mid-{first['period']}.", (number,), "rule_residents_change"
    )


def _young(evidence: Evidence) -> Sentence | None:
    number = latest_number(evidence, YOUNG)
    if number is None:
        return None
    return Sentence(
        f"In mid-{number.period}, {{{number.key}}} of residents were aged 10 to 24.",
        (number,), "rule_young",
    )  # fmt: skip


def _groups(draft: Draft, evidence: Evidence) -> Section | None:
    found = [(name, number) for measure, name in ETHNIC if (number := latest_number(evidence, measure)) is not None]
    if not found:
        gap = NotKnown("the ethnic groups of residents", "No census table is held.", "Census 2021 by ethnic group.")
        return section("Ethnic groups", gap)
    found.sort(key=lambda pair: -(pair[1].value or 0.0))
    sentence = rule_largest_kinds(found, "residents at the census of 2021")
    frame = pl.DataFrame(
        [(name, number.text) for name, number in found], schema=["Ethnic group", "Share of residents"], orient="row"
    )
    table = draft.table("Ethnic groups, Census 2021", frame, "lr", "Self-defined, five groups.", (3, 1))
    return section("Ethnic groups", paragraph(sentence), table)


def _map(evidence: Evidence) -> Figure | None:
    score, tenth = evidence.latest(SCORE, "lsoa21"), evidence.latest(DECILE, "lsoa21")
    if score is None or tenth is None:
        return None
    worst = known_rows(tenth).filter(pl.col("value") == 1).height
    return map_of_areas(
        evidence, score, "lsoa21", name="deprivation_map", unit="score",
        title=f"{words.capital(words.spelled(worst))} neighbourhoods are among England’s most deprived tenth",
        subtitle=f"Score of the Index of Multiple Deprivation {period_of(score)}; darker is more deprived",
    )  # fmt: skip


def _deprived(draft: Draft, evidence: Evidence) -> Section | None:
    figure = draft.figure(_map(evidence))
    number = latest_number(evidence, DEPRIVED)
    if number is None and figure is None:
        gap = NotKnown(
            "how deprived the neighbourhoods are", "No index of deprivation is held.",
            "the English Indices of Deprivation by lower-layer super output area.",
        )  # fmt: skip
        return section("Deprivation", gap)
    sentence = None
    if number is not None:
        sentence = Sentence(
            f"{{{number.key}}} of the neighbourhoods are in the most deprived tenth of England; with an even spread it "
            "would be one in ten.",
            (number,), "rule_deprived",
        )  # fmt: skip
    return section("Deprivation", paragraph(sentence), figure)
