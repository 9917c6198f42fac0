"""Exclusions from school."""

from upstream.tables.column import Column, Table, Type

EXCLUSION = Table(
    name="exclusion",
    row_is="exclusions of one kind for one reason in one authority, school type and year",
    columns=(
        Column("school_year", Type.WHOLE, "Calendar year in which the school year ends", required=True),
        Column("level", Type.TEXT, "National, Regional or Local authority"),
        Column("authority", Type.TEXT, "Name of the authority, region or country", required=True),
        Column("school_type", Type.TEXT, "Total, or the type of school", required=True),
        Column("kind", Type.TEXT, "permanent or fixed period", required=True),
        Column("reason", Type.TEXT, "Reason, or all", required=True),
        Column("exclusions", Type.WHOLE, "Exclusions; empty where withheld or not applicable", unit="exclusions"),
        Column("withheld", Type.FLAG, "The publisher held the number back (1 to 4)"),
        Column("headcount", Type.WHOLE, "Pupils, where the file carries it", unit="pupils"),
    ),
    key=(
        "school_year",
        "authority",
        "school_type",
        "kind",
        "reason",
    ),
    period_column="school_year",
    caveats=(
        "Suspensions were called fixed-period exclusions in these years.",
        "An x is a number from 1 to 4 that was withheld: unknown, not zero.",
    ),
)
