"""Files of an area that the software has never seen, in the forms in which the real ones are published.

Four districts of Cleveland with invented neighbourhoods: each district is a block of two by three squares, two
middle areas of three neighbourhoods each. Codes look real and are not in use; geometry and counts are made up.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DISTRICTS = {
    "E06000001": ("Hartlepool", -1.30, 54.66),
    "E06000002": ("Middlesbrough", -1.26, 54.53),
    "E06000003": ("Redcar and Cleveland", -1.08, 54.56),
    "E06000004": ("Stockton-on-Tees", -1.38, 54.53),
}
SIDE = 0.02
STREET_HEADER = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
KINDS = ("Violence and sexual offences", "Anti-social behaviour", "Robbery", "Possession of weapons", "Burglary")
OUTCOMES = ("Unable to prosecute suspect", "Under investigation", "Investigation complete; no suspect identified")


@dataclass(frozen=True)
class Neighbourhood:
    code: str
    name: str
    district: str
    west: float
    south: float
    residents: int

    @property
    def ring(self) -> list[tuple[float, float]]:
        west, south, east, north = self.west, self.south, self.west + SIDE, self.south + SIDE
        points = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        return [(round(x, 6), round(y, 6)) for x, y in points]


def neighbourhoods() -> list[Neighbourhood]:
    """Twenty-four neighbourhoods in order of code, with 1,000 residents in the first and ten more in each next."""
    made = []
    for code, (name, west, south) in DISTRICTS.items():
        for place in range(6):
            number = len(made)
            official = f"{name} {place // 3 + 1:03d}{'ABC'[place % 3]}"
            x, y = west + (place % 3) * SIDE, south + (place // 3) * SIDE
            made.append(Neighbourhood(f"E0109{number:04d}", official, code, x, y, 1000 + 10 * number))
    return made


def crimes(month: str) -> Iterator[Sequence[str]]:
    """Neighbourhood number n has n crimes a month; two more have no place, one lies in another area."""
    for number, area in enumerate(neighbourhoods()):
        for turn in range(number):
            kind = KINDS[(number + turn) % len(KINDS)]
            longitude, latitude = area.west + SIDE * (turn + 1) / 26, area.south + SIDE / 2
            yield _crime(month, number * 100 + turn, kind, f"{longitude:.6f}", f"{latitude:.6f}", area.code, area.name)
    for turn in range(2):
        yield _crime(month, 9000 + turn, KINDS[0], "", "", "", "")
    yield _crime(month, 9100, KINDS[0], "-1.600000", "54.400000", "E01020700", "Hambleton 001A")


def _crime(month: str, number: int, kind: str, longitude: str, latitude: str, lsoa: str, name: str) -> tuple[str, ...]:
    social = kind == "Anti-social behaviour"
    return (
        "" if social else f"{month.replace('-', '')}{number:058d}", month, "Cleveland Police", "Cleveland Police",
        longitude, latitude, "On or near High Street" if longitude else "No Location", lsoa, name, kind,
        "" if social else OUTCOMES[number % 3], "",
    )  # fmt: skip


def street_file(month: str) -> str:
    return _csv(STREET_HEADER, crimes(month))


def boundary_file() -> str:
    features = [
        {
            "type": "Feature",
            "properties": {
                "LSOA21CD": area.code, "LSOA21NM": area.name, "LADCD_ACTIVE": area.district,
                "UTLACD": area.district, "CAUTHCD": None, "RGNCD": "E12000001",
            },
            "geometry": {"type": "Polygon", "coordinates": [area.ring]},
        }
        for area in neighbourhoods()
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features})


def population_file() -> str:
    header = ("LSOA 2021 Code", "LSOA 2021 Name", "Area Sq Km", "Mid-2021: Population", "Mid-2021: People per Sq Km",
              "Mid-2022: Population", "Mid-2022: People per Sq Km")  # fmt: skip
    rows = [
        (a.code, a.name, "2.8", str(a.residents - 5), str((a.residents - 5) / 2.8), str(a.residents), "400.1")
        for a in neighbourhoods()
    ]
    return _csv(header, rows)


def deprivation_file() -> str:
    domains = ("IMD", "Income", "Employment", "Education", "Health", "Crime", "Housing_and_Services", "Environment")
    header = ("lsoa21_code", *(f"{d}_decile" for d in domains), *(f"{d}_rank" for d in domains),
              *(f"{d}_score" for d in domains))  # fmt: skip
    rows = []
    for number, area in enumerate(neighbourhoods()):
        decile, rank, score = f"{1 + number % 10}.0", f"{1 + number * 1400}.0", f"{60 - number}.5"
        rows.append((area.code, *[decile] * 8, *[rank] * 8, *[score] * 8))
    return _csv(header, rows)


def files(months: Sequence[str]) -> dict[str, dict[str, str]]:
    """Text of every file by feed and file name."""
    return {
        "boundaries_lsoa21": {"lsoa21_cleveland.geojson": boundary_file()},
        "population_lsoa21": {"lsoa21_mid_year_population_cleveland.csv": population_file()},
        "deprivation_2025": {"imd2025_england_lsoa21_cleveland.csv": deprivation_file()},
        "police_street": {f"{month}-cleveland-street.csv": street_file(month) for month in months},
    }


def write(folder: Path, months: Sequence[str], *, compressed: bool = True) -> dict[str, list[Path]]:
    """Write every file under `folder`/<feed>/, as they come (compressed or not), and name them by feed."""
    written: dict[str, list[Path]] = {}
    for feed, texts in files(months).items():
        (folder / feed).mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / feed / (name + ".gz" if compressed else name)
            path.write_bytes(gzip.compress(text.encode(), mtime=0) if compressed else text.encode())
            written.setdefault(feed, []).append(path)
    return written


def _csv(header: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
