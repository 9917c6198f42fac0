"""Relative deprivation of areas."""

from upstream.tables.column import Column, Table, Type

DEPRIVATION = Table(
    name="deprivation",
    row_is="one area on one domain of one edition of the index",
    columns=(
        Column("area_code", Type.TEXT, "The area", required=True),
        Column("level", Type.TEXT, "lsoa11 (2019 edition), lsoa21 (2025 edition) or district", required=True),
        Column("edition", Type.WHOLE, "2019 or 2025; the two must not be compared", required=True),
        Column(
            "domain",
            Type.TEXT,
            "overall, income, employment, education, health, crime, housing, environment, or a subdomain",
            required=True,
        ),
        Column("score", Type.DECIMAL, "Score of the domain, where published; higher is more deprived"),
        Column("rank", Type.WHOLE, "National rank; 1 is the most deprived"),
        Column("decile", Type.WHOLE, "National tenth; 1 is the most deprived"),
    ),
    key=(
        "level",
        "area_code",
        "edition",
        "domain",
    ),
    caveats=("The crime domain is made from police data: relating it to police counts is circular.",),
)


DEPRIVATION_INDICATOR = Table(
    name="deprivation_indicator",
    row_is="one underlying indicator of one area in one edition",
    columns=(
        Column("area_code", Type.TEXT, "The area", required=True),
        Column("level", Type.TEXT, "Its level", required=True),
        Column("edition", Type.WHOLE, "2019 or 2025", required=True),
        Column("indicator", Type.TEXT, "Name of the indicator as published", required=True),
        Column("value", Type.DECIMAL, "Its value; empty where withheld"),
    ),
    key=(
        "level",
        "area_code",
        "edition",
        "indicator",
    ),
)


HOUSEHOLD = Table(
    name="household",
    row_is="households of one kind in one area at the census",
    columns=(
        Column("area_code", Type.TEXT, "The area", required=True),
        Column("level", Type.TEXT, "Its level", required=True),
        Column("year", Type.WHOLE, "Year of the census", required=True),
        Column("topic", Type.TEXT, "deprivation, overcrowding or tenure", required=True),
        Column("category", Type.TEXT, "The kind, as published", required=True),
        Column("households", Type.DECIMAL, "Number of households", unit="households", required=True),
    ),
    key=(
        "level",
        "area_code",
        "year",
        "topic",
        "category",
    ),
)
