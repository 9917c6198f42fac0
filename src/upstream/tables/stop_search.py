"""Stops and searches of people and vehicles."""

from upstream.tables.column import Column, Table, Type

STOP_SEARCH = Table(
    name="stop_search",
    row_is="one stop and search",
    columns=(
        Column("force", Type.TEXT, "Force as named in the file’s name", required=True),
        Column("month", Type.DATE, "First day of the month", required=True),
        Column("searched_at", Type.MOMENT, "When, as given; some forces give midnight for all", required=True),
        Column("search_type", Type.TEXT, "Person, vehicle, or person and vehicle", required=True),
        Column("in_operation", Type.FLAG, "Part of a policing operation"),
        Column("operation", Type.TEXT, "Its name"),
        Column("latitude", Type.DECIMAL, "Of the snap point", unit="degrees"),
        Column("longitude", Type.DECIMAL, "Of the snap point", unit="degrees"),
        Column("gender", Type.TEXT, "As recorded"),
        Column("age_range", Type.TEXT, "As recorded"),
        Column("self_defined_ethnicity", Type.TEXT, "As the person said, 16+1 or 18+1"),
        Column(
            "officer_defined_ethnicity", Type.TEXT, "As the officer saw, in five groups; never merged with the former"
        ),
        Column("legislation", Type.TEXT, "Power used"),
        Column("object_of_search", Type.TEXT, "What was looked for"),
        Column("outcome", Type.TEXT, "What came of it"),
        Column("outcome_linked", Type.FLAG, "Whether the outcome had to do with what was looked for"),
        Column("more_than_outer_clothing", Type.FLAG, "More than outer clothing removed"),
    ),
    slice_by=(
        "force",
        "month",
    ),
    period_column="month",
)


STOP_SEARCH_YEAR = Table(
    name="stop_search_year",
    row_is="searches of one ethnic group by one force in one financial year",
    columns=(
        Column("year_ending", Type.DATE, "Last day of the financial year", required=True),
        Column("force", Type.TEXT, "Force as named by the publisher", required=True),
        Column("geography_type", Type.TEXT, "Police Force Area, or a total", required=True),
        Column("ethnic_group", Type.TEXT, "Group as published; Unreported is one of them", required=True),
        Column("ethnicity_scheme", Type.TEXT, "All, ONS 2001 5+1 or 16+1", required=True),
        Column("searches", Type.WHOLE, "Searches, vehicle-only ones left out", unit="searches"),
        Column("population", Type.WHOLE, "Residents of the group at the 2011 census, in every year", unit="people"),
        Column("rate_per_1_000", Type.DECIMAL, "Rate as published", unit="per 1,000 residents"),
    ),
    key=(
        "year_ending",
        "force",
        "ethnicity_scheme",
        "ethnic_group",
    ),
    period_column="year_ending",
    caveats=("The population is that of the 2011 census throughout.",),
)
