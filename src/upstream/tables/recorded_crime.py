"""Crime recorded by forces, as the Home Office publishes it."""

from upstream.tables.column import Column, Table, Type

RECORDED_CRIME = Table(
    name="recorded_crime",
    row_is="offences of one kind in one force over twelve months",
    columns=(
        Column("year_ending", Type.DATE, "Last day of the twelve months", required=True),
        Column("force", Type.TEXT, "Force or body that recorded them", required=True),
        Column("region", Type.TEXT, "Region of the force"),
        Column("offence", Type.TEXT, "Offence group as published", required=True),
        Column("offences", Type.WHOLE, "Offences recorded", unit="offences", required=True),
    ),
    key=(
        "year_ending",
        "force",
        "offence",
    ),
    period_column="year_ending",
    caveats=(
        "Quarterly rows cover overlapping years: they must never be added.",
        "Violence without injury before and after the recording inspection of 2014 is not comparable.",
        "Burglary categories changed in 2017.",
    ),
)


CRIME_COUNT = Table(
    name="crime_count",
    row_is="offences of one kind in one district and month, from one force’s file",
    columns=(
        Column("month", Type.DATE, "First day of the month", required=True),
        Column("force_slug", Type.TEXT, "Force as named in file names of data.police.uk", required=True),
        Column("district_code", Type.TEXT, "District; empty for rows without a place"),
        Column("district_name", Type.TEXT, "Its name"),
        Column("crime_type", Type.TEXT, "Category of data.police.uk", required=True),
        Column("offences", Type.WHOLE, "Rows counted", unit="offences", required=True),
    ),
    slice_by=(
        "force_slug",
        "month",
    ),
    period_column="month",
    caveats=(
        "A comparison panel counted from street-level files: a force or month that is absent is unknown, not zero.",
    ),
)
