"""Areas, how they lie in one another, and how they changed between censuses."""

from upstream.tables.column import Column, Table, Type

AREA = Table(
    name="area",
    row_is="one area of one level, in one vintage",
    columns=(
        Column(
            "area_code",
            Type.TEXT,
            "Code of the Office for National Statistics, or the partnership’s slug for the whole area",
            required=True,
        ),
        Column("area_name", Type.TEXT, "Official name", required=True),
        Column("local_name", Type.TEXT, "Name that people use, where one is held (for example of a middle-layer area)"),
        Column(
            "level",
            Type.TEXT,
            "lsoa11, lsoa21, msoa11, msoa21, ward, district, csp, upper_tier, force, region, country or partnership",
            required=True,
        ),
        Column("valid_from", Type.DATE, "First day on which the code was in use"),
        Column("valid_to", Type.DATE, "Last day on which the code was in use; empty while it still is"),
    ),
    key=(
        "level",
        "area_code",
    ),
)


AREA_LINK = Table(
    name="area_link",
    row_is="one area that lies in another",
    columns=(
        Column("child_code", Type.TEXT, "The smaller area", required=True),
        Column("child_level", Type.TEXT, "Its level", required=True),
        Column("parent_code", Type.TEXT, "The area it lies in", required=True),
        Column("parent_level", Type.TEXT, "Its level", required=True),
        Column(
            "basis", Type.TEXT, "exact, or best fit where the smaller area may straddle the boundary", required=True
        ),
    ),
    key=(
        "child_level",
        "child_code",
        "parent_level",
    ),
)


AREA_CHANGE = Table(
    name="area_change",
    row_is="one 2011 area with one 2021 area that it became",
    columns=(
        Column("from_code", Type.TEXT, "LSOA of 2011", required=True),
        Column("to_code", Type.TEXT, "LSOA of 2021", required=True),
        Column("change", Type.TEXT, "U unchanged, S split, M merged, X changed irregularly", required=True),
    ),
    key=(
        "from_code",
        "to_code",
    ),
)


AREA_TRAIT = Table(
    name="area_trait",
    row_is="one classification or place mark of one area",
    columns=(
        Column("area_code", Type.TEXT, "The area", required=True),
        Column("level", Type.TEXT, "Its level", required=True),
        Column(
            "trait",
            Type.TEXT,
            "What is said: rural_urban, centroid_easting, centroid_northing, hectares",
            required=True,
        ),
        Column("text", Type.TEXT, "The value, where it is a word"),
        Column("number", Type.DECIMAL, "The value, where it is a number"),
    ),
    key=(
        "level",
        "area_code",
        "trait",
    ),
)
