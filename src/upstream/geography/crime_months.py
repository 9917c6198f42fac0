"""Street-level crime counted by month and small area of 2021, whatever census the file's codes belong to."""

from __future__ import annotations

import duckdb
import polars as pl
import shapely

from upstream.geography.points import INSIDE, NEAREST, place_points

# The code says that the point lies in one of the parts, so a point in none of their generalised outlines goes
# to the nearest, however far: a hundred kilometres stands for that.
NEAREST_DEGREES = 1.0

# What became of every code in the file. `way` is the first word of a note; `to_code` is empty where one code
# became several and coordinates must decide.
_CODES = r"""
CREATE OR REPLACE TEMP TABLE crime_code AS
WITH
code AS (SELECT lsoa_code, max(lsoa_name) AS name FROM street_crime WHERE lsoa_code IS NOT NULL GROUP BY lsoa_code),
change AS (SELECT from_code, count(*) AS parts, min(to_code) AS to_code FROM area_change GROUP BY from_code),
-- What the names of small areas begin with tells their district, also where the district itself has been merged
-- or is called otherwise (“Kingston upon Hull 001A” lies in “Kingston upon Hull, City of”).
beginning AS (
    SELECT regexp_extract(lsoa21_name, '^(.*) \d{3}[A-Z]{0,2}$', 1) AS name, min(district) AS district
    FROM place WHERE in_partnership GROUP BY name HAVING name <> ''
),
district_named AS (
    SELECT area_name AS name, min(area_code) AS code FROM area WHERE level = 'district' GROUP BY area_name
)
SELECT
    code.lsoa_code,
    coalesce(ours.district, district_named.code) AS district_by_name,
    CASE
        WHEN place.lsoa21 IS NOT NULL THEN 'same'
        WHEN change.parts = 1 THEN 'merged'
        WHEN change.parts > 1 THEN 'split'
        WHEN ours.name IS NOT NULL THEN 'old'
        ELSE 'elsewhere'
    END AS way,
    CASE WHEN place.lsoa21 IS NOT NULL THEN place.lsoa21 WHEN change.parts = 1 THEN change.to_code END AS to_code
FROM code
LEFT JOIN place ON place.lsoa21 = code.lsoa_code
LEFT JOIN change ON change.from_code = code.lsoa_code
LEFT JOIN district_named ON district_named.name = regexp_extract(code.name, '^(.*) \d{3}[A-Z]{0,2}$', 1)
LEFT JOIN beginning ours ON ours.name = regexp_extract(code.name, '^(.*) \d{3}[A-Z]{0,2}$', 1)
"""

_POINTS_TO_PLACE = """
SELECT DISTINCT lsoa_code, way, longitude, latitude FROM street_crime JOIN crime_code USING (lsoa_code)
WHERE way IN ('split', 'old') AND longitude IS NOT NULL AND latitude IS NOT NULL
ORDER BY lsoa_code, longitude, latitude
"""

_OUTLINES = """
SELECT area_code, geometry FROM boundary JOIN place ON lsoa21 = area_code WHERE level = 'lsoa21'
"""
_NOT_PLACED = (pl.lit(None, pl.String).alias("lsoa21"), pl.lit(None, pl.String).alias("how"))

# For rows that coordinates cannot decide: each part's share of the residents, or equal shares.
_SHARES = """
CREATE OR REPLACE TEMP TABLE split_share AS
WITH latest AS (
    SELECT area_code, max_by(persons, year) AS persons FROM area_population WHERE level = 'lsoa21' GROUP BY area_code
),
part AS (
    SELECT from_code, to_code, persons, count(persons) OVER whole = count(*) OVER whole AS known,
        sum(persons) OVER whole AS all_persons, count(*) OVER whole AS parts
    FROM area_change LEFT JOIN latest ON area_code = to_code
    WINDOW whole AS (PARTITION BY from_code)
)
SELECT from_code, to_code, CASE WHEN known AND all_persons > 0 THEN persons / all_persons ELSE 1 / parts END AS share
FROM part WHERE parts > 1
"""

# Rows that say the same are counted first, so that ten years of a large force take no more work than a few.
_RESOLVED = """
CREATE OR REPLACE TEMP TABLE resolved AS
WITH counted AS (
    SELECT month, reported_by, crime_type, last_outcome, lsoa_code,
        CASE WHEN way IN ('split', 'old') THEN longitude END AS longitude,
        CASE WHEN way IN ('split', 'old') THEN latitude END AS latitude,
        count(*) AS rows
    FROM street_crime LEFT JOIN crime_code USING (lsoa_code)
    GROUP BY ALL
)
SELECT
    crime.month, crime.reported_by, crime.crime_type, crime.last_outcome,
    coalesce(code.to_code, point.lsoa21, share.to_code) AS lsoa21,
    code.district_by_name,
    crime.rows * coalesce(share.share, 1)::DOUBLE AS offences,
    CASE
        WHEN crime.lsoa_code IS NULL THEN 'no place'
        WHEN code.way IN ('same', 'merged', 'elsewhere') THEN code.way
        WHEN point.lsoa21 IS NOT NULL THEN code.way || ' ' || point.how
        WHEN share.to_code IS NOT NULL THEN 'split shared'
        ELSE 'old unplaced'
    END AS way
FROM counted crime
LEFT JOIN crime_code code USING (lsoa_code)
LEFT JOIN split_point point ON code.to_code IS NULL AND point.lsoa_code = crime.lsoa_code
    AND point.longitude = crime.longitude AND point.latitude = crime.latitude
LEFT JOIN split_share share ON code.way = 'split' AND point.lsoa21 IS NULL AND share.from_code = crime.lsoa_code
"""

_MONTHS = """
CREATE OR REPLACE TABLE crime_month AS
SELECT
    month, reported_by, lsoa21,
    coalesce(place.district, district_by_name) AS district,
    coalesce(place.in_partnership, way = 'old unplaced') AS in_partnership,
    CASE
        WHEN way = 'no place' THEN 'no place'
        WHEN coalesce(place.in_partnership, way = 'old unplaced') THEN 'inside'
        ELSE 'outside'
    END AS placed,
    crime_type, last_outcome,
    sum(offences)::DOUBLE AS offences
FROM resolved LEFT JOIN place USING (lsoa21)
GROUP BY ALL
ORDER BY crime_type, month, lsoa21, reported_by, last_outcome
"""

_NOTES = """
CREATE OR REPLACE TABLE conversion_note AS
SELECT wording.what, round(sum(offences))::BIGINT AS rows
FROM resolved JOIN wording USING (way) GROUP BY wording.what, wording.ordinal ORDER BY wording.ordinal
"""

WORDING = {
    "same": "small area of 2021, or of 2011 and unchanged since: taken as it is",
    "merged": "small area of 2011 that was merged: counted in the area it became",
    "split inside": "small area of 2011 that was split: placed by coordinates in the outline of a part",
    "split nearest": "small area of 2011 that was split: coordinates in no part, taken to the nearest",
    "split shared": "small area of 2011 that was split, without coordinates or outlines: shared out by residents",
    "old inside": "code of an earlier census without a look-up: placed by coordinates in an outline of 2021",
    "old nearest": "code of an earlier census without a look-up: coordinates in no outline, taken to the nearest",
    "old unplaced": "code of an earlier census without a look-up, not placed: counted in its district only",
    "elsewhere": "small area elsewhere: outside what is held",
    "no place": "no place in the file",
}


def derive_crime_months(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `crime_month` and `conversion_note` from `street_crime`; needs `place` and `area_population`.

    Offences of a small area of 2011 that was split are placed by the coordinates of their snap point in the
    outlines of the parts; where that cannot be done they are shared out by residents, so totals always hold.
    """
    connection.execute(_CODES)
    points = _placed_points(connection)
    connection.register("split_point_rows", points)
    connection.execute("CREATE OR REPLACE TEMP TABLE split_point AS SELECT * FROM split_point_rows")
    connection.unregister("split_point_rows")
    connection.execute(_SHARES)
    connection.execute(_RESOLVED)
    connection.execute(_MONTHS)
    wording = [{"ordinal": n, "way": way, "what": what} for n, (way, what) in enumerate(WORDING.items())]
    connection.register("wording", pl.DataFrame(wording))
    connection.execute(_NOTES)
    connection.unregister("wording")
    for table in ("crime_code", "split_point", "split_share", "resolved"):
        connection.execute(f"DROP TABLE {table}")


def _placed_points(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Place distinct coordinates of codes that need it: in the parts of a split, or in any outline of 2021."""
    points = connection.sql(_POINTS_TO_PLACE).pl()
    outlines = {code: shapely.from_geojson(text) for code, text in connection.execute(_OUTLINES).fetchall()}
    parts: dict[str, list[str]] = {}
    for old, new in connection.execute("SELECT from_code, to_code FROM area_change ORDER BY ALL").fetchall():
        parts.setdefault(old, []).append(new)
    placed = [points.clear().select("lsoa_code", "longitude", "latitude").with_columns(_NOT_PLACED)]
    for (lsoa,), group in points.filter(pl.col("way") == "split").group_by("lsoa_code", maintain_order=True):
        codes = parts[str(lsoa)]
        if all(code in outlines for code in codes):
            placed.append(_placed_group(group, codes, outlines))
    old_codes = points.filter(pl.col("way") == "old")
    if outlines and old_codes.height:
        placed.append(_placed_group(old_codes, sorted(outlines), outlines))
    return pl.concat(placed)


def _placed_group(group: pl.DataFrame, codes: list[str], outlines: dict[str, shapely.Geometry]) -> pl.DataFrame:
    found = place_points(
        group["longitude"].to_numpy(),
        group["latitude"].to_numpy(),
        codes,
        [outlines[code] for code in codes],
        nearest_within=NEAREST_DEGREES,
    ).frame
    how = pl.when(found["how"] == NEAREST).then(pl.lit("nearest")).otherwise(pl.lit(INSIDE))
    located = group.select("lsoa_code", "longitude", "latitude").with_columns(lsoa21=found["area_code"])
    return located.with_columns(how=found.select(how).to_series()).filter(pl.col("lsoa21").is_not_null())
