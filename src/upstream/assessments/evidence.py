"""Where the assessment gets its figures: every one from a measure, none calculated here.

What a partnership does not hold is answered with None, and the chapters say so instead of failing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Number
from upstream.exceptions import MeasureCannotBeCutThatWay, UnknownArea, UnknownMeasure
from upstream.measures import calculate
from upstream.measures.comparisons import (
    ChangeFromBefore,
    Comparison,
    compare_districts,
    compare_forces,
    compare_previous,
)
from upstream.measures.definition import Kind, MeasureDefinition
from upstream.measures.opening import open_reader
from upstream.measures.periods import add_months
from upstream.measures.reader import BuildReader
from upstream.measures.result import FeedUsed, MeasureResult, Provenance, Status
from upstream.partnership import Partnership

MONTHS_OF_A_YEAR = 12
FEWEST_TO_COMPARE = 5
MONTHS_ON_A_CHART = 24
FEWEST_ON_A_CHART = 12
Row = dict[str, Any]
ISO_MONTH = re.compile(r"\d{4}-(\d{2}|Q\d)")


@dataclass(frozen=True)
class Span:
    """The months that the assessment speaks of: the last twelve held without a gap, or as many as there are."""

    start: date
    end: date
    months: int

    @property
    def is_year(self) -> bool:
        """Whether the months make up a whole year."""
        return self.months == MONTHS_OF_A_YEAR

    @property
    def label(self) -> str:
        """How sentences name it: 2025 for a calendar year, otherwise the months."""
        if self.is_year and self.start.month == 1:
            return str(self.start.year)
        return words.span(self.start, self.end)


@dataclass
class Evidence:
    """One build of one partnership, asked by the chapters; remembers which measures and feeds were used."""

    partnership: Partnership
    reader: BuildReader
    used: dict[str, MeasureDefinition] = field(default_factory=dict)
    feeds: set[str] = field(default_factory=set)
    _asked: dict[Any, MeasureResult | None] = field(default_factory=dict)

    @classmethod
    def of(cls, partnership: Partnership) -> Evidence:
        """Open the partnership's current build."""
        return cls(partnership, open_reader(partnership))

    @property
    def slug(self) -> str:
        """The code of the whole area."""
        return self.partnership.slug

    def ask(
        self,
        measure: str,
        level: str = "partnership",
        period: str | None = None,
        *,
        start: date | None = None,
        end: date | None = None,
        areas: Sequence[str] = (),
        breakdown: Sequence[str] = (),
    ) -> MeasureResult | None:
        """Answer a query, or None when the measure, the level or every value is not held."""
        key = (measure, level, period, start, end, tuple(areas), tuple(breakdown))
        if key not in self._asked:
            self._asked[key] = self._calculate(*key)
        result = self._asked[key]
        if result is not None:
            self._note(result.definition, result.provenance)
        return result

    def _calculate(self, measure: str, level: str, period: str | None, *rest: Any) -> MeasureResult | None:
        start, end, areas, breakdown = rest
        try:
            result = calculate(
                self.partnership, measure, level=level, period=period, start=start, end=end, areas=areas,
                breakdown=breakdown,
            )  # fmt: skip
        except (UnknownMeasure, MeasureCannotBeCutThatWay, UnknownArea):
            return None
        return result if known_rows(result).height else None

    def among_forces(self, measure: str) -> Comparison | None:
        """Our force beside all others held over the last months of the panel; None when there is no panel."""
        return self._compared(lambda: compare_forces(self.partnership, measure))

    def among_districts(self, measure: str) -> Comparison | None:
        """Our districts beside similar ones; None when there is no panel."""
        return self._compared(lambda: compare_districts(self.partnership, measure))

    def before(self, measure: str) -> tuple[ChangeFromBefore, Row] | None:
        """The whole area beside the same months a year before; None when no month is held twice."""
        try:
            found = compare_previous(self.partnership, measure)
        except (UnknownMeasure, MeasureCannotBeCutThatWay):
            return None
        if not found.months or found.frame.is_empty():
            return None
        self._note(found.definition, found.provenance)
        return found, found.frame.row(0, named=True)

    def _compared(self, compare: Callable[[], Comparison]) -> Comparison | None:
        try:
            found = compare()
        except (UnknownMeasure, MeasureCannotBeCutThatWay):
            return None
        own = found.frame.filter(pl.col("is_own") & pl.col("value").is_not_null())
        if own.is_empty() or found.frame.height < FEWEST_TO_COMPARE:
            return None
        self._note(found.definition, found.provenance)
        return found

    def _note(self, definition: MeasureDefinition, provenance: Provenance) -> None:
        self.used.setdefault(definition.name, definition)
        self.feeds.update(feed.feed for feed in provenance.feeds)

    def held_months(self) -> list[date]:
        """Every month of street-level crime held from the partnership's own force, in order."""
        return sorted(self.reader.held_months("street_crime", self.partnership.config.force_name))

    def span(self) -> Span | None:
        """The months that the assessment speaks of; None when no month of crime is held."""
        held = self.held_months()
        if not held:
            return None
        run = [held[-1]]
        while add_months(run[0], -1) in held and len(run) < MONTHS_OF_A_YEAR:
            run.insert(0, add_months(run[0], -1))
        return Span(run[0], add_months(run[-1], 1) - date.resolution, len(run))

    def receipts(self) -> pl.DataFrame:
        """Every load in force: feed, title, receipt, file_name, sha256, loaded_at, rows and periods."""
        frame: pl.DataFrame = self.reader.fetch(self.reader.table("feed_receipt"))
        return frame

    def feeds_held(self) -> pl.DataFrame:
        """What is held of each feed used so far, for a table: feed, span, files, rows refused."""
        rows = (
            self.receipts()
            .filter(pl.col("feed").is_in(sorted(self.feeds)))
            .group_by("feed", "title")
            .agg(pl.col("first_period").min(), pl.col("last_period").max(), pl.len(), pl.col("rows_refused").sum())
        )
        return (
            rows.sort("title")
            .select(
                Feed="title",
                Covers=pl.struct("first_period", "last_period").map_elements(_covers, return_dtype=pl.String),
                Files=pl.col("len").cast(pl.Int64),
                Refused=pl.col("rows_refused").cast(pl.Int64),
            )
            .rename({"Refused": "Rows refused"})
        )

    def local_names(self) -> dict[str, str]:
        """The name by which people know the wider area of each neighbourhood; empty where none is held."""
        names = dict(self.reader.names("msoa21").select("area_code", "local_name").drop_nulls().iter_rows())
        place = self.reader.table("place")
        pairs = self.reader.fetch(place.select("lsoa21", "msoa21"))
        return {lsoa: names[msoa] for lsoa, msoa in pairs.iter_rows() if msoa in names}

    def recent(self) -> tuple[date, date] | None:
        """The months that control charts show: two years up to the last held, or all where that is too few."""
        held = self.held_months()
        if not held:
            return None
        first = add_months(held[-1], 1 - MONTHS_ON_A_CHART)
        if sum(month >= first for month in held) < FEWEST_ON_A_CHART:
            first = held[0]
        return max(first, held[0]), add_months(held[-1], 1) - date.resolution

    def over(self, measure: str, level: str = "partnership", **more: Any) -> MeasureResult | None:
        """Ask a monthly measure over the span of the assessment as one period."""
        span = self.span()
        return self.ask(measure, level, "span", start=span.start, end=span.end, **more) if span else None

    def latest(self, measure: str, level: str = "partnership", **more: Any) -> MeasureResult | None:
        """Ask for the last period in which anything is known."""
        result = self.ask(measure, level, **more)
        if result is None:
            return None
        last = known_rows(result)["period_end"].max()
        return with_rows(result, result.frame.filter(pl.col("period_end") == last))


def _covers(span: dict[str, date | None]) -> str:
    """The span of a feed as a table writes it; what has no period says so."""
    first, last = span["first_period"], span["last_period"]
    if first is None or last is None:
        return "one edition"
    return (
        str(first.year)
        if first.year == last.year and first.month == 1 and last.month == 12
        else words.span(first, last)
    )


def known_rows(result: MeasureResult) -> pl.DataFrame:
    """The rows whose value is known."""
    return result.frame.filter(pl.col("status") == Status.KNOWN.value, pl.col("value").is_not_null())


def total(rows: pl.DataFrame, column: str = "value") -> float:
    """All of one column added up."""
    return float(rows[column].sum())


def with_rows(result: MeasureResult, frame: pl.DataFrame) -> MeasureResult:
    """The same answer with fewer rows."""
    return MeasureResult(result.definition, result.query, frame, result.provenance)


def only_row(result: MeasureResult | None) -> Row | None:
    """The one known row of an answer about one area and one period; None when it is not known."""
    if result is None:
        return None
    rows = known_rows(result)
    return rows.row(0, named=True) if rows.height == 1 else None


def number_of(result: MeasureResult, row: Row, text: str | None = None, *, key: str = "") -> Number:
    """Make a number that sentences can say from one row of an answer."""
    definition = result.definition
    breakdown = {name: str(row[name]) for name in result.query.breakdown}
    return Number(
        key=key or key_of(definition.name, row["area_code"], row["period"], *breakdown.values()),
        text=text if text is not None else value_text(definition, row["value"]),
        value=row["value"],
        lower=row["lower"],
        upper=row["upper"],
        unit=definition.unit,
        measure=definition.name,
        filters={"level": result.query.level, "area": row["area_code"], **breakdown},
        period=spoken_period(row),
        method=result.provenance.method,
        provenance=result.provenance,
        label=label_of(definition, row["area_name"], breakdown),
    )


def derived_number(
    key: str,
    text: str,
    value: float | None,
    lower: float | None = None,
    upper: float | None = None,
    *,
    results: Sequence[MeasureResult],
    label: str,
    method: str,
    unit: str = "",
    period: str = "",
) -> Number:
    """Make a number that a method drew from one or more answers, with the feeds of all of them."""
    first = results[0]
    return Number(
        key=key, text=text, value=value, lower=lower, upper=upper, unit=unit, measure=first.definition.name,
        filters={"level": first.query.level, "derived": "yes"}, period=period or period_of(first), method=method,
        provenance=joined(results), label=label,
    )  # fmt: skip


def joined(results: Sequence[MeasureResult]) -> Provenance:
    """The provenance of the first answer with the feeds of all."""
    feeds: dict[str, FeedUsed] = {feed.feed: feed for result in results for feed in result.provenance.feeds}
    base = results[0].provenance
    return Provenance(
        base.build, base.built_at, tuple(feeds.values()), base.definition_version, base.method,
        base.confidence_level, base.software_version, base.notes,
    )  # fmt: skip


def spoken_period(row: Row) -> str:
    """A period as people say it: 2025, March 2025, January to September 2025, year to December 2018."""
    label, start, end = row["period"], row["period_start"], row["period_end"]
    if not ISO_MONTH.search(label):
        return str(label)
    if label.startswith("year to"):
        return f"year to {words.month(end)}"
    if start.month == 1 and end.month == MONTHS_OF_A_YEAR and start.year == end.year:
        return str(start.year)
    return words.span(start, end)


def period_of(result: MeasureResult) -> str:
    """The period or periods that an answer covers."""
    rows = result.frame.unique("period", keep="first").sort("period_end").rows(named=True)
    first, last = spoken_period(rows[0]), spoken_period(rows[-1])
    return first if first == last else f"{first} to {last}"


def value_text(definition: MeasureDefinition, value: float) -> str:
    """A value as sentences write it, by the kind of measure it is."""
    if definition.kind is Kind.COUNT:
        return words.counted(value)
    if definition.kind is Kind.SHARE:
        return words.percent(value / definition.multiplier)
    return words.plain(value, definition.decimals)


def label_of(definition: MeasureDefinition, area_name: str, breakdown: dict[str, str]) -> str:
    """What a number is, in words: measure, part, area."""
    part = f" ({', '.join(breakdown.values())})" if breakdown else ""
    return f"{definition.title}{part}, {area_name}"


def key_of(*pieces: str) -> str:
    """A key that is an identifier: letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", "_".join(pieces).lower()).strip("_")
