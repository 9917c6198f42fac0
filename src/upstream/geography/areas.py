"""Reading areas from a build: what they are called, what they lie in, what lies in them."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from upstream.exceptions import UnknownArea
from upstream.geography.building import HeldBuild, once_per_build, read
from upstream.geography.levels import LEVEL_NAMES, ROLLED_UP, level

# One row an area of a level. Files may bring the same area several times (a look-up, an outline, a list of
# names): the newest words win, and a name that people use is kept from whichever file has one.
_AREAS = """
WITH known AS (
    SELECT area_code, max_by(area_name, coalesce(receipt, '')) AS area_name, max(nullif(local_name, '')) AS local_name,
        max(valid_from) AS valid_from, max(valid_to) AS valid_to
    FROM area WHERE level = $level GROUP BY area_code
),
roll AS (
    SELECT DISTINCT {column} AS area_code, district, district_name
    FROM place WHERE in_partnership AND {column} IS NOT NULL
),
ours AS (
    SELECT area_code, CASE WHEN count(*) = 1 THEN min(district) END AS district,
        CASE WHEN count(*) = 1 THEN min(district_name) END AS district_name
    FROM roll GROUP BY area_code
)
SELECT area_code, coalesce(area_name, area_code) AS area_name, local_name, $level AS level, district, district_name,
    ours.area_code IS NOT NULL AS in_partnership,
    area_code IN (SELECT area_code FROM boundary WHERE level = $level) AS has_outline,
    valid_from, valid_to
FROM known FULL JOIN ours USING (area_code)
ORDER BY area_code
"""

# Levels of an earlier census or above the partnership are not in the roll-up: their names are all there is.
_OTHER_AREAS = """
SELECT area_code, max_by(area_name, coalesce(receipt, '')) AS area_name,
    max(nullif(local_name, '')) AS local_name, level,
    NULL::VARCHAR AS district, NULL::VARCHAR AS district_name, false AS in_partnership,
    area_code IN (SELECT area_code FROM boundary WHERE level = $level) AS has_outline,
    max(valid_from) AS valid_from, max(valid_to) AS valid_to
FROM area WHERE level = $level GROUP BY area_code, level ORDER BY area_code
"""

# A census area is in use from its census day; one of 2011 until the day before that of 2021.
_FIRST_DAY = {
    "lsoa11": date(2011, 3, 27),
    "msoa11": date(2011, 3, 27),
    "lsoa21": date(2021, 3, 21),
    "msoa21": date(2021, 3, 21),
}
_LAST_DAY = {"lsoa11": date(2021, 3, 20), "msoa11": date(2021, 3, 20)}


@dataclass(frozen=True)
class Area:
    """One area. `valid_from` and `valid_to` are inclusive; an empty `valid_to` means that it is still in use."""

    code: str
    name: str
    local_name: str | None
    level: str
    district: str | None
    district_name: str | None
    in_partnership: bool
    has_outline: bool
    valid_from: date | None
    valid_to: date | None

    @property
    def title(self) -> str:
        """What to call it on a page: the name that people use, then the official one."""
        return title_of(self.name, self.local_name)


def title_of(name: str, local_name: str | None) -> str:
    """Join the name that people use and the official one.

    >>> title_of("Stoke-on-Trent 015D", "Hanley & Etruria")
    'Hanley & Etruria · Stoke-on-Trent 015D'
    """
    return f"{local_name} · {name}" if local_name and local_name != name else name


@once_per_build
def areas(build: HeldBuild, level_name: str) -> pl.DataFrame:
    """List every area of a level that the build knows.

    Columns: area_code, area_name, local_name, level, district and district_name (empty when it spans several),
    in_partnership, has_outline, valid_from, valid_to. In order of code. A level without a look-up has no rows.
    Areas of a census are in use from census day; those of 2011 until the day before that of 2021.
    """
    level(level_name)
    if level_name == "partnership":
        frame = read(build, _OTHER_AREAS, {"level": level_name}).with_columns(in_partnership=pl.lit(True))
    elif level_name in ROLLED_UP:
        frame = read(build, _AREAS.format(column=level_name), {"level": level_name})
    else:
        frame = read(build, _OTHER_AREAS, {"level": level_name})
    return frame.with_columns(
        pl.col("valid_from").fill_null(pl.lit(_FIRST_DAY.get(level_name), pl.Date)),
        pl.col("valid_to").fill_null(pl.lit(_LAST_DAY.get(level_name), pl.Date)),
    )


def area(build: HeldBuild, code: str, level_name: str | None = None) -> Area:
    """Find one area; raises `UnknownArea` naming the nearest codes.

    A code may stand for areas of several levels (a unitary council is a district and an upper tier, a small area
    may be in two censuses): without `level_name` the smallest one of today is meant.
    """
    for name in (level_name,) if level_name else LEVEL_NAMES:
        found = areas(build, name).filter(pl.col("area_code") == code)
        if found.height:
            return _area(found.row(0, named=True))
    known = [known for name in ROLLED_UP for known in areas(build, name)["area_code"]]
    near = difflib.get_close_matches(code, known, n=3, cutoff=0.7)
    raise UnknownArea(
        f"No area has the code “{code}”" + (f" at the level {level_name}." if level_name else "."),
        expected=f"A code such as {', '.join(near)}." if near else "",
        do="Look it up by name with `find_areas`.",
    )


def parents(build: HeldBuild, code: str, level_name: str | None = None) -> dict[str, Area]:
    """Find the areas in which an area lies wholly (a ward by best fit), by level, from the nearest up."""
    child = area(build, code, level_name)
    if child.level not in ROLLED_UP or child.level == "partnership":
        return {}
    above = ROLLED_UP[ROLLED_UP.index(child.level) + 1 : -1]
    rows = (
        read(build, f"SELECT DISTINCT {', '.join(above)} FROM place WHERE {child.level} = $code", {"code": code})
        if above
        else pl.DataFrame()
    )
    found = {}
    for name in rows.columns:
        codes = rows[name].drop_nulls().unique()
        # A ward may hold neighbourhoods of several middle areas, and a middle area be cut by wards: no parent then.
        if len(codes) == 1 and rows[name].null_count() == 0 and name != child.level:
            found[name] = area(build, codes[0], name)
    if child.in_partnership:
        whole = areas(build, "partnership").row(0, named=True)
        found["partnership"] = _area(whole)
    return found


def children(build: HeldBuild, code: str, child_level: str, level_name: str | None = None) -> pl.DataFrame:
    """List the areas of `child_level` that lie in an area, as `areas` does.

    Small areas are counted in the ward that fits best; a middle area is listed under a ward when any of its
    small areas is.
    """
    parent = area(build, code, level_name)
    level(child_level)
    if child_level not in ROLLED_UP or parent.level not in ROLLED_UP:
        return areas(build, child_level).clear()
    where = "in_partnership" if parent.level == "partnership" else f"{parent.level} = $code"
    query = f"SELECT DISTINCT {child_level} AS area_code FROM place WHERE {where} AND {child_level} IS NOT NULL"
    inside = read(build, query, {"code": code} if "$code" in query else None)
    return areas(build, child_level).join(inside, on="area_code", how="semi").sort("area_code")


@once_per_build
def find_areas(build: HeldBuild, text: str, *, limit: int = 20) -> pl.DataFrame:
    """Find areas of the partnership by code, official name or the name that people use.

    Capitals and accents do not matter; every word must occur. Best first: the whole name, its beginning, the
    beginning of a word, anywhere; then larger areas before smaller. Columns as `areas`, with `title`.
    """
    words = _plain(text).split()
    known = _searchable(build)
    if not words:
        return known.head(0).drop("plain", "size")
    matches = known
    for word in words:
        matches = matches.filter(pl.col("plain").str.contains(word, literal=True))
    whole = " ".join(words)
    best = (
        pl.when((pl.col("plain") == whole) | pl.col("plain").str.contains(f"|{whole}|", literal=True))
        .then(0)
        .when(pl.col("plain").str.contains(f"|{whole}", literal=True))
        .then(1)
        .when(pl.col("plain").str.contains(f" {whole}", literal=True))
        .then(2)
        .otherwise(3)
    )
    return matches.sort(best, -pl.col("size"), "area_name").head(limit).drop("plain", "size")


@once_per_build
def _searchable(build: HeldBuild) -> pl.DataFrame:
    """Areas of the partnership with all their names in one plain text: |code|official name|local name|."""
    frames = [
        areas(build, name).filter("in_partnership").with_columns(size=pl.lit(size))
        for size, name in enumerate(ROLLED_UP)
    ]
    known = pl.concat(frames, how="vertical_relaxed")
    text = pl.concat_str(
        pl.lit("|"), "area_code", pl.lit("|"), "area_name", pl.lit("|"), pl.col("local_name").fill_null(""), pl.lit("|")
    )
    names = known.select(text.alias("t"))["t"].to_list()
    titles = [title_of(name, local) for name, local in known.select("area_name", "local_name").iter_rows()]
    return known.with_columns(
        pl.Series("plain", [_plain(name) for name in names], pl.String), pl.Series("title", titles, pl.String)
    )


def _plain(text: str) -> str:
    """Fold capitals and accents; an apostrophe goes, so that “Kings” finds “King’s”."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(kept.replace("'", "").replace("’", "").replace("-", " ").split())


def _area(row: dict[str, Any]) -> Area:
    own = {name: row[name] for name in Area.__dataclass_fields__ if name in row}
    return Area(code=row["area_code"], name=row["area_name"], **own)
