"""Hospital admissions for assault with a sharp object."""

from upstream.tables.column import Column, Table, Type

SHARP_OBJECT_ADMISSION = Table(
    name="sharp_object_admission",
    row_is="admissions in one region and month",
    columns=(
        Column("month", Type.DATE, "First day of the month", required=True),
        Column("region", Type.TEXT, "Region of residence, or England", required=True),
        Column("sex", Type.TEXT, "all, female or male", required=True),
        Column("age_group", Type.TEXT, "all, or the band as published", required=True),
        Column("ethnic_group", Type.TEXT, "all, or the group as published", required=True),
        Column(
            "admissions",
            Type.WHOLE,
            "Finished admission episodes, rounded by the publisher to the nearest five; empty where withheld",
            unit="admissions",
        ),
        Column("withheld", Type.FLAG, "The publisher held the number back"),
    ),
    key=(
        "month",
        "region",
        "sex",
        "age_group",
        "ethnic_group",
    ),
    period_column="month",
    caveats=(
        "Region is the smallest area published; it is not the partnership.",
        "Numbers are rounded to five and small ones withheld.",
        "April 2021 to March 2022 is provisional.",
    ),
)
