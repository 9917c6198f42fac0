"""A result as a file to take away: CSV, Excel, OpenDocument and a map, each with what it means inside."""

from upstream.measures.files.comma_separated import to_csv
from upstream.measures.files.geojson import to_geojson
from upstream.measures.files.metadata import Fact, citation, column_meanings, describe
from upstream.measures.files.opendocument import to_ods
from upstream.measures.files.workbook import to_xlsx

__all__ = ["Fact", "citation", "column_meanings", "describe", "to_csv", "to_geojson", "to_ods", "to_xlsx"]
