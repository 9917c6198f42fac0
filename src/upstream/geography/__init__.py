"""Areas: where they lie, how they changed, who lives there, and which of them a point is in."""

from upstream.geography.national import OpenDataFile, open_data_files
from upstream.geography.places import derive_places
from upstream.geography.points import PlacedPoints, place_points

__all__ = ["OpenDataFile", "PlacedPoints", "derive_places", "open_data_files", "place_points"]
