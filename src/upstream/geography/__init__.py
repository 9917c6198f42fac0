"""Areas: where they lie, how they changed, who lives there, and which of them a point is in."""

from upstream.geography.areas import Area, area, areas, children, find_areas, parents
from upstream.geography.comparators import districts_of_force, neighbouring_forces, similar_districts
from upstream.geography.founding import start_partnership
from upstream.geography.levels import LEVELS, Level, level
from upstream.geography.national import OpenDataFile, open_data_files
from upstream.geography.outlines import boundaries, neighbours, outline_notes
from upstream.geography.places import derive_places
from upstream.geography.points import PlacedPoints, place_points
from upstream.geography.populations import (
    Population,
    population,
    population_by_age,
    population_by_ethnic_group,
    year_to_use,
)
from upstream.geography.vintages import Conversion, convert_lsoa

__all__ = [
    "LEVELS",
    "Area",
    "Conversion",
    "Level",
    "OpenDataFile",
    "PlacedPoints",
    "Population",
    "area",
    "areas",
    "boundaries",
    "children",
    "convert_lsoa",
    "derive_places",
    "districts_of_force",
    "find_areas",
    "level",
    "neighbouring_forces",
    "neighbours",
    "open_data_files",
    "outline_notes",
    "parents",
    "place_points",
    "population",
    "population_by_age",
    "population_by_ethnic_group",
    "similar_districts",
    "start_partnership",
    "year_to_use",
]
