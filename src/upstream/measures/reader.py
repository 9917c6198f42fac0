"""One open build seen from the measures: its tables, what it holds of each feed, its areas and its residents."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from threading import Lock
from typing import Any

import ibis.expr.types as ir
import polars as pl
from ibis.backends import BaseBackend

from upstream.codes import UnknownCode, police_force
from upstream.exceptions import MeasureCannotBeCutThatWay
from upstream.measures.calculations.register import Scope
from upstream.measures.periods import months_between
from upstream.measures.result import FeedUsed
from upstream.partnership import Partnership

COUNTRY = "England"
MOST_KEPT = 400


@dataclass(frozen=True)
class BuildFacts:
    """What identifies a build in the provenance of a figure."""

    id: str
    built_at: datetime
    software_version: str


class BuildReader:
    """Reads one build. Everything it keeps is of that build, which never changes, so it may be kept for good."""

    def __init__(self, backend: BaseBackend, scope: Scope) -> None:
        self.backend = backend
        self.scope = scope
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._keeping, self._connecting = Lock(), Lock()

    def keep(self, key: Any, make: Callable[[], Any]) -> Any:
        """Give what was made before under `key`, or make it now; what was not asked for longest is let go."""
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()  # outside the lock: two may make the same thing at once, and both are right
        with self._keeping:
            self._kept[key] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def table(self, name: str) -> ir.Table:
        """Find one table of the build as an Ibis expression."""
        table: ir.Table = self.keep(("table", name), lambda: self._look_up(name))
        return table

    def _look_up(self, name: str) -> ir.Table:
        with self._connecting:
            return self.backend.table(name)

    def fetch(self, rows: ir.Table) -> pl.DataFrame:
        """Run an expression and give its rows.

        On DuckDB each call takes a cursor of its own: several people read one build at the same time, and a
        connection that is busy refuses whatever else it is asked, even for a cursor.
        """
        connection = getattr(self.backend, "con", None)
        if self.backend.name != "duckdb" or connection is None:
            return rows.to_polars()
        with self._connecting:
            cursor, statement = connection.cursor(), self.backend.compile(rows)
        with cursor:
            frame: pl.DataFrame = cursor.sql(statement).pl()
        return frame

    @cached_property
    def facts(self) -> BuildFacts:
        """The build's identifier, moment and software, from its table `meta`."""
        meta = dict(self.fetch(self.table("meta").select("key", "value")).iter_rows())
        moment = datetime.fromisoformat(meta["built_at"])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return BuildFacts(meta["build_id"], moment, meta["software_version"])

    def held_months(self, table: str, supplier: str) -> frozenset[date]:
        """List the first days of the months that are held of one table from one supplier."""
        held: frozenset[date] = self.keep(("held", table, supplier), lambda: self._read_held(table, supplier))
        return held

    def _read_held(self, table: str, supplier: str) -> frozenset[date]:
        spans = self._coverage.filter(table_name=table, supplier=supplier).select("period_start", "period_end")
        return frozenset(month for start, end in spans.iter_rows() for month in months_between(start, end))

    @cached_property
    def _coverage(self) -> pl.DataFrame:
        coverage = self.table("coverage")
        return self.fetch(coverage.select("table_name", "supplier", "period_start", "period_end").distinct())

    def suppliers(self, table: str) -> list[str]:
        """List, in order, the suppliers of whom anything is held in one table."""
        return sorted(self._coverage.filter(table_name=table)["supplier"].drop_nulls().unique())

    def areas(self, level: str) -> pl.DataFrame:
        """List the partnership's own areas of a level: area_code, area_name, local_name, in order of code."""
        frame: pl.DataFrame = self.keep(("areas", level), lambda: self._read_areas(level))
        return frame

    def _read_areas(self, level: str) -> pl.DataFrame:
        if level in ("partnership", "force", "region", "country"):
            return self._read_whole(level)
        place = self.table("place")
        if level not in place.columns:
            raise MeasureCannotBeCutThatWay(f"There are no areas of level {level}.")
        own = place.filter(place.in_partnership, place[level].notnull()).select(area_code=place[level]).distinct()
        frame = self.fetch(own).join(self.names(level), on="area_code", how="left")
        name = pl.coalesce("area_name", "area_code")
        return frame.with_columns(area_name=name).sort("area_code")

    def _read_whole(self, level: str) -> pl.DataFrame:
        code = {
            "partnership": self.scope.slug,
            "force": self.scope.force_code,
            "region": self.code_of("region", self.scope.region),
            "country": self.code_of("country", COUNTRY),
        }[level]
        name = {"partnership": self.scope.name, "region": self.scope.region, "country": COUNTRY}.get(level)
        known = self.names(level).filter(area_code=code)
        if known.height and level != "partnership":
            return known
        name = name or self.scope.force_name
        return pl.DataFrame(
            {"area_code": [code], "area_name": [name], "local_name": [None]}, schema_overrides={"local_name": pl.String}
        )

    def names(self, level: str) -> pl.DataFrame:
        """List every area of a level that the build has a name for: area_code, area_name, local_name."""
        frame: pl.DataFrame = self.keep(("names", level), lambda: self._read_names(level))
        return frame

    def _read_names(self, level: str) -> pl.DataFrame:
        area = self.table("area")
        rows = area.filter(area.level == level).select("area_code", "area_name", "local_name")
        return self.fetch(rows).unique("area_code", keep="first").sort("area_code")

    def code_of(self, level: str, name: str) -> str:
        """Find the code of an area by its name as feeds write it; an area without a known code keeps its name."""
        if level == "force":
            return _code_of_force(name)
        codes: dict[str, str] = self.keep(("codes", level), lambda: self._read_codes(level))
        return codes.get(plain_name(name), name)

    def _read_codes(self, level: str) -> dict[str, str]:
        return {plain_name(name): code for code, name in self.names(level).select("area_code", "area_name").iter_rows()}

    def population(self, level: str) -> pl.DataFrame:
        """Give residents of all ages by area and year at one level: area_code, year, persons."""
        frame: pl.DataFrame = self.keep(("population", level), lambda: self._read_population(level))
        return frame

    def _read_population(self, level: str) -> pl.DataFrame:
        rows = self.table("area_population")
        rows = rows.filter(rows.level == level).select("area_code", year=rows.year.cast("int64"), persons="persons")
        return self.fetch(rows)

    def feeds_used(self, feeds: tuple[str, ...]) -> tuple[FeedUsed, ...]:
        """Say for each feed which receipts are in force and what span they cover; a feed not received has none."""
        receipts: pl.DataFrame = self.keep("receipts", lambda: self.fetch(self.table("feed_receipt")))
        return tuple(_feed_used(feed, receipts.filter(feed=feed)) for feed in feeds)


def _feed_used(feed: str, receipts: pl.DataFrame) -> FeedUsed:
    if receipts.is_empty():
        return FeedUsed(feed, feed, (), None, None)
    first, last = receipts["first_period"].min(), receipts["last_period"].max()
    return FeedUsed(
        feed=feed,
        title=receipts["title"][0],
        receipts=tuple(sorted(receipts["receipt"].unique())),
        first_period=_as_day(first),
        last_period=_as_day(last),
    )


def _as_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def plain_name(name: str) -> str:
    """Write a name so that the forms which feeds use of one and the same area agree."""
    return " ".join(name.casefold().replace("&", "and").replace(",", " ").replace("-", " ").split())


def _code_of_force(name: str) -> str:
    """Find a force under any of the names that feeds give it; what is not a territorial force keeps its name."""
    try:
        return police_force(name).area_code or name
    except UnknownCode:
        return name


def scope_of(partnership: Partnership) -> Scope:
    """Take from the partnership's settings what calculations need to know."""
    config = partnership.config
    return Scope(
        slug=config.slug,
        name=config.name,
        force_name=config.force_name,
        force_code=config.force_code,
        force_slug=config.force_slug,
        region=config.region,
        neighbour_forces=config.neighbour_forces,
        similar_districts=config.similar_districts,
    )
