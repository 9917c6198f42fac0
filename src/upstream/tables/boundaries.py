"""Outlines of areas."""

from upstream.tables.column import Column, Table, Type

BOUNDARY = Table(
    name="boundary",
    row_is="the outline of one area",
    columns=(
        Column("area_code", Type.TEXT, "The area", required=True),
        Column("level", Type.TEXT, "Its level", required=True),
        Column(
            "geometry",
            Type.TEXT,
            "Outline as GeoJSON geometry, longitude and latitude (WGS84)",
            unit="degrees",
            required=True,
        ),
    ),
    key=(
        "level",
        "area_code",
    ),
    caveats=("Generalised outlines: good for drawing and for placing snapped points, not for measuring.",),
)
