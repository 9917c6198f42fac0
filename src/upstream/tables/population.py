"""People who live in an area."""

from upstream.tables.column import Column, Table, Type

POPULATION = Table(
    name="population",
    row_is="people of one age group, sex and ethnic group in one area and year",
    columns=(
        Column("area_code", Type.TEXT, "The area", required=True),
        Column("level", Type.TEXT, "Its level", required=True),
        Column("year", Type.WHOLE, "Year of the estimate (30 June) or of the census", required=True),
        Column("basis", Type.TEXT, "mid-year estimate or census 2021", required=True),
        Column("sex", Type.TEXT, "all, female or male", required=True),
        Column(
            "age_from",
            Type.WHOLE,
            "Youngest age counted; 0 with an empty age_to means all ages",
            unit="years",
            required=True,
        ),
        Column("age_to", Type.WHOLE, "Oldest age counted; empty means and over", unit="years"),
        Column("ethnic_group", Type.TEXT, "all, or the name of the group in the census", required=True),
        Column("ethnicity_scheme", Type.TEXT, "all, 5+1 or 18+1", required=True),
        Column("persons", Type.DECIMAL, "Usual residents", unit="people", required=True),
    ),
    key=(
        "level",
        "area_code",
        "year",
        "basis",
        "sex",
        "age_from",
        "age_to",
        "ethnic_group",
        "ethnicity_scheme",
    ),
    caveats=(
        "Residents only: visitors, commuters and people out for the night are not counted.",
        "Estimates for 2012 to 2020 made before the 2021 census were revised; that by single year of age is older.",
    ),
)
