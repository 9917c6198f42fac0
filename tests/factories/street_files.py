"""Street-level files in the form of data.police.uk, made from a few words."""

from __future__ import annotations

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
TYPES = ("Burglary", "Robbery", "Drugs", "Anti-social behaviour", "Violence and sexual offences")


def row(number: int = 1, *, month: str = "2025-11", force: str = "Saltmarsh Police", **other: str) -> str:
    """One row; any cell can be given instead by its name (`crime_id`, `longitude`, …)."""
    crime_type = other.get("crime_type", TYPES[number % len(TYPES)])
    anti_social = crime_type == "Anti-social behaviour"
    cells = {
        "crime_id": "" if anti_social else f"{month}-{force}-{number:08}",
        "month": month,
        "reported_by": force,
        "falls_within": force,
        "longitude": f"{-2 + number % 100 / 1000:.6f}",
        "latitude": f"{53 + number % 100 / 1000:.6f}",
        "location": f"On or near Mill Lane {number % 7}",
        "lsoa_code": f"E0101{number % 50:04}",
        "lsoa_name": f"Saltmarsh 0{number % 50:02}A",
        "crime_type": crime_type,
        "last_outcome": "" if anti_social else "Under investigation",
        "context": "",
    }
    return ",".join((cells | other).values())


def rows(count: int, *, month: str = "2025-11", force: str = "Saltmarsh Police", first: int = 1) -> list[str]:
    """`count` rows that differ from each other."""
    return [row(number, month=month, force=force) for number in range(first, first + count)]


def text(lines: list[str], *, header: str = HEADER, newline: str = "\n") -> str:
    """A whole file."""
    return newline.join([header, *lines]) + newline
