"""Open data of the whole country that comes with the software, and where each partnership's files lie.

A new partnership needs only the files of its own area: comparisons, look-ups and outlines of all districts
and forces are here already. `national/SOURCES.md` names each file's publisher and licence.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from upstream.exceptions import InputRefused
from upstream.partnership import Partnership

NATIONAL_FOLDER = Path(__file__).parent / "national"
OPEN_DATA_FOLDER = "open_data"
NOT_DATA = (".md", ".txt", ".toml")


class OpenDataMissing(InputRefused):
    """`partnership.toml` names a file of open data that is not there."""


class OpenDataFile(NamedTuple):
    """One file and the feed it belongs to; `national` files come with the software."""

    feed: str
    path: Path
    national: bool


def open_data_files(partnership: Partnership) -> tuple[OpenDataFile, ...]:
    """Name every file of open data that a partnership is to load by itself, in a steady order.

    Three places are looked at: `[[open_data]]` in `partnership.toml`; folders `open_data/<feed>/`, which need
    no entry; and the files of the whole country that come with the software. The partnership's own file of a
    feed takes the place of the country's. Raises `OpenDataMissing` when an entry matches no file.
    """
    own = [*_named_files(partnership), *_found_files(partnership)]
    unique = {file.path.resolve(): file for file in reversed(own)}
    mine = sorted(unique.values())
    if not partnership.config.national_open_data:
        return tuple(mine)
    fed = {file.feed for file in mine}
    return (*(file for file in national_files() if file.feed not in fed), *mine)


@cache
def national_files() -> tuple[OpenDataFile, ...]:
    """List the files of the whole country that come with the software."""
    return tuple(sorted(OpenDataFile(path.parent.name, path, True) for path in _data_in(NATIONAL_FOLDER, "*/*")))


def national_file(feed: str) -> Path:
    """Find the one packaged file of `feed`; raises KeyError when none is packaged."""
    for file in national_files():
        if file.feed == feed:
            return file.path
    raise KeyError(feed)


def _named_files(partnership: Partnership) -> list[OpenDataFile]:
    files: list[OpenDataFile] = []
    for entry in partnership.config.open_data:
        paths = _data_in(partnership.folder, entry.files)
        if not paths:
            raise OpenDataMissing(
                f"partnership.toml names {entry.files} for the feed {entry.feed}, and there is no such file.",
                expected=f"at least one file in {partnership.folder}",
                do="Put the file there, or take the [[open_data]] entry out.",
            )
        files += [OpenDataFile(entry.feed, path, False) for path in paths]
    return files


def _found_files(partnership: Partnership) -> list[OpenDataFile]:
    """Files in `open_data/<feed>/` of feeds that `partnership.toml` does not name."""
    named = {entry.feed for entry in partnership.config.open_data}
    folders = {Path(entry.files).parent for entry in partnership.config.open_data}
    return [
        OpenDataFile(path.relative_to(partnership.folder).parts[1], path, False)
        for path in _data_in(partnership.folder, f"{OPEN_DATA_FOLDER}/*/**/*")
        if path.relative_to(partnership.folder).parts[1] not in named
        and path.relative_to(partnership.folder).parent not in folders
    ]


def _data_in(folder: Path, pattern: str) -> list[Path]:
    """Data files under `folder`; a deeper folder (a month of the police archive) is looked into as well."""
    found = folder.glob(pattern)
    return sorted(p for p in found if p.is_file() and p.suffix not in NOT_DATA and not p.name.startswith("."))
