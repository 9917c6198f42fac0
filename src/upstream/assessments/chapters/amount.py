"""Chapter 3: how much violence, which kinds, and whether it is changing."""

from __future__ import annotations

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import (
    Chapter,
    FigureBlock,
    MarginNote,
    NotKnown,
    Number,
    Section,
    Sentence,
    TableBlock,
)
from upstream.assessments.drafting import Draft, bullets, paragraph, said, section, unknown_chapter
from upstream.assessments.drawing import monthly_chart
from upstream.assessments.evidence import Evidence, Span, derived_number, known_rows, number_of, only_row, spoken_period
from upstream.assessments.findings import Monthly, change, monthly, share_number, spread_text, whole
from upstream.assessments.rules.amounts import rule_total
from upstream.assessments.rules.changes import rule_change, rule_gap, rule_latest, rule_unusual_months
from upstream.assessments.rules.sides import Side, side_of
from upstream.measures.periods import months_between

# The measures of the chapter in the order in which they are always shown: count, rate, name.
KINDS = (
    ("violence_count", "violence_rate", "Violence and sexual offences"),
    ("robbery_count", "robbery_rate", "Robbery"),
    ("weapons_count", "weapons_rate", "Possession of weapons"),
    ("public_order_count", "public_order_rate", "Public order"),
    ("criminal_damage_count", "criminal_damage_rate", "Criminal damage and arson"),
    ("drugs_count", "drugs_rate", "Drugs"),
    ("asb_count", "asb_rate", "Anti-social behaviour"),
)

SNAPSHOT = MarginNote(
    "Violence and sexual offences",
    "is one category of data.police.uk, from harassment to homicide. It holds no weapon, injury or domestic-abuse "
    "mark, so serious violence cannot be told apart in it.",
)
SURELY = MarginNote(
    "Surely",
    "is said only when the whole 95% interval lies on one side of no change. Recording practice changes too: a rise in "
    "recorded violence need not be a rise in violence.",
)
SUBJECTS = {"Violence and sexual offences": "violence"}
XMR_NOTE = MarginNote(
    "Read it so:",
    "the band is what month-to-month variation alone would give. A point outside it, or seven in a row on one side of "
    "the average, is a change; anything else is ordinary.",
)


def chapter(evidence: Evidence) -> tuple[Chapter, Draft]:
    """Draft the chapter."""
    draft = Draft(3, "amount", "How much, which kinds, is it changing?")
    span = evidence.span()
    total = whole(evidence, "violence_count")
    if span is None or total is None:
        why = "No file of street-level crime has been received."
        return unknown_chapter(draft, "how much violence is recorded", why, "the police.uk files of the force."), draft
    rate = whole(evidence, "violence_rate")
    headline = rule_total("violent and sexual offences", total, rate, span.label)
    draft.answer.append(headline)
    draft.find(headline)
    series = monthly(evidence, "violence_count")
    if series is not None:
        draft.answer.append(_latest(series))
    draft.add(_how_much(draft, evidence, span, headline, series))
    draft.add(_kinds(draft, evidence, span))
    draft.add(_changing(draft, evidence))
    draft.add(_unusual(draft, evidence))
    draft.add(_long_view(draft, evidence))
    draft.add(_not_sure())
    draft.plan(
        "Watch the monthly chart, not single months: act when a rule for change is met, and say so when it is not.",
        "Ask the force for offence codes, so that serious violence as the partnership defines it can be counted apart.",
    )
    return draft.finish(
        sure_of="what the police recorded in the months held.",
        not_sure_of="how much never reaches the police, and how it was before the months held.",
    ), draft


def _latest(series: Monthly) -> Sentence:
    """What the newest month tells, in the words of the control chart."""
    latest = series.limits.latest
    row = known_rows(series.result).sort("period_start").row(-1, named=True)
    number = number_of(series.result, row)
    verdict = latest.signal.verdict.value
    thing = words.capital(series.result.definition.short_title)
    month = words.month(row["period_start"])
    return rule_latest(
        thing, number, month, verdict, provisional=series.limits.provisional, points=series.limits.points_used
    )


def _how_much(
    draft: Draft, evidence: Evidence, span: Span, headline: Sentence, series: Monthly | None
) -> Section | None:
    figure: FigureBlock | None = None
    text: Sentence | None = None
    if series is not None:
        text = _latest(series)
        quantity = f"Violence and sexual offences recorded each month, {evidence.partnership.config.name}"
        figure = draft.figure(monthly_chart(series, "violence_monthly", quantity), XMR_NOTE)
    return section("How much is recorded", paragraph(headline, text, _gap(evidence)), figure, margin=[SNAPSHOT])


def _gap(evidence: Evidence) -> Sentence:
    """What is missing between the first month held and the last."""
    held = evidence.held_months()
    missing = [month for month in months_between(held[0], held[-1]) if month not in held]
    return rule_gap("month", missing)


def _kinds(draft: Draft, evidence: Evidence, span: Span) -> Section | None:
    every = evidence.over("all_crime_count")
    whole_row = only_row(every)
    rows, shares = [], []
    for count, rate, name in KINDS:
        counted, rated = evidence.over(count), evidence.over(rate)
        row, rate_row = only_row(counted), only_row(rated)
        if counted is None or row is None:
            continue
        per_head = spread_text(rated, rate_row) if rated is not None and rate_row is not None else "not known"
        rows.append((name, row["value"], per_head))
        if whole_row is not None and count == "violence_count":
            label = f"{counted.definition.title} as a share of all crime and anti-social behaviour, whole area"
            shares.append(share_number(counted, row, whole_row["value"], label, "violence_share_of_all"))
    frame = pl.DataFrame(
        rows, schema={"Kind": pl.String, "Offences": pl.Float64, "Per 1,000 residents": pl.String}, orient="row"
    )
    text = [
        Sentence(
            f"Violence and sexual offences made up {{{share.key}}} of everything the police recorded in {span.label}.",
            (share,), "rule_share",
        )
        for share in shares
    ]  # fmt: skip
    table = draft.table(
        f"What the police recorded in {span.label}",
        frame,
        "lrr",
        "With 95% intervals. Residents: see chapter 12.",
        (3, 1.2, 2),
    )
    return section("Which kinds", paragraph(*text), table)


def _changing(draft: Draft, evidence: Evidence) -> Section | None:
    found = [(name, moved) for count, _, name in KINDS if (moved := change(evidence, count)) is not None]
    if not found:
        gap = NotKnown(
            "whether violence has risen or fallen since a year before",
            "No month is held in both years.",
            "the police.uk files of the same months a year before.",
        )
        return section("Is it changing?", gap)
    months, before = words.months_listed(found[0][1].months), words.months_listed(found[0][1].earlier_months)
    sentences = [
        rule_change(f"Recorded {words.lowered(SUBJECTS.get(name, name))}", moved.number, months, before)
        for name, moved in found[:3]
    ]
    draft.answer.append(sentences[0])
    draft.find(sentences[0])
    rows = [(name, moved.before, moved.now, _in_table(moved.number), _verdict(moved.number)) for name, moved in found]
    schema = {"Kind": pl.String, "Before": pl.Float64, "Now": pl.Float64, "Change": pl.String, "Verdict": pl.String}
    table = draft.table(
        f"{months} beside {before}", pl.DataFrame(rows, schema=schema, orient="row"), "lrrrl",
        "Months held in both years, by the day. The interval allows for how much months differ among themselves.",
        (3, 1, 1, 1.6, 1.8),
    )  # fmt: skip
    return section("Is it changing?", bullets(sentences), table, margin=[SURELY])


def _in_table(moved: Number) -> str:
    """A change as a table writes it: the point, and its interval beneath."""
    if moved.value is None or moved.lower is None or moved.upper is None:
        return "not known"
    return f"{moved.value:+.0f}%\n{moved.lower:+.0f}% to {moved.upper:+.0f}%".replace("-", "−")


def _verdict(moved: Number) -> str:
    return {
        Side.ABOVE: "surely up",
        Side.BELOW: "surely down",
        Side.ACROSS: "no clear change",
        Side.NOT_KNOWN: "not known",
    }[side_of(moved, 0.0)]


def _unusual(draft: Draft, evidence: Evidence) -> Section | None:
    """Which months of which kind stand outside ordinary variation."""
    rows, sentence = [], None
    for count, _, name in KINDS:
        series = monthly(evidence, count)
        if series is None or not series.limits.known:
            continue
        starts = series.frame["period_start"].to_list()
        met = [(start, signal) for start, signal in zip(starts, series.limits.signals, strict=True) if signal.rules]
        named = words.listed([words.month(start) for start, _ in met[-3:]]) if met else "none"
        named = f"{len(met)} months, the last {words.month(met[-1][0])}" if len(met) > 3 else named
        rows.append((name, named, met[-1][1].rules[0].value if met else "–"))
        if count == "violence_count":
            number = derived_number(
                "violence_unusual_months", words.capital(words.spelled(len(met)) if met else "none"), len(met),
                results=[series.result], label="Months of violence outside ordinary variation",
                method=series.limits.method, unit="months",
            )  # fmt: skip
            sentence = rule_unusual_months(len(met), number, series.limits.points_used, named)
    frame = pl.DataFrame(rows, schema=["Kind", "Months that meet a rule", "Rule of the latest"], orient="row")
    table: TableBlock | None = draft.table(
        "What is unusual, by kind", frame, "lll", "Rules of the XmR chart; see chapter 12.", (2.2, 2.4, 2.6)
    )
    return section("What is unusual", paragraph(sentence), table)


def _long_view(draft: Draft, evidence: Evidence) -> Section | None:
    """Recorded crime by the year as the Home Office publishes it, for the kinds that police.uk cannot tell apart."""
    rows = []
    for measure, name in LONG_KINDS:
        result = evidence.ask(measure, "force")
        if result is None:
            continue
        known = known_rows(result).sort("period_end")
        ends = [known.row(index, named=True) for index in (0, -1)]
        rows.append(
            (name, result.definition.unit, *(f"{spread_text(result, row)}\n{spoken_period(row)}" for row in ends))
        )
    if not rows:
        return None
    frame = pl.DataFrame(rows, schema=["Kind", "Unit", "First year held", "Last year held"], orient="row")
    table = draft.table("Recorded crime in the longer run, whole force", frame, "llrr", LONG_NOTE, (2.2, 2, 1.8, 1.8))
    text = said(
        "The Home Office publishes kinds that police.uk does not part. They end earlier, and rules of recording "
        "changed on the way, above all in 2014: read levels, not trends."
    )
    return section("The longer run", paragraph(text), table)


LONG_KINDS = (
    ("homicide_recorded_count", "Homicide"),
    ("injury_recorded_rate", "Violence with injury"),
    ("no_injury_recorded_rate", "Violence without injury"),
    ("stalking_harassment_recorded_rate", "Stalking and harassment"),
    ("sexual_recorded_rate", "Sexual offences"),
    ("robbery_recorded_rate", "Robbery"),
    ("weapons_recorded_rate", "Possession of weapons"),
)
LONG_NOTE = "Twelve months to the day given. Years overlap when taken by quarter, so they are never added up."


def _not_sure() -> Section | None:
    return section(
        "What we are not sure of",
        bullets(
            [
                said("How much violence the police never hear of. Attendances for assault at emergency departments "
                     "would tell; no such feed is held."),
                said("How much of it is serious, uses a weapon or happens at home. Offence codes would tell."),
                said("When it happened: offences are counted in the month in which they were recorded."),
            ]
        ),
    )  # fmt: skip
