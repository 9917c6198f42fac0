"""A partnership is a folder. This module reads it; nothing else knows what `partnership.toml` looks like."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upstream.exceptions import PartnershipIncomplete, PartnershipNotFound
from upstream.store.layout import DataFolder

if TYPE_CHECKING:
    from upstream.measures.result import MeasureResult

SETTINGS_FILE = "partnership.toml"


@dataclass(frozen=True)
class OpenDataSet:
    """Files of one feed that come with the partnership's folder and are loaded on the first run."""

    feed: str
    files: str


@dataclass(frozen=True)
class Member:
    """A body of the partnership.

    `kind` is a code of `upstream.codes.specified_authorities`, or one of local_policing_body,
    commissioned_provider, scrutiny, community and other.
    """

    name: str
    kind: str

    @property
    def key(self) -> str:
        """A short name for records to point at: `staffordshire-police`."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")[:80]


@dataclass(frozen=True)
class Inset:
    """A closer view beside the map of the whole area: a box in degrees and the places named in it."""

    name: str
    west: float
    south: float
    east: float
    north: float
    places: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class PartnershipConfig:
    """What `partnership.toml` says.

    `districts` are the codes of the districts that make up the area; `force_slug` is the name of the police
    force in file names of data.police.uk; `lsoa_vintage` is the census (2021) whose small areas are used.
    `places` and the places of an inset are name, longitude, latitude. `national_open_data` says whether the
    files of the whole country that come with the software are loaded. `grants_prefix` is what 360Giving gave to the
    partnership as a publisher of grants, such as 360G-name; `funder_identifier` is its entry in a public register.
    """

    slug: str
    name: str
    short_name: str
    force_name: str
    force_code: str
    force_slug: str
    region: str
    districts: tuple[str, ...]
    neighbour_forces: tuple[str, ...]
    similar_districts: tuple[str, ...]
    lsoa_vintage: int
    bank_holidays: str
    worked_example: str
    open_data: tuple[OpenDataSet, ...]
    attribution: tuple[str, ...]
    places: tuple[tuple[str, float, float], ...]
    members: tuple[Member, ...] = ()
    insets: tuple[Inset, ...] = ()
    national_open_data: bool = True
    grants_prefix: str = ""
    funder_identifier: str = ""


@dataclass(frozen=True)
class Partnership:
    """One partnership: its folder (what it is) and its data folder (what it has accumulated)."""

    folder: Path
    config: PartnershipConfig
    data: DataFolder

    @cached_property
    def slug(self) -> str:
        """Short name used for folders and as the code of the whole area."""
        return self.config.slug

    def measure(
        self,
        name: str,
        by: Sequence[str] = (),
        *,
        start: date | None = None,
        end: date | None = None,
        areas: Sequence[str] = (),
    ) -> MeasureResult:
        """Calculate a measure from the current build, cut by `by`: one area level, one period, the rest breakdowns.

        `area` means the partnership's own small areas. What is left out is as the definition has it first.

        >>> partnership.measure("violence_rate", by=("district", "month"))  # doctest: +SKIP
        """
        from upstream.measures.asking import measure_by  # the calculator is loaded by those who ask for a figure

        return measure_by(self, name, by, start=start, end=end, areas=areas)


def _required(table: dict[str, Any], name: str, kind: type, faults: list[str]) -> Any:
    value = table.get(name)
    if not isinstance(value, kind) or value in ("", []):
        faults.append(f"{name} (expected {'text' if kind is str else 'a list'})")
        return kind()
    return value


def _places(table: dict[str, Any]) -> tuple[tuple[str, float, float], ...]:
    return tuple((p["name"], float(p["longitude"]), float(p["latitude"])) for p in table.get("places", ()))


def _inset(table: dict[str, Any]) -> Inset:
    west, south, east, north = (float(table[edge]) for edge in ("west", "south", "east", "north"))
    return Inset(table["name"], west, south, east, north, _places(table))


def _grants_prefix(table: dict[str, Any], faults: list[str]) -> str:
    """Read the prefix under which grants are published; one that 360Giving cannot have given is a fault."""
    prefix = table.get("publisher_prefix", "")
    if prefix and not (isinstance(prefix, str) and re.fullmatch(r"360G-[A-Za-z0-9_-]+", prefix)):
        faults.append(f"grants.publisher_prefix as 360Giving gave it, such as 360G-name (found {prefix!r})")
        return ""
    return str(prefix)


def read_config(folder: Path) -> PartnershipConfig:
    """Read `partnership.toml` in `folder`; raises `PartnershipIncomplete` naming every fault at once."""
    path = folder / SETTINGS_FILE
    if not path.is_file():
        raise PartnershipNotFound(
            f"There is no {SETTINGS_FILE} in {folder}.",
            expected="a partnership's folder",
            do="Give one with --partnership, or start one with `upstream new NAME`.",
        )
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PartnershipIncomplete(f"{path} is not TOML: {error}.", do="Mend that line.") from error
    faults: list[str] = []
    area = document.get("area", {})
    config = PartnershipConfig(
        slug=_required(document, "slug", str, faults),
        name=_required(document, "name", str, faults),
        short_name=document.get("short_name", document.get("name", "")),
        force_name=_required(area, "force_name", str, faults),
        force_code=_required(area, "force_code", str, faults),
        force_slug=_required(area, "force_slug", str, faults),
        region=area.get("region", ""),
        districts=tuple(_required(area, "districts", list, faults)),
        neighbour_forces=tuple(area.get("neighbour_forces", ())),
        similar_districts=tuple(area.get("similar_districts", ())),
        lsoa_vintage=area.get("lsoa_vintage", 2021),
        bank_holidays=document.get("calendar", {}).get("bank_holidays", "england-and-wales"),
        worked_example=document.get("worked_example", ""),
        open_data=tuple(OpenDataSet(item["feed"], item["files"]) for item in document.get("open_data", ())),
        attribution=tuple(document.get("attribution", ())),
        places=_places(document),
        members=tuple(Member(m["name"], m.get("kind", "other")) for m in document.get("members", ())),
        insets=tuple(_inset(item) for item in document.get("insets", ())),
        national_open_data=document.get("national_open_data", True),
        grants_prefix=_grants_prefix(document.get("grants", {}), faults),
        funder_identifier=document.get("grants", {}).get("funder_identifier", ""),
    )
    if faults:
        raise PartnershipIncomplete(
            f"{path} lacks: {', '.join(faults)}.", do="Add them; see docs/how-to/start-a-partnership.md."
        )
    return config


def open_partnership(folder: str | Path | None = None, *, data: str | Path | None = None) -> Partnership:
    """Open the partnership in `folder` with its accumulated data under `data`.

    Defaults: the worked example, and `var/` beside the current folder; the environment variables
    UPSTREAM_PARTNERSHIP and UPSTREAM_DATA override the defaults. Each partnership has its own folder
    inside `data`, named by its slug.
    """
    chosen = Path(folder or os.environ.get("UPSTREAM_PARTNERSHIP") or "partnerships/staffordshire")
    config = read_config(chosen)
    root = Path(data or os.environ.get("UPSTREAM_DATA") or "var") / config.slug
    return Partnership(folder=chosen, config=config, data=DataFolder(root))
