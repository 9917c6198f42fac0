"""Where every small area lies: the tables of places that a build holds, made from the areas that landed.

What is not held is left empty and said so; nothing is guessed. The one exception is that an area's name tells
its parent by construction of the census geography: “Stoke-on-Trent 015D” lies in the middle-layer area
“Stoke-on-Trent 015”, which lies in the district “Stoke-on-Trent”.
"""

from __future__ import annotations

import duckdb

from upstream.geography.crime_months import derive_crime_months
from upstream.geography.residents import derive_area_population
from upstream.partnership import Partnership

NAME_OF_DISTRICT = r"^(.*) \d{3}[A-Z]{0,2}$"
NAME_OF_MSOA = r"^(.* \d{3})[A-Z]{1,2}$"

# One row a 2021 small area heard of in any table that carries its code.
_SMALL_AREAS = """
CREATE OR REPLACE TEMP TABLE small_area AS
WITH heard AS (
    SELECT area_code AS code, area_name AS name, local_name FROM area WHERE level = 'lsoa21'
    UNION ALL BY NAME SELECT area_code AS code FROM boundary WHERE level = 'lsoa21'
    UNION ALL BY NAME SELECT child_code AS code FROM area_link WHERE child_level = 'lsoa21'
    UNION ALL BY NAME SELECT to_code AS code FROM area_change
    UNION ALL BY NAME SELECT area_code AS code FROM population WHERE level = 'lsoa21'
),
-- A small area whose outline and look-ups bring no name may still be named by a crime that lies in it.
named AS (
    SELECT code, max(name) AS name FROM heard GROUP BY code
)
SELECT code, coalesce(name, (SELECT max(lsoa_name) FROM street_crime WHERE lsoa_code = code)) AS name FROM named
"""

_PLACE = r"""
CREATE OR REPLACE TABLE place AS
WITH
link AS (
    -- Look-ups of several years may disagree about a district; the partnership's own codes go first.
    SELECT child_level, child_code, parent_level,
        coalesce(min(parent_code) FILTER (list_contains($districts, parent_code)), min(parent_code)) AS parent
    FROM area_link
    GROUP BY child_level, child_code, parent_level
),
district_named AS (
    -- Small areas of “Bristol, City of” are called “Bristol 001A”.
    SELECT regexp_replace(area_name, ', (City|County) of$', '') AS name, min(area_code) AS code
    FROM area WHERE level = 'district' GROUP BY name
),
msoa_named AS (
    SELECT area_name AS name, min(area_code) AS code FROM area WHERE level = 'msoa21' GROUP BY area_name
),
district AS (SELECT area_code AS code, max(area_name) AS name FROM area WHERE level = 'district' GROUP BY area_code),
lain AS (
    SELECT
        s.code, s.name,
        coalesce(to_msoa.parent, msoa_named.code, nullif(regexp_extract(s.name, $msoa, 1), '')) AS msoa21,
        to_ward.parent AS ward,
        coalesce(to_district.parent, district_named.code) AS district,
        regexp_extract(s.name, $district, 1) AS district_by_name
    FROM small_area s
    LEFT JOIN link to_msoa ON to_msoa.child_code = s.code AND to_msoa.child_level = 'lsoa21'
        AND to_msoa.parent_level = 'msoa21'
    LEFT JOIN link to_ward ON to_ward.child_code = s.code AND to_ward.child_level = 'lsoa21'
        AND to_ward.parent_level = 'ward'
    LEFT JOIN link to_district ON to_district.child_code = s.code AND to_district.child_level = 'lsoa21'
        AND to_district.parent_level = 'district'
    LEFT JOIN msoa_named ON msoa_named.name = regexp_extract(s.name, $msoa, 1)
    LEFT JOIN district_named ON district_named.name = regexp_extract(s.name, $district, 1)
)
SELECT
    lain.code AS lsoa21,
    coalesce(lain.name, lain.code) AS lsoa21_name,
    lain.msoa21, lain.ward, lain.district,
    coalesce(district.name, nullif(lain.district_by_name, ''), lain.district) AS district_name,
    to_csp.parent AS csp,
    to_upper.parent AS upper_tier,
    coalesce(to_force.parent, CASE WHEN list_contains($districts, lain.district) THEN $force END) AS force,
    coalesce(list_contains($districts, lain.district), false) AS in_partnership
FROM lain
LEFT JOIN district ON district.code = lain.district
LEFT JOIN link to_csp ON to_csp.child_code = lain.district AND to_csp.child_level = 'district'
    AND to_csp.parent_level = 'csp'
LEFT JOIN link to_upper ON to_upper.child_code = lain.district AND to_upper.child_level = 'district'
    AND to_upper.parent_level = 'upper_tier'
LEFT JOIN link to_force ON to_force.child_code = lain.district AND to_force.child_level = 'district'
    AND to_force.parent_level = 'force'
ORDER BY lsoa21
"""

# Areas that the roll-up uses and no file named: each gets a row, so that every page can name it.
_MISSING_AREAS = """
INSERT INTO area BY NAME
WITH used AS (
    SELECT 'lsoa21' AS level, lsoa21 AS area_code, lsoa21_name AS area_name FROM place
    UNION SELECT 'msoa21', msoa21, max(regexp_replace(lsoa21_name, '[A-Z]{1,2}$', ''))
        FROM place WHERE msoa21 IS NOT NULL GROUP BY msoa21
    UNION SELECT 'district', district, max(district_name) FROM place WHERE district IS NOT NULL GROUP BY district
    UNION SELECT 'force', $force, $force_name
    UNION SELECT 'partnership', $slug, $name
)
SELECT level, area_code, area_name FROM used ANTI JOIN area USING (level, area_code)
"""

# People know “Hanley & Etruria”, not “Stoke-on-Trent 015D”: small areas borrow the name of their middle-layer area.
_LOCAL_NAMES = """
UPDATE area SET local_name = lent.local_name
FROM (
    SELECT place.lsoa21, max(msoa.local_name) AS local_name
    FROM place JOIN area msoa ON msoa.area_code = place.msoa21 AND msoa.level IN ('msoa21', 'msoa11')
    WHERE msoa.local_name IS NOT NULL AND msoa.local_name <> '' GROUP BY place.lsoa21
) lent
WHERE area.level = 'lsoa21' AND area.area_code = lent.lsoa21 AND area.local_name IS NULL
"""


def derive_places(connection: duckdb.DuckDBPyConnection, partnership: Partnership) -> None:
    """Fill `place`, `area_population`, `crime_month` and `conversion_note` from the published tables.

    `connection` is a build that is being written and already holds every published table. Run again on the same
    build it gives the same tables. Look-ups that are not held leave their level empty; areas that the roll-up
    needs and no file names are added to `area`.
    """
    config = partnership.config
    facts: dict[str, object] = {"districts": list(config.districts), "force": config.force_code}
    connection.execute(_SMALL_AREAS)
    connection.execute(_PLACE, {**facts, "msoa": NAME_OF_MSOA, "district": NAME_OF_DISTRICT})
    connection.execute(
        _MISSING_AREAS,
        {
            "force": config.force_code,
            "force_name": config.force_name,
            "slug": config.slug,
            "name": config.name,
        },
    )
    connection.execute(_LOCAL_NAMES)
    derive_area_population(connection, partnership)
    derive_crime_months(connection)
    connection.execute("DROP TABLE small_area")
