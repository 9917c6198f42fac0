"""Fetching months of the police archive, from a server on this machine that serves the same shapes."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from factories.street_files import rows, text

from upstream.exceptions import WrongUse
from upstream.ingestion.fetch import ArchiveDamaged, ArchiveNotReached, fetch_police, months_between


def release(months: list[str], forces: tuple[str, ...] = ("saltmarsh", "fenland")) -> bytes:
    """A release of the archive: monthly folders with a file a force, compressed as the archive does."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for month in months:
            for force in forces:
                archive.writestr(f"{month}/{month}-{force}-street.csv", text(rows(3, month=month)))
                archive.writestr(f"{month}/{month}-{force}-outcomes.csv", "x\n")
    return buffer.getvalue()


class Archive:
    """A web server with an index page and some releases; `asked` lists what was fetched."""

    def __init__(self) -> None:
        self.releases: dict[str, bytes] = {}
        self.asked: list[str] = []
        archive = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                archive.asked.append(self.path)
                name = self.path.rsplit("/", 1)[-1]
                links = "".join(f'<a href="/data/archive/{item}">{item}</a>' for item in archive.releases)
                body = archive.releases.get(name) if name else f"<html>{links}</html>".encode()
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/data/archive/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def archive() -> Iterator[Archive]:
    server = Archive()
    yield server
    server.close()


def test_months_of_one_force_are_taken_out_of_the_release(archive: Archive, tmp_path: Path):
    archive.releases["2025-03.zip"] = release(["2025-01", "2025-02", "2025-03"])
    fetched = fetch_police(
        force="saltmarsh", first="2025-02", last="2025-03", to=tmp_path, kinds=("street",), base_url=archive.url
    )

    names = [(feed, path.relative_to(tmp_path).as_posix()) for feed, path in fetched.files]
    assert names == [
        ("police_street", "2025-02/2025-02-saltmarsh-street.csv"),
        ("police_street", "2025-03/2025-03-saltmarsh-street.csv"),
    ]
    assert fetched.missing == ()
    assert fetched.files[0][1].read_text(encoding="utf-8") == text(rows(3, month="2025-02"))
    assert not list(tmp_path.glob(".*"))


def test_month_that_the_archive_lacks_is_said_to_be_missing(archive: Archive, tmp_path: Path):
    archive.releases["2025-03.zip"] = release(["2025-01", "2025-03"])
    fetched = fetch_police(
        force="saltmarsh", first="2025-01", last="2025-03", to=tmp_path, kinds=("street",), base_url=archive.url
    )

    assert fetched.missing == (("2025-02", "street"),)
    assert len(fetched.files) == 2


def test_older_months_come_from_older_releases(archive: Archive, tmp_path: Path):
    # A release holds three years: March 2025 reaches back to April 2022; February 2022 needs an older one.
    archive.releases["2025-03.zip"] = release(["2025-03"])
    archive.releases["2024-01.zip"] = release(["2022-02"])
    archive.releases["2023-06.zip"] = release(["2022-02"])
    fetched = fetch_police(
        force="saltmarsh", first="2022-02", last="2025-03", to=tmp_path, kinds=("street",), base_url=archive.url
    )

    assert [path.name[:7] for _, path in fetched.files] == ["2022-02", "2025-03"]
    # Of the two that hold it, the earlier one, which reaches further back.
    assert [name for name in archive.asked if name.endswith(".zip")] == [
        "/data/archive/2025-03.zip",
        "/data/archive/2023-06.zip",
    ]


def test_what_is_there_is_not_fetched_again(archive: Archive, tmp_path: Path):
    archive.releases["2025-03.zip"] = release(["2025-03"])
    for _ in range(2):
        fetched = fetch_police(
            force="saltmarsh", first="2025-03", last="2025-03", to=tmp_path, kinds=("street",), base_url=archive.url
        )
        assert len(fetched.files) == 1

    assert archive.asked.count("/data/archive/2025-03.zip") == 1


def test_release_that_is_no_zip(archive: Archive, tmp_path: Path):
    archive.releases["2025-03.zip"] = b"<html>Sorry</html>"
    with pytest.raises(ArchiveDamaged, match="did not arrive whole"):
        fetch_police(force="saltmarsh", first="2025-03", last="2025-03", to=tmp_path, base_url=archive.url)
    assert not list(tmp_path.iterdir())


def test_archive_without_releases(archive: Archive, tmp_path: Path):
    with pytest.raises(ArchiveNotReached, match="lists no releases"):
        fetch_police(force="saltmarsh", first="2025-03", last="2025-03", to=tmp_path, base_url=archive.url)


def test_archive_that_does_not_answer(tmp_path: Path):
    with pytest.raises(ArchiveNotReached, match="cannot be reached"):
        fetch_police(force="saltmarsh", first="2025-03", last="2025-03", to=tmp_path, base_url="http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("force", "first", "last"),
    [("../etc", "2025-01", "2025-02"), ("saltmarsh", "2025-1", "2025-02"), ("saltmarsh", "2025-03", "2025-02")],
)
def test_wrong_use(force: str, first: str, last: str, tmp_path: Path):
    with pytest.raises(WrongUse):
        fetch_police(force=force, first=first, last=last, to=tmp_path)


def test_months_between_over_a_new_year():
    assert months_between("2024-11", "2025-02") == ["2024-11", "2024-12", "2025-01", "2025-02"]
