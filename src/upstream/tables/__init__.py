"""The published tables: what every column means. One module a subject, one `Table` a table."""

from upstream.tables.admissions import SHARP_OBJECT_ADMISSION
from upstream.tables.areas import AREA, AREA_CHANGE, AREA_LINK, AREA_TRAIT
from upstream.tables.boundaries import BOUNDARY
from upstream.tables.column import Column, FieldClass, Table, Type
from upstream.tables.deprivation import DEPRIVATION, DEPRIVATION_INDICATOR, HOUSEHOLD
from upstream.tables.exclusions import EXCLUSION
from upstream.tables.population import POPULATION
from upstream.tables.recorded_crime import CRIME_COUNT, RECORDED_CRIME
from upstream.tables.stop_search import STOP_SEARCH, STOP_SEARCH_YEAR
from upstream.tables.street_crime import CRIME_OUTCOME, STREET_CRIME

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        AREA,
        AREA_LINK,
        AREA_CHANGE,
        AREA_TRAIT,
        BOUNDARY,
        POPULATION,
        DEPRIVATION,
        DEPRIVATION_INDICATOR,
        HOUSEHOLD,
        STREET_CRIME,
        CRIME_OUTCOME,
        CRIME_COUNT,
        RECORDED_CRIME,
        STOP_SEARCH,
        STOP_SEARCH_YEAR,
        EXCLUSION,
        SHARP_OBJECT_ADMISSION,
    )
}

__all__ = ["TABLES", "Column", "FieldClass", "Table", "Type"]
