"""What must travel with a table so that it can be trusted, cited and made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from upstream.measures.result import FeedUsed, MeasureResult

COLUMNS = {
    "area_code": "Code of the area",
    "area_name": "Name of the area",
    "level": "What kind of area it is",
    "period": "Label of the period",
    "period_start": "First day of the period",
    "period_end": "Last day of the period",
    "numerator": "What is counted",
    "denominator": "What it is divided by",
    "value": "The value, in the unit given",
    "lower": "Lower end of the interval, in the same unit",
    "upper": "Upper end of the interval, in the same unit",
    "status": "known, or why there is no value. An empty value is not known; it is never zero",
}


@dataclass(frozen=True)
class Fact:
    """One line of the description: what it is about, and what there is to say."""

    about: str
    text: str


def describe(result: MeasureResult, attribution: Sequence[str] = ()) -> tuple[Fact, ...]:
    """Say all that a reader of the bare table would need; lines with nothing to say are left out."""
    definition, provenance = result.definition, result.provenance
    facts = [
        Fact("Measure", definition.title),
        Fact("Name", definition.name),
        Fact("Counts", definition.numerator),
        Fact("Divided by", definition.denominator),
        Fact("Unit", definition.unit),
        Fact("Is not", definition.is_not),
        Fact("Direction", _direction(result)),
        Fact("Why it matters", definition.why),
        Fact("Area level", result.query.level),
        Fact("Period", _period(result)),
        Fact("Cut by", ", ".join(result.query.breakdown)),
        *(Fact("Take care", caveat) for caveat in definition.caveats),
        *(Fact("Note", note) for note in provenance.notes),
        Fact("Method", provenance.method),
        Fact("Confidence level", _confidence(provenance.confidence_level)),
        Fact("Source", definition.source),
        *(Fact("Feed", _feed(feed)) for feed in provenance.feeds),
        Fact("Written by", f"{definition.author}; checked by {definition.checked_by}"),
        Fact("Reviewed on", f"{definition.reviewed_on.isoformat()}, again by {definition.review_due_on.isoformat()}"),
        Fact("Definition version", str(provenance.definition_version)),
        Fact("Build", provenance.build),
        Fact("Built at", provenance.built_at.isoformat(timespec="seconds")),
        Fact("Software", f"Upstream {provenance.software_version}"),
        *(Fact("Attribution", line) for line in attribution),
    ]
    return tuple(fact for fact in facts if fact.text)


def column_meanings(result: MeasureResult) -> dict[str, str]:
    """Say what each column of the result's frame holds, in the frame's order."""
    own = {
        "numerator": result.definition.numerator,
        "denominator": result.definition.denominator,
        "value": f"The value: {result.definition.unit}",
    }
    known = COLUMNS | {name: text for name, text in own.items() if text}
    return {name: known.get(name, "A cut of the measure") for name in result.frame.columns}


def citation(result: MeasureResult, publisher: str) -> str:
    """Write one line that lets a reader find the same figure again."""
    return (
        f"{publisher}: {result.definition.title}, {_period(result)}. Build {result.provenance.build}, "
        f"definition version {result.provenance.definition_version}; source: {result.definition.source}."
    )


def _direction(result: MeasureResult) -> str:
    polarity, note = result.definition.polarity.value, result.definition.polarity_note
    first = "Neither direction is better" if polarity == "neither" else polarity.capitalize()
    return note if note.startswith(first) else f"{first}. {note}".strip()


def _period(result: MeasureResult) -> str:
    labels = result.frame["period"].unique().sort().to_list() if result.frame.height else []
    if not labels:
        return result.query.period
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]} by {result.query.period}"


def _confidence(level: float | None) -> str:
    return f"{level:.0%}" if level else ""


def _feed(feed: FeedUsed) -> str:
    span = " to ".join(_day(day) for day in (feed.first_period, feed.last_period) if day)
    receipts = ", ".join(feed.receipts)
    parts = (feed.title, f"held {span}" if span else "", f"receipts {receipts}" if receipts else "")
    return "; ".join(part for part in parts if part)


def _day(day: date) -> str:
    return day.isoformat()
