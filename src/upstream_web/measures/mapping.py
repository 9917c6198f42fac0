"""The map of a measure: classes, the drawing that needs no script, and what each area says when pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from upstream.charts.map_classes import MapClass, class_of, round_breaks, sequential_classes
from upstream.measures import MeasureDefinition, Status
from upstream_web.geography import outlines
from upstream_web.geography.levels import counted
from upstream_web.geography.queries import names
from upstream_web.measures import words
from upstream_web.measures.choices import Choice

UNKNOWN, WITHHELD = "m-unknown", "m-suppressed"


@dataclass(frozen=True)
class ScaleStep:
    """One line of the map's scale, highest first."""

    paint: str
    words: str
    areas: int


@dataclass(frozen=True)
class Readout:
    """What the chosen area says."""

    code: str
    name: str
    place: str
    value: str
    interval: str
    text: str


@dataclass(frozen=True)
class MeasureMap:
    """All that the template draws."""

    drawing: outlines.DrawnMap
    steps: tuple[ScaleStep, ...]
    readout: Readout | None
    alternative: str


def classes_for(definition: MeasureDefinition, frame: pl.DataFrame) -> tuple[MapClass, ...]:
    """Choose the classes of the map: at most six, with round breaks."""
    breaks = round_breaks([value for value in frame["value"].to_list() if value is not None])
    decimals = next((p for p in range(4) if all(round(b, p) == b for b in breaks)), definition.decimals)
    return sequential_classes(breaks, decimals)


def paint_of(definition: MeasureDefinition, line: dict[str, Any], classes: tuple[MapClass, ...]) -> str:
    """Give the class of the style sheet for one area."""
    if line["status"] == Status.WITHHELD.value:
        return WITHHELD
    index = class_of(line["value"], classes, definition.decimals)
    return UNKNOWN if index is None else classes[index].token.replace("map-seq-", "m-")


def make_map(choice: Choice, frame: pl.DataFrame, chosen: str) -> MeasureMap | None:
    """Draw the map of one level and period; none where the level has no outlines."""
    classes = classes_for(choice.definition, frame)
    lines = {line["area_code"]: line for line in frame.iter_rows(named=True)}
    paint = {code: paint_of(choice.definition, line, classes) for code, line in lines.items()}
    alternative = describe(choice, frame)
    drawing = outlines.draw(choice.level, paint, alternative=alternative, chosen=chosen)
    if drawing is None:
        return None
    readout = read(choice, lines[chosen]) if chosen in lines else None
    return MeasureMap(drawing, scale_steps(classes, list(paint.values())), readout, alternative)


def scale_steps(classes: tuple[MapClass, ...], painted: list[str]) -> tuple[ScaleStep, ...]:
    """Count the areas of each class, with the unknown and the withheld below."""
    named = [(one.token.replace("map-seq-", "m-"), one.words) for one in reversed(classes)]
    steps = [ScaleStep(paint, text, painted.count(paint)) for paint, text in named]
    for paint, text in ((WITHHELD, "withheld"), (UNKNOWN, "not known")):
        if paint in painted:
            steps.append(ScaleStep(paint, text, painted.count(paint)))
    return tuple(steps)


def describe(choice: Choice, frame: pl.DataFrame) -> str:
    """Say in words what the map shows."""
    definition, known = choice.definition, frame.drop_nulls("value").sort("value", descending=True)
    named = names(choice.level)
    when = f" in {choice.period.words}" if choice.period else ""
    opening = f"Map of {counted(choice.level, frame.height)} shaded by {definition.title}{when}."
    if known.is_empty():
        return f"{opening} Nothing is known for them."
    tell = [
        f"{named[code].full if code in named else name} ({words.value_words(definition, value)})"
        for code, name, value in known.select("area_code", "area_name", "value").head(3).iter_rows()
    ]
    return f"{opening} Highest: {', '.join(tell)}. The table below holds the same numbers."


def read(choice: Choice, line: dict[str, Any]) -> Readout:
    """Write what one area says."""
    definition, area = choice.definition, names(choice.level).get(line["area_code"])
    interval = words.interval_words(definition, line["lower"], line["upper"])
    why = words.status_words(line["status"])
    unit = "" if words.is_percent(definition) else definition.unit
    made_from = words.out_of_words(definition, line["numerator"], line["denominator"])
    return Readout(
        code=line["area_code"],
        name=area.name if area else line["area_name"],
        place=area.place if area else "",
        value=words.value_words(definition, line["value"]),
        interval=f"{unit} ({interval})" if interval else unit,
        text=" ".join(part for part in (made_from, f"{why.capitalize()}." if why else "") if part),
    )


def values_for_map(choice: Choice, frame: pl.DataFrame) -> dict[str, Any]:
    """Give what the map that zooms needs of each area."""
    classes = classes_for(choice.definition, frame)
    areas = {}
    for line in frame.iter_rows(named=True):
        said = read(choice, line)
        areas[said.code] = {
            "name": said.name, "place": said.place, "value": said.value, "interval": said.interval,
            "text": said.text, "paint": paint_of(choice.definition, line, classes),
        }  # fmt: skip
    return {"level": choice.level, "areas": areas}
