"""Collects months of a force from the archive of data.police.uk, for those who have internet.

The archive keeps one ZIP a release, named for the newest month in it; a release holds up to three years of monthly
folders, `YYYY-MM/YYYY-MM-<force>-street.csv` and its sisters. Only the wanted members are taken out of each ZIP.
"""

from __future__ import annotations

import re
import shutil
import socket
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPResponse, IncompleteRead
from pathlib import Path
from typing import BinaryIO

from upstream.exceptions import UpstreamFailure, WrongUse
from upstream.store.files import move_into_place

ARCHIVE = "https://data.police.uk/data/archive/"
FEED_OF_KIND = {"street": "police_street", "outcomes": "police_outcomes", "stop-and-search": "police_stop_search"}
MONTHS_IN_A_RELEASE = 36
SECONDS_TO_WAIT = 60
CHUNK = 1024 * 1024
MOST_BYTES = 8 * 1024**3

Progress = Callable[[str], None]


class ArchiveNotReached(UpstreamFailure):
    """The archive did not answer, or answered with an error."""


class ArchiveDamaged(UpstreamFailure):
    """What the archive sent is not a whole ZIP."""


@dataclass(frozen=True)
class Fetched:
    """What was collected: files with their feeds, and months of which the archive holds no file for the force."""

    files: tuple[tuple[str, Path], ...]
    missing: tuple[tuple[str, str], ...]


def months_between(first: str | date, last: str | date) -> list[str]:
    """List the months from `first` to `last`, both included, each written YYYY-MM."""
    first, last = (f"{month:%Y-%m}" if isinstance(month, date) else month for month in (first, last))
    for month in (first, last):
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
            raise WrongUse(f"“{month}” is not a month.", expected="A month is written YYYY-MM.", do="Correct it.")
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    if start > end:
        raise WrongUse(f"{first} comes after {last}.", do="Give the earlier month first.")
    return [f"{number // 12}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def fetch_police(
    *,
    force: str,
    first: str | date,
    last: str | date,
    to: Path,
    kinds: tuple[str, ...] = ("street", "outcomes", "stop-and-search"),
    base_url: str = ARCHIVE,
    progress: Progress | None = None,
) -> Fetched:
    """Collect the files of `force` from month `first` to month `last` into the folder `to`.

    Files that are there already are not fetched again. A month that the archive does not hold is listed as missing,
    never made up. Raises `ArchiveNotReached` or `ArchiveDamaged`; files collected before that stay.
    """
    _check(force, kinds)
    wanted = [(month, kind) for month in months_between(first, last) for kind in kinds]
    to.mkdir(parents=True, exist_ok=True)
    say = progress or (lambda _: None)
    open_wants = {(month, kind) for month, kind in wanted if not _target(to, month, force, kind).is_file()}
    for release in _releases(base_url, sorted({month for month, _ in open_wants})):
        if not any(_covers(release, month) for month, _ in open_wants):
            continue
        say(f"Fetching the release of {release}")
        with _download(base_url, release, to) as archive:
            open_wants -= set(_take_out(archive, open_wants, force, to, say))
    files = [(FEED_OF_KIND[kind], _target(to, month, force, kind)) for month, kind in wanted]
    return Fetched(
        files=tuple((feed, path) for feed, path in files if path.is_file()), missing=tuple(sorted(open_wants))
    )


def _check(force: str, kinds: tuple[str, ...]) -> None:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", force):
        raise WrongUse(f"“{force}” is not the name of a force.", expected="Names look like “west-midlands”.")
    unknown = [kind for kind in kinds if kind not in FEED_OF_KIND]
    if unknown:
        raise WrongUse(f"There is no kind of file called {', '.join(unknown)}.", expected=", ".join(FEED_OF_KIND))


def _target(folder: Path, month: str, force: str, kind: str) -> Path:
    return folder / month / f"{month}-{force}-{kind}.csv"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def _covers(release: str, month: str) -> bool:
    return 0 <= _number(release) - _number(month) < MONTHS_IN_A_RELEASE


def _releases(base_url: str, months: list[str]) -> list[str]:
    """Choose the fewest releases that cover the months: the newest first, then one every three years back.

    The archive’s page lists its releases as links to `YYYY-MM.zip`.
    """
    if not months:
        return []
    with _open(base_url) as answer:
        listed = sorted(set(re.findall(r"(\d{4}-\d{2})\.zip", answer.read(4 * CHUNK).decode("utf-8", "replace"))))
    if not listed:
        raise ArchiveNotReached(
            f"{base_url} lists no releases.", expected="Links to YYYY-MM.zip were expected.", do="Check the address."
        )
    chosen: list[str] = []
    for month in reversed(months):
        covering = [release for release in listed if _covers(release, month)]
        if covering and not any(_covers(release, month) for release in chosen):
            chosen.append(covering[-1] if not chosen else _reaching_furthest_back(covering))
    return chosen


def _reaching_furthest_back(covering: list[str]) -> str:
    # Going backwards from the newest month, the earliest release that still holds it holds most of the older ones.
    return covering[0]


def _open(url: str) -> HTTPResponse:
    if not url.startswith(("https://", "http://")):
        raise WrongUse(f"“{url}” is not a web address.", do="Give one that starts with https://.")
    request = urllib.request.Request(url, headers={"User-Agent": "upstream"})
    try:
        answer: HTTPResponse = urllib.request.urlopen(request, timeout=SECONDS_TO_WAIT)
        return answer
    except urllib.error.HTTPError as error:
        error.close()
        raise ArchiveNotReached(f"{url} answered {error.code} {error.reason}.", do="Try again later.") from error
    except (urllib.error.URLError, TimeoutError, socket.gaierror, ConnectionError) as error:
        raise ArchiveNotReached(
            f"{url} cannot be reached ({error}).", do="Check the connection, or download the months with a browser."
        ) from error


@contextmanager
def _download(base_url: str, release: str, folder: Path) -> Iterator[zipfile.ZipFile]:
    """Download one release beside the files and open it; the ZIP goes again when the block ends."""
    url = f"{base_url.rstrip('/')}/{release}.zip"
    path = folder / f".{release}.zip.part"
    try:
        with _open(url) as answer, path.open("wb") as out:
            _copy(url, answer, out)
        try:
            archive = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise ArchiveDamaged(f"{url} did not arrive whole.", do="Fetch it again.") from error
        with archive:
            yield archive
    finally:
        path.unlink(missing_ok=True)


def _copy(url: str, answer: HTTPResponse, out: BinaryIO) -> None:
    total = 0
    announced = int(answer.headers.get("Content-Length") or 0)
    try:
        while piece := answer.read(CHUNK):
            total += len(piece)
            if total > MOST_BYTES:
                raise ArchiveDamaged(f"{url} is larger than {MOST_BYTES:,} bytes.", do="Check the address.")
            out.write(piece)
    except (IncompleteRead, TimeoutError, ConnectionError) as error:
        raise ArchiveNotReached(f"{url} broke off ({error}).", do="Fetch it again.") from error
    if total < announced:
        raise ArchiveDamaged(f"{url} broke off after {total:,} of {announced:,} bytes.", do="Fetch it again.")


def _take_out(
    archive: zipfile.ZipFile, wants: set[tuple[str, str]], force: str, to: Path, say: Progress
) -> Iterator[tuple[str, str]]:
    names = set(archive.namelist())
    for month, kind in sorted(wants):
        target = _target(to, month, force, kind)
        member = f"{month}/{target.name}"
        if member not in names:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.part")
        try:
            with archive.open(member) as source, beside.open("wb") as out:
                shutil.copyfileobj(source, out, CHUNK)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            beside.unlink(missing_ok=True)
            raise ArchiveDamaged(f"{member} in the archive is damaged.", do="Fetch it again.") from error
        move_into_place(beside, target)
        say(f"Collected {target.name}")
        yield month, kind
