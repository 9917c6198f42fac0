"""How many people live in each area and year: small areas added up to every level that can be made from them."""

from __future__ import annotations

import duckdb

from upstream.partnership import Partnership

# All ages, both sexes, every group. Sums are made only from complete sets: a parent of which one child has no
# figure in a year has none either, because a part would pass for the whole. The partnership's own districts are sums
# of their small areas, so that rates of both agree; districts elsewhere, and years without small areas, come as
# published.
_RESIDENTS = """
CREATE OR REPLACE TABLE area_population AS
WITH
estimate AS (
    SELECT level, area_code, year::INTEGER AS year, sum(persons)::DOUBLE AS persons
    FROM population
    WHERE sex = 'all' AND age_from = 0 AND age_to IS NULL AND ethnic_group = 'all' AND basis = 'mid-year estimate'
    GROUP BY ALL
),
small_years AS (SELECT DISTINCT year FROM estimate WHERE level = 'lsoa21'),
small AS (
    SELECT msoa21, ward, district, small_years.year, persons FROM place CROSS JOIN small_years
    LEFT JOIN estimate ON estimate.level = 'lsoa21' AND area_code = lsoa21 AND estimate.year = small_years.year
),
above_small AS (
    SELECT 'msoa21' AS level, msoa21 AS area_code, year, persons FROM small WHERE msoa21 IS NOT NULL
    UNION ALL SELECT 'ward', ward, year, persons FROM small WHERE ward IS NOT NULL
    UNION ALL SELECT 'district', district, year, persons FROM small WHERE district IS NOT NULL
),
summed AS (
    SELECT level, area_code, year, sum(persons) AS persons FROM above_small
    GROUP BY level, area_code, year HAVING count(*) = count(persons)
),
own_district AS (SELECT * FROM summed WHERE level = 'district' AND list_contains($districts, area_code)),
published AS (
    SELECT * FROM estimate WHERE level <> 'lsoa11'
        AND (level, area_code, year) NOT IN (SELECT (level, area_code, year) FROM own_district)
),
held AS (
    SELECT * FROM published
    UNION ALL
    SELECT * FROM summed WHERE (level, area_code, year) NOT IN (SELECT (level, area_code, year) FROM published)
),
above_district AS (
    SELECT child_code AS district, parent_level AS level, parent_code AS area_code FROM area_link
    WHERE child_level = 'district' AND parent_level IN ('csp', 'upper_tier', 'force')
    UNION SELECT unnest($districts), 'partnership', $slug
    UNION SELECT unnest($districts), 'force', $force
),
district_years AS (SELECT DISTINCT year FROM held WHERE level = 'district'),
from_district AS (
    SELECT above_district.level, above_district.area_code, district_years.year, sum(persons) AS persons
    FROM above_district CROSS JOIN district_years
    LEFT JOIN held ON held.level = 'district' AND held.area_code = district AND held.year = district_years.year
    GROUP BY above_district.level, above_district.area_code, district_years.year
    HAVING count(*) = count(persons)
)
SELECT level, area_code, year, persons FROM held
UNION ALL SELECT level, area_code, year, persons FROM from_district
    WHERE (level, area_code, year) NOT IN (SELECT (level, area_code, year) FROM held)
ORDER BY level, area_code, year
"""


def derive_area_population(connection: duckdb.DuckDBPyConnection, partnership: Partnership) -> None:
    """Fill `area_population` with mid-year residents of all ages, one row an area and year.

    Small areas add up to middle-layer areas, wards and districts; districts to community safety partnerships,
    upper tier, forces and the partnership. A sum is made only where every part has a figure.
    """
    config = partnership.config
    connection.execute(
        _RESIDENTS, {"districts": list(config.districts), "slug": config.slug, "force": config.force_code}
    )
