"""Starting another partnership: a folder that says what it is, filled in from the national files."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from string import Template

from upstream.codes.police_forces import PoliceForce, police_force, police_forces
from upstream.codes.reading import UnknownCode
from upstream.exceptions import WrongUse
from upstream.geography.comparators import (
    district_outlines,
    district_table,
    districts_of_force,
    names_of_districts,
    neighbouring_forces,
    similar_districts,
)
from upstream.geography.national import OPEN_DATA_FOLDER
from upstream.partnership import SETTINGS_FILE

TEMPLATE = Path(__file__).parent / "partnership-template.toml"

# Feeds of a single area, most needed first, with what to put there. Folders are made for them all.
LOCAL_FEEDS = {
    "boundaries_lsoa21": "outlines of the 2021 LSOAs, GeoJSON with LSOA21CD, LSOA21NM, LADCD_ACTIVE (for maps)",
    "police_street": "street files of data.police.uk, YYYY-MM-<force>-street.csv, as many months as you have",
    "population_lsoa21": "mid-year residents of the 2021 LSOAs (needed for rates)",
    "deprivation_2025": "English Indices of Deprivation 2025 by 2021 LSOA",
    "deprivation_2019": "English Indices of Deprivation 2019 by 2011 LSOA, File 2",
    "lookup_lsoa11_lsoa21": "2011 to 2021 LSOAs, exact fit (needed where files carry codes of 2011)",
    "lookup_lsoa21_ward": "2021 LSOAs to wards, best fit (needed for figures by ward)",
    "boundaries_wards": "outlines of wards",
    "boundaries_msoa21": "outlines of the 2021 MSOAs (brings their codes)",
    "msoa_names": "names that people use for MSOAs, House of Commons Library",
    "population_lsoa11_age": "residents by single year of age, 2011 LSOAs",
    "census_ethnicity_lsoa21": "Census 2021, five ethnic groups by LSOA",
    "police_outcomes": "outcome files of data.police.uk, YYYY-MM-<force>-outcomes.csv",
    "police_stop_search": "stop-and-search files of data.police.uk, YYYY-MM-<force>-stop-and-search.csv",
}


class PartnershipExists(WrongUse):
    """The folder already holds a partnership, which is never overwritten."""


class ForceNotRecognised(WrongUse):
    """The name is not that of a police force area, so nothing can be looked up."""


def start_partnership(name: str, folder: Path, *, force: str = "") -> Path:
    """Make `folder` with a `partnership.toml` for the area of a police force, and say where it is.

    `name` is the partnership's; where it is not also that of the police force (as a slug, a name or a code),
    `force` says which force. Districts, region, neighbours and similar districts are filled in from the files
    that come with the software. Raises `ForceNotRecognised` with the nearest names, or `PartnershipExists`.
    """
    path = folder / SETTINGS_FILE
    if path.exists():
        raise PartnershipExists(f"{path} exists already.", do="Choose another name, or take that folder away first.")
    found = _force(force or name)
    text = _settings(_slug(name), _title(found) if not force else name, found)
    folder.mkdir(parents=True, exist_ok=True)
    for feed in LOCAL_FEEDS:
        (folder / OPEN_DATA_FOLDER / feed).mkdir(parents=True, exist_ok=True)
    (folder / OPEN_DATA_FOLDER / "README.md").write_text(_guide(found), encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    return folder


def _force(name: str) -> PoliceForce:
    try:
        found = police_force(name)
    except UnknownCode:
        slugs = [force.slug for force in police_forces() if force.area_code]
        near = difflib.get_close_matches(_slug(name), slugs, n=3, cutoff=0.6)
        raise ForceNotRecognised(
            f"“{name}” is not a police force of England or Wales.",
            expected=f"Nearest: {', '.join(near)}." if near else f"One of {', '.join(slugs)}.",
            do="A partnership is set up around a force’s area: give that name, or name the force beside your own.",
        ) from None
    if not found.area_code:
        raise ForceNotRecognised(f"{found.police_uk_name} have no area of their own.")
    return found


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not slug:
        raise WrongUse(f"“{name}” has no letter to make a folder’s name of.")
    return slug


def _title(force: PoliceForce) -> str:
    """The area's name the right way round: “City of London”, not “London, City of”."""
    return " ".join(reversed(force.area_name.split(", ")))


def _settings(slug: str, title: str, force: PoliceForce) -> str:
    districts = dict(districts_of_force(force.area_code).select("district", "district_name").iter_rows())
    alike = names_of_districts(similar_districts(list(districts)))
    slug_of = {item.area_code: item.slug for item in police_forces()}
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        slug=_toml(slug),
        name=_toml(title),
        force_name=_toml(force.police_uk_name),
        force_code=_toml(force.area_code),
        force_slug=_toml(force.slug),
        region=_toml(force.region),
        districts=_named_codes(districts),
        neighbour_forces=", ".join(map(_toml, sorted(slug_of[code] for code in neighbouring_forces(force.area_code)))),
        similar_districts=_named_codes(alike),
        members=_members(force, districts),
        places=_places(districts),
    )


def _toml(text: str) -> str:
    """A basic string of TOML; JSON's strings are a subset of them."""
    return json.dumps(text, ensure_ascii=False)


def _named_codes(names: dict[str, str]) -> str:
    return "\n".join(f"    {_toml(code)}, # {name}" for code, name in names.items())


def _members(force: PoliceForce, districts: dict[str, str]) -> str:
    bodies = [(force.police_uk_name, "police")]
    bodies += [(f"{name} Council", "local_authority") for name in districts.values()]
    return "\n".join(f'[[members]]\nname = {_toml(name)}\nkind = "{kind}"\n' for name, kind in bodies)


def _places(districts: dict[str, str]) -> str:
    made = []
    for code, name in districts.items():
        middle = district_outlines()[code].representative_point()
        made.append(f"[[places]]\nname = {_toml(name)}\nlatitude = {middle.y:.3f}\nlongitude = {middle.x:.3f}\n")
    return "\n".join(made)


def _guide(force: PoliceForce) -> str:
    rows = "\n".join(f"| {feed} | {what.replace('<force>', force.slug)} |" for feed, what in LOCAL_FEEDS.items())
    return (
        f"# Open data of {_title(force)}\n\n"
        "Put each file as published (CSV, GeoJSON; gzip is fine) into the folder named for its feed. The next\n"
        "`upstream build` or `upstream run` loads it; a file already loaded is left alone. Any other feed of\n"
        "docs/reference/sources.md gets a folder of its name. Note each file’s publisher and licence below.\n\n"
        f"| folder | what goes there |\n|---|---|\n{rows}\n\n"
        "| file | publisher | licence | fetched |\n|---|---|---|---|\n"
    )


def known_forces() -> Iterable[str]:
    """Name the slugs of forces that a partnership can be started for."""
    with_area = set(district_table()["force"])
    return [force.slug for force in police_forces() if force.area_code in with_area]
