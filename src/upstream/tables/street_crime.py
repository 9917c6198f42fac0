"""Crimes and incidents as published by data.police.uk."""

from upstream.tables.column import Column, Table, Type

_PLACED_CRIME = (
    Column("crime_id", Type.TEXT, "Identifier given by data.police.uk; anti-social behaviour has none"),
    Column("month", Type.DATE, "First day of the month", required=True),
    Column("reported_by", Type.TEXT, "Force that supplied the row", required=True),
    Column("falls_within", Type.TEXT, "Force area in which it is said to lie"),
    Column("longitude", Type.DECIMAL, "Of the snap point, WGS84", unit="degrees"),
    Column("latitude", Type.DECIMAL, "Of the snap point, WGS84", unit="degrees"),
    Column("location", Type.TEXT, "Name of the snap point"),
    Column("lsoa_code", Type.TEXT, "LSOA of the snap point, in the vintage of the file"),
    Column("lsoa_name", Type.TEXT, "Its name"),
)

STREET_CRIME = Table(
    name="street_crime",
    row_is="one crime, or one incident of anti-social behaviour",
    columns=(
        *_PLACED_CRIME,
        Column("crime_type", Type.TEXT, "One of the fourteen categories of data.police.uk", required=True),
        Column("last_outcome", Type.TEXT, "Last known outcome at the day the file was made"),
        Column("context", Type.TEXT, "Always empty so far"),
    ),
    slice_by=(
        "reported_by",
        "month",
    ),
    period_column="month",
    caveats=(
        "Places are snap points near by, never addresses; dates are months.",
        "The last outcome is the state on the day of download: recent months hold many still under investigation.",
        "Violence and sexual offences is one category: no offence code, weapon, age, sex or domestic-abuse mark.",
    ),
)


CRIME_OUTCOME = Table(
    name="crime_outcome",
    row_is="one outcome given to one crime in one month",
    columns=(
        *_PLACED_CRIME,
        Column("outcome_type", Type.TEXT, "Outcome as named by data.police.uk", required=True),
    ),
    slice_by=(
        "reported_by",
        "month",
    ),
    period_column="month",
)
