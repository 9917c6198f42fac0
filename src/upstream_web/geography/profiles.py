"""Everything about one area, put together from the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from upstream import geography
from upstream.charts import control_chart
from upstream.exceptions import UpstreamFailure
from upstream.geography import Area
from upstream.geography.areas import title_of
from upstream.geography.populations import PopulationNotHeld, population
from upstream.measures import Kind, calculate
from upstream.measures.profile import LevelMeasure, ProfileLine, Standing, area_profile, level_profile
from upstream.measures.summary import summarise
from upstream_web.core.drawing import glyphs, numbers
from upstream_web.core.drawing.figures import ShownFigure, show
from upstream_web.core.words import capital
from upstream_web.core.workbench import get_build, get_partnership, kept_for_build
from upstream_web.geography import outlines
from upstream_web.geography.levels import WITH_PAGES, level_named

WHO = ("People", "Households")
PRINTED = ("Violence", "Weapons and drugs", "Order and nuisance", "All crime", "Deprivation", *WHO)
HEADLINE = "violence_rate"
FEWEST_A_MONTH = 5
NEXT_YEAR = 9999
STANDINGS = {
    Standing.SURELY_ABOVE: "above",
    Standing.SURELY_BELOW: "below",
    Standing.NO_SURE_DIFFERENCE: "no sure difference",
    Standing.NOT_SAID: "",
}


@dataclass(frozen=True)
class AreaLine:
    """One measure of the area as the table shows it."""

    title: str
    link: str
    period: str
    value: str
    unit: str
    interval: str
    glyph: SafeString
    whole: str
    standing: str
    neighbours: str
    why_unknown: str


@dataclass(frozen=True)
class ThemeLines:
    """The measures of one theme."""

    name: str
    lines: Sequence[AreaLine]

    @property
    def is_printed(self) -> bool:
        """Whether it stands on the one sheet of paper."""
        return self.name in PRINTED


@dataclass(frozen=True)
class Link:
    """Another area, with the address of its page; empty for levels without pages."""

    name: str
    kind: str
    address: str


def get_area(code: str, level: str) -> Area:
    """Find an area of the partnership; raises `UnknownArea`."""
    found = geography.area(get_build(), code, level)
    if not found.in_partnership:
        from upstream.exceptions import UnknownArea

        raise UnknownArea(f"{found.title} lies outside the partnership.", do="Look it up by name.")
    return found


def themes_of(area: Area, neighbours: Sequence[str]) -> list[ThemeLines]:
    """Every measure that goes down to the area's level, by theme in the order of the definitions."""
    lines = area_profile(_level(area.level), area.code, neighbours=neighbours)
    themes: dict[str, list[AreaLine]] = {}
    for line in lines:
        themes.setdefault(line.definition.theme, []).append(_area_line(line))
    return [ThemeLines(name, found) for name, found in themes.items()]


def _level(level: str) -> tuple[LevelMeasure, ...]:
    return kept_for_build("profile of level", lambda: level_profile(get_partnership(), level), level)


def _area_line(line: ProfileLine) -> AreaLine:
    definition = line.definition
    percent = definition.unit.startswith("%")
    sign = "%" if percent else ""
    near = numbers.interval(*line.neighbours, definition.decimals) if line.neighbours else ""
    everything = [line.value, line.lower, line.upper, line.whole, *(line.neighbours or ())]
    glyph = glyphs.interval_glyph(
        glyphs.common_scale(everything, from_zero=definition.kind is not Kind.SCORE),
        line.value, line.lower, line.upper, line.whole, width=104,
    )  # fmt: skip
    return AreaLine(
        title=definition.title,
        link=measure_link(definition.name),
        period=line.period,
        value=numbers.number(line.value, definition.decimals) + (sign if line.value is not None else ""),
        unit="" if percent else definition.unit,
        interval=numbers.interval(line.lower, line.upper, definition.decimals),
        glyph=glyph,
        whole=f"{numbers.number(line.whole, definition.decimals)}{sign}" if line.whole is not None else "",
        standing=STANDINGS[line.standing],
        neighbours=near,
        why_unknown="" if line.value is not None else str(line.status),
    )


def measure_link(name: str) -> str:
    """The page of a measure; empty when the explorer is not installed."""
    try:
        return reverse("measure", args=[name])
    except NoReverseMatch:
        return ""


def residents_words(area: Area) -> str:
    """Say how many live there, by which estimate."""
    try:
        held = population(get_build(), area.level, NEXT_YEAR)
    except PopulationNotHeld:
        return ""
    rows = dict(held.frame.select("area_code", "persons").iter_rows())
    return f"{numbers.number(rows[area.code])} residents in mid-{held.year}" if area.code in rows else ""


def neighbours_of(area: Area) -> Mapping[str, str]:
    """The areas of the same level that share a boundary, by code, the longest boundary first."""
    found = geography.neighbours(get_build(), area.code, area.level).filter("in_partnership")
    rows = found.select("area_code", "area_name", "local_name").iter_rows()
    return {code: short_name(name, local) for code, name, local in rows}


def short_name(name: str, local: str | None) -> str:
    """Tell neighbours apart in few words: the local name with the letter of the area, or the official name."""
    return f"{local} {name.rsplit(' ', 1)[-1]}" if local and local != name else name


def links_up(area: Area) -> list[Link]:
    """The areas in which it lies."""
    above = geography.parents(get_build(), area.code, area.level)
    return [Link(one.title, level_named(key).singular, area_address(key, one.code)) for key, one in above.items()]


def links_down(area: Area) -> list[tuple[str, list[Link]]]:
    """The areas in it, by level, for levels with pages."""
    below = []
    for level in reversed(WITH_PAGES[: WITH_PAGES.index(area.level)]):
        inside = geography.children(get_build(), area.code, level, area.level)
        links = [
            Link(title_of(name, local), level, area_address(level, code))
            for code, name, local in inside.select("area_code", "area_name", "local_name").iter_rows()
        ]
        if links:
            below.append((level_named(level).plural, links))
    return below


def area_address(level: str, code: str) -> str:
    """The address of an area's page; empty for levels without pages."""
    return reverse("area", args=[level, code]) if level in WITH_PAGES else ""


def series_of(area: Area) -> tuple[ShownFigure | None, str]:
    """The control chart of violence, or why there is none: too few a month, or no months held."""
    try:
        summary = summarise(get_partnership(), HEADLINE, level=area.level, area=area.code, places=False)
    except UpstreamFailure as failure:
        return None, str(failure)
    series = summary.per_30_days
    counts = series.frame["numerator"].drop_nulls() if series else None
    if series is None or counts is None or counts.is_empty():
        return None, "No month is held of this area."
    if counts.sum() < FEWEST_A_MONTH * counts.len():
        total = numbers.number(float(counts.sum()))
        return None, f"Too few to chart by month: {total} in {counts.len()} months held. Look at the year instead."
    figure = control_chart(
        series.frame, name=f"{HEADLINE}-{area.code}", title=f"{summary.definition.short_title}: {series.said.label}",
        subtitle=f"{capital(series.unit)}, by month", limits=series.limits, unit=series.unit,
        decimals=2 if series.limits.centre < 10 else 1, measure=HEADLINE, provenance=summary.provenance,
        notes=(series.said.text,),
    )  # fmt: skip
    return show(figure, identifier="by-month"), ""


def map_around(area: Area, beside: Mapping[str, str]) -> SafeString | None:
    """The area outlined in gold among those next to it."""
    named = ", ".join(beside.values())
    short = {
        code: name.rsplit(" ", 1)[-1] if area.level in ("lsoa21", "msoa21") else name for code, name in beside.items()
    }
    alternative = f"Map of {area.title} and the areas next to it: {named}." if beside else f"Map of {area.title}."
    return outlines.draw_around(area.level, area.code, short, alternative=alternative)


def deprivation_by_domain(area: Area) -> list[tuple[str, str]]:
    """The tenth of deprivation in each domain, for neighbourhoods."""
    try:
        result = calculate(
            get_partnership(), "deprivation_2025_decile", level=area.level, areas=(area.code,), breakdown=("domain",)
        )
    except UpstreamFailure:
        return []
    rows = result.frame.drop_nulls("value").select("domain", "value").iter_rows()
    return [(str(domain).replace("_", " ").capitalize(), numbers.number(value)) for domain, value in rows]
