"""Chapter 4: where violence happens."""

from __future__ import annotations

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Chapter, MarginNote, NotKnown, Section, Sentence
from upstream.assessments.drafting import Draft, bullets, paragraph, said, section, unknown_chapter
from upstream.assessments.drawing import deprivation_dots, dots, map_of_areas, tenth_bars
from upstream.assessments.evidence import Evidence, derived_number, known_rows, number_of, total
from upstream.assessments.findings import (
    Gradient,
    Outstanding,
    Uneven,
    gradient,
    outstanding,
    spread_text,
    uneven,
    whole,
)
from upstream.assessments.rules.amounts import rule_range
from upstream.assessments.rules.comparisons import rule_ratio, rule_surely_above
from upstream.assessments.rules.places import rule_gradient, rule_half, rule_top_tenth
from upstream.charts.figure import Figure

DECILE = "deprivation_2025_decile"
COUNT, RATE = "violence_count", "violence_rate"
CRIME_TYPE = "Violence and sexual offences"
ROWS_SHOWN = 10
LEFT_OUT_TO_TEST = 10

NEIGHBOURHOOD = MarginNote(
    "Neighbourhood",
    "here is a lower-layer super output area of the 2021 Census, about 1,650 residents. Offences are placed at a snap "
    "point near by, never at an address.",
)
DEPRIVATION = MarginNote(
    "Deprivation:",
    "English Indices of Deprivation, tenth of the national rank. The index contains a crime domain, so a little of "
    "this link is built in.",
)


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(4, "places", "Where violence happens")
    span, rates = evidence.span(), evidence.over(RATE, "lsoa21") or evidence.over(RATE, "district")
    if span is None or rates is None:
        why = "No offence held can be placed in an area."
        return unknown_chapter(
            draft, "where violence happens", why, "police.uk files and the areas' boundaries."
        ), draft
    spread = uneven(evidence, COUNT, RATE)
    slope = gradient(evidence, RATE, DECILE)
    high = outstanding(evidence, RATE)
    draft.add(_few(draft, evidence, spread, span.label))
    draft.add(_deprivation(draft, evidence, slope, span.label))
    draft.add(_centres(draft, evidence, high, span.label))
    draft.add(_wards(draft, evidence, span.label))
    draft.add(_districts(draft, evidence, span.label))
    draft.add(_not_sure())
    if spread is not None or high is not None:
        draft.plan(
            "Put place-based work where the violence is: begin with the neighbourhoods of the table, one plan each.",
            "Weigh prevention funding by deprivation as well as by caseload."
            if slope is not None and slope.is_clear
            else None,
            "Ask who is in the centres by day and by night before comparing them with places where people live.",
        )
    return draft.finish(
        sure_of="which places are high, and by roughly how much.", not_sure_of="why, and what never reaches the police."
    ), draft


def _few(draft: Draft, evidence: Evidence, spread: Uneven | None, label: str) -> Section | None:
    if spread is None:
        return None
    offences = known_rows(spread.result)
    placed = derived_number(
        "violence_placed", words.counted(total(offences)), total(offences), results=[spread.result],
        label="Violence and sexual offences placed in a neighbourhood of the area", method="Count", unit="offences",
    )  # fmt: skip
    places = derived_number(
        "neighbourhoods", words.counted(spread.answer.places), spread.answer.places, results=[spread.result],
        label="Neighbourhoods of the area", method="Count", unit="areas",
    )  # fmt: skip
    half = rule_half("recorded violence", spread.half_in, "neighbourhoods")
    draft.answer.append(half)
    draft.find(
        half, "Work place by place where violence gathers.", "Problem profiles of the ten highest neighbourhoods.",
        sure=spread.is_more_than_chance,
    )  # fmt: skip
    opening = Sentence(
        f"In {label} the police recorded {{{placed.key}}} violent and sexual offences that can be placed in one of "
        f"the area’s {{{places.key}}} neighbourhoods.",
        (placed, places), "rule_placed",
    )  # fmt: skip
    tenth = rule_top_tenth(spread.top_tenth, spread.by_chance, "it", "neighbourhoods")
    note = MarginNote(
        "Read it so:",
        "put the neighbourhoods in order, most offences first, and add up. Some unevenness is chance, which is why the "
        "share by chance is given beside it.",
    )
    figure = draft.figure(tenth_bars(spread, label), note, wide=False)
    unplaced = _unplaced(evidence, label)
    return section(
        "A few places carry much of it", paragraph(opening, half, tenth, unplaced), figure, margin=[NEIGHBOURHOOD]
    )


def _unplaced(evidence: Evidence, label: str) -> Sentence | None:
    """How many offences are in the total and on no map."""
    numbers = []
    for measure, what in (("no_place_share", "without a place"), ("outside_area_share", "placed outside the area")):
        result = evidence.over(measure, breakdown=("crime_type",))
        rows = known_rows(result).filter(crime_type=CRIME_TYPE) if result is not None else None
        if result is None or rows is None or rows.height != 1:
            return None
        value = float(rows["numerator"][0])
        numbers.append(
            derived_number(
                f"violence_{measure.removesuffix('_share')}", words.counted(value), value, results=[result],
                label=f"Violence and sexual offences {what}", method="Count", unit="offences", period=label,
            )
        )  # fmt: skip
    nowhere, outside = numbers
    return Sentence(
        f"A further {{{nowhere.key}}} have no place and {{{outside.key}}} lie outside the area: they are in the total "
        "and on no map.",
        tuple(numbers), "rule_unplaced",
    )  # fmt: skip


def _deprivation(draft: Draft, evidence: Evidence, slope: Gradient | None, label: str) -> Section | None:
    heading = "Does it follow deprivation?"
    if slope is None:
        gap = NotKnown(
            "whether violence follows deprivation",
            "No index of deprivation is held for the neighbourhoods, or too few of its tenths occur here.",
            "the English Indices of Deprivation by lower-layer super output area.",
        )
        return section(heading, gap)
    steps, average = len(slope.answer.groups) - 1, whole(evidence, RATE)
    sentence = rule_gradient(slope.most, slope.least, slope.steps_down, steps, "offences for every 1,000 residents")
    ratio = rule_ratio("The rate in the most deprived tenth", slope.ratio, "the least deprived tenth")
    draft.answer.append(ratio)
    draft.find(
        ratio, "Put prevention where deprivation is highest.", "Funding by place beside need by place.",
        sure=slope.is_clear,
    )  # fmt: skip
    figure = draft.figure(deprivation_dots(slope, average.value if average else None, label))
    return section(
        heading,
        paragraph(sentence, ratio, _without_the_highest(evidence, slope) if slope.is_clear else None),
        figure,
        margin=[DEPRIVATION],
    )


def _centres(draft: Draft, evidence: Evidence, high: Outstanding | None, label: str) -> Section | None:
    if high is None:
        return None
    sentence = rule_surely_above(high.count, "neighbourhoods", "twice the average of all")
    shares = None
    if high.rows.height:
        shares = Sentence(
            f"They hold {{{high.residents_share.key}}} of residents and {{{high.events_share.key}}} of the violence.",
            (high.residents_share, high.events_share), "rule_outstanding",
        )  # fmt: skip
        draft.answer.append(sentence)
        draft.find(sentence, "Make plans for the places that stand out, with those who run them at night.",
                   "Counts of people in each centre by day and by night.")  # fmt: skip
    note = MarginNote(
        "Surely",
        "means that the whole 95% interval lies above twice the average. Visitors, prisons "
        "and hospitals swell the count, not the residents.",
    )
    figure = draft.figure(
        _map(
            evidence,
            "lsoa21",
            label,
            f"{words.capital(high.count.text)} neighbourhoods are surely above twice the average",
        )
    )
    table = draft.table(*_ten(evidence, label), "lrrr", _unplaced_note(evidence), (3.4, 1, 2, 1.2))
    return section("Places that stand out", paragraph(sentence, shares), table, figure, margin=[note])


def _map(evidence: Evidence, level: str, label: str, title: str) -> Figure | None:
    return map_of_areas(
        evidence, evidence.over(RATE, level), level, name=f"violence_map_{level}", title=title,
        subtitle=f"Violence and sexual offences per 1,000 residents, {label}", unit="per 1,000 residents",
    )  # fmt: skip


def _ward_title(rows: pl.DataFrame) -> str:
    """Name a highest ward only when its interval lies above that of the next."""
    if rows.height > 1 and rows["lower"][0] > rows["upper"][1]:
        return f"{rows['area_name'][0]} has the highest recorded rate of the wards"
    return "No ward is clearly highest"


def _range_title(rows: pl.DataFrame) -> str:
    top, bottom = rows.row(0, named=True), rows.row(-1, named=True)
    if top["lower"] > bottom["upper"]:
        return f"{top['area_name']} has {words.times(top['value'] / bottom['value'])} the rate of {bottom['area_name']}"
    return "No district is clearly highest"


def _unplaced_note(evidence: Evidence) -> str:
    result = evidence.over(RATE, "lsoa21")
    notes = result.provenance.notes if result is not None else ()
    residents = [note for note in notes if "resident" in note.lower()]
    return " ".join(["Rates per 1,000 residents with 95% intervals.", *residents])


def _ten(evidence: Evidence, label: str) -> tuple[str, pl.DataFrame]:
    """The ten neighbourhoods with most offences, by name of the wider area where there is one."""
    result, tenth = evidence.over(RATE, "lsoa21"), evidence.latest(DECILE, "lsoa21")
    names = ["Neighbourhood", "Offences", "Per 1,000 residents", "Deprivation tenth"]
    if result is None:
        return "", pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    deciles = dict(known_rows(tenth).select("area_code", "value").iter_rows()) if tenth is not None else {}
    wider = evidence.local_names()
    rows = known_rows(result).sort(["numerator", "area_code"], descending=[True, False]).head(ROWS_SHOWN)
    found = []
    for row in rows.iter_rows(named=True):
        local, code = wider.get(row["area_code"], ""), row["area_code"]
        name = f"{local}\n{row['area_name']}" if local else row["area_name"]
        decile = f"{deciles[code]:.0f}" if code in deciles else "not known"
        found.append((name, row["numerator"], spread_text(result, row), decile))
    frame = pl.DataFrame(
        found, schema=dict(zip(names, (pl.String, pl.Float64, pl.String, pl.String), strict=True)), orient="row"
    )
    share = total(rows, "numerator") / total(known_rows(result), "numerator")
    count = words.capital(words.spelled(rows.height))
    return f"{count} neighbourhoods hold {words.percent(share)} of the violence, {label}", frame


def _wards(draft: Draft, evidence: Evidence, label: str) -> Section | None:
    result = evidence.over(RATE, "ward")
    if result is None:
        gap = NotKnown(
            "violence by ward",
            "No look-up from neighbourhoods to wards is held.",
            "the best-fit look-up of the Office for National Statistics.",
        )
        return section("By ward", gap)
    rows = known_rows(result).sort("value", descending=True)
    top, bottom = rows.row(0, named=True), rows.row(-1, named=True)
    sentence = rule_range(
        "violence by ward", (top["area_name"], number_of(result, top)),
        (bottom["area_name"], number_of(result, bottom)),
        "for every 1,000 residents",
    )  # fmt: skip
    note = MarginNote("Wards", "are put together from whole neighbourhoods by best fit; some straddle a ward’s edge.")
    figure = draft.figure(_map(evidence, "ward", label, _ward_title(rows)))
    return section("By ward", paragraph(sentence), figure, margin=[note])


def _districts(draft: Draft, evidence: Evidence, label: str) -> Section | None:
    result = evidence.over(RATE, "district")
    if result is None or known_rows(result).height < 2:
        return None
    rows = known_rows(result).sort("value", descending=True)
    top, bottom = rows.row(0, named=True), rows.row(-1, named=True)
    sentence = rule_range(
        "violence by district", (top["area_name"], number_of(result, top)),
        (bottom["area_name"], number_of(result, bottom)), "for every 1,000 residents",
    )  # fmt: skip
    overall = whole(evidence, RATE)
    figure = draft.figure(
        dots(
            result, name="violence_districts", title=_range_title(rows), reference=("whole area", overall),
            subtitle=f"Violence and sexual offences per 1,000 residents, {label}, with 95% intervals",
            unit="per 1,000 residents",
        )
    )  # fmt: skip
    return section("By district", paragraph(sentence), figure)


def _without_the_highest(evidence: Evidence, slope: Gradient) -> Sentence | None:
    """Whether the link with deprivation hangs on a few places."""
    test = gradient(evidence, RATE, DECILE, leave_out=LEFT_OUT_TO_TEST)
    if test is None or test.ratio.lower is None:
        return None
    opening = "Without the ten highest neighbourhoods the most deprived tenth"
    if test.ratio.lower > 1:
        text = f"{opening} still has {{{test.ratio.key}}} the rate of the least: the link does not hang on a few."
    else:
        text = (
            f"{opening} is no longer clearly higher ({{{test.ratio.key}}} the rate), so the link hangs on a few places."
        )
    return Sentence(text, (test.ratio,), "rule_without_the_highest")


def _not_sure() -> Section | None:
    return section(
        "What we are not sure of",
        bullets(
            [
                said("How many people are in a centre at night. Until they are counted, a rate per resident "
                     "overstates the risk there."),
                said("Whether places where more is reported are places where more happens."),
                said("Exactly where: every offence is moved to a snap point before publication."),
            ]
        ),
    )  # fmt: skip
