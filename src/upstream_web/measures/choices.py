"""What a reader of the explorer asked for, as far as the measure carries it; anything else falls back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import polars as pl

from upstream.measures import MeasureDefinition, Polarity, Status
from upstream.measures.periods import month_name, span_name
from upstream_web.core.workbench import kept_for_build
from upstream_web.geography.levels import SMALLEST_FIRST, widest
from upstream_web.measures import queries

SHOWN = (Status.KNOWN.value, Status.TOO_YOUNG.value)
ROWS_ON_A_PAGE = 25
SORTS = ("area", "count", "value")


@dataclass(frozen=True)
class PeriodChoice:
    """One period that may be asked for; `words` is how a sentence says it."""

    kind: str
    label: str
    start: date
    end: date
    words: str


@dataclass(frozen=True)
class Choice:
    """One way of looking at a measure."""

    definition: MeasureDefinition
    period: PeriodChoice | None
    level: str
    area: str
    find: str
    sort: str
    descending: bool
    page: int

    def address(self, **changed: object) -> str:
        """Give the query of the same look with something changed; defaults are left out."""
        now = {
            "period": self.period.label if self.period else "",
            "level": self.level,
            "area": self.area,
            "find": self.find,
            "sort": "" if self.is_worst_first else f"{'-' if self.descending else ''}{self.sort}",
            "page": "" if self.page == 1 else self.page,
        }
        kept = {name: value for name, value in {**now, **changed}.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    @property
    def is_worst_first(self) -> bool:
        """Whether rows stand in the order that a page shows unasked."""
        return self.sort == "value" and self.descending is not best_is_high(self.definition)

    @property
    def plain_query(self) -> str:
        """The same level and period with nothing searched, sorted or chosen."""
        return self.address(area="", find="", sort="", page="")

    @property
    def unsearched_query(self) -> str:
        """The same look with nothing searched for."""
        return self.address(find="", page="")


def best_is_high(definition: MeasureDefinition) -> bool:
    """Whether low values are the ones to look at first."""
    return definition.polarity is Polarity.HIGHER_IS_BETTER


def read_choice(asked: Mapping[str, str], definition: MeasureDefinition) -> Choice:
    """Read what was asked of `definition` from the address."""
    periods = periods_held(definition)
    wanted = asked.get("period", "")
    period = next((one for one in periods if one.label == wanted), periods[0] if periods else None)
    levels = small_levels(definition)
    level = asked.get("level", "")
    worst = "value" if best_is_high(definition) else "-value"
    sort = asked.get("sort", worst)
    name = sort.removeprefix("-")
    page = asked.get("page", "1")
    return Choice(
        definition=definition,
        period=period,
        level=level if level in levels else (levels[0] if levels else ""),
        area=asked.get("area", "").strip(),
        find=asked.get("find", "").strip()[:60],
        sort=name if name in SORTS else "value",
        descending=(sort if name in SORTS else worst).startswith("-"),
        page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
    )


def small_levels(definition: MeasureDefinition) -> list[str]:
    """The levels with more than one area that the measure and the build carry, smallest first."""
    carried = [level for level in SMALLEST_FIRST if level in definition.levels]
    return kept_for_build(
        "levels", lambda: [level for level in carried if _areas_at(definition, level) > 1], definition.name
    )


def _areas_at(definition: MeasureDefinition, level: str) -> int:
    result = queries.find_result(definition.name, level=level, period=definition.periods[0])
    return result.frame["area_code"].n_unique() if result else 0


def widest_level(definition: MeasureDefinition) -> str:
    """The level that stands for all of us: the partnership where the measure carries it."""
    return widest(definition.levels)


def periods_held(definition: MeasureDefinition) -> list[PeriodChoice]:
    """Every period with something known, by kind in the definition's order, newest first."""
    return kept_for_build("periods", lambda: _find_periods(definition), definition.name)


def _find_periods(definition: MeasureDefinition) -> list[PeriodChoice]:
    found = _every_period(definition)
    latest = _last_months(definition)
    known = any((one.start, one.end) == (latest.start, latest.end) for one in found) if latest else True
    return found if known or latest is None else [latest, *found]


def _last_months(definition: MeasureDefinition) -> PeriodChoice | None:
    """The last unbroken months held, twelve at most, for measures that come by the month."""
    summary = queries.find_summary(definition.name) if "month" in definition.periods else None
    if summary is None or summary.latest is None:
        return None
    start, end = summary.latest.start, summary.latest.end
    return PeriodChoice("span", summary.latest.period, start, end, span_name(start, end))


def _every_period(definition: MeasureDefinition) -> list[PeriodChoice]:
    found: list[PeriodChoice] = []
    for kind in definition.periods:
        result = queries.find_result(definition.name, level=widest_level(definition), period=kind)
        if result is None:
            continue
        known = result.frame.filter(pl.col("status").is_in(SHOWN))
        rows = known.select("period", "period_start", "period_end").unique().sort("period_end", descending=True)
        found.extend(
            PeriodChoice(kind, label, start, end, period_words(kind, label, start, end))
            for label, start, end in rows.iter_rows()
        )
    return found


def period_words(kind: str, label: str, start: date, end: date) -> str:
    """Say a period as a sentence would: "2025", "December 2025", "the year to March 2025"."""
    if kind == "month":
        return month_name(start)
    if kind in ("quarter", "span"):
        return span_name(start, end)
    if kind == "rolling year":
        return f"the year to {month_name(end)}"
    if kind in ("school year", "financial year"):
        return f"the {kind} {label}"
    return f"the {label} {kind}" if kind in ("edition", "census") else label


GROUPS = {
    "span": "Last months held",
    "year": "Years",
    "month": "Months",
    "quarter": "Quarters",
    "rolling year": "Twelve months to",
}


def grouped(periods: list[PeriodChoice]) -> list[tuple[str, list[PeriodChoice]]]:
    """Periods under the name of their kind, for a list of choices."""
    kinds = dict.fromkeys(period.kind for period in periods)
    return [(GROUPS.get(kind, f"{kind.capitalize()}s"), [p for p in periods if p.kind == kind]) for kind in kinds]
