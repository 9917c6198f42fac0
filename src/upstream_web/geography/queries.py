"""Reads of areas: their names, by level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from upstream.geography.areas import areas
from upstream_web.core.workbench import get_build, kept_for_build


@dataclass(frozen=True)
class AreaName:
    """An area as people know it: `name` is the local one where there is one, `place` then the official one."""

    code: str
    level: str
    name: str
    place: str
    district: str

    @property
    def full(self) -> str:
        """Both names in one."""
        return f"{self.name}, {self.place}" if self.place else self.name


def names(level: str) -> Mapping[str, AreaName]:
    """Give the partnership's areas of a level by code; none when the build has no look-up to that level."""
    return kept_for_build("names of areas", lambda: _read_names(level), level)


def _read_names(level: str) -> Mapping[str, AreaName]:
    frame = areas(get_build(), level).filter("in_partnership")
    return {row["area_code"]: _name(level, row) for row in frame.iter_rows(named=True)}


def _name(level: str, row: dict[str, str | None]) -> AreaName:
    local, official = row["local_name"] or "", row["area_name"] or ""
    name, place = (local, official) if local and local != official else (official, "")
    return AreaName(row["area_code"] or "", level, name, place, row["district_name"] or "")
