"""Takes a file in: hashes it, unpacks it, finds its encoding, counts its lines. One pass, bounded memory."""

from __future__ import annotations

import codecs
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from upstream.exceptions import InputRefused

# Small enough for the memory of a piece to be used again: pieces of 4 MiB took three times as long to copy.
CHUNK = 256 * 1024

# First bytes of things that are not tables, and what to say about them.
NOT_TABLES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "Ask the supplier for the table behind it."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", "Save it as .xlsx or CSV and load that."),
    (b"PAR1", "a Parquet file", "Export it as CSV and load that."),
    (b"\x1f\x9d", "compressed by an old method (.Z)", "Unpack it and load the file inside."),
    (b"BZh", "compressed with bzip2", "Unpack it and load the file inside."),
    (b"\xfd7zXZ", "compressed with xz", "Unpack it and load the file inside."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it and load the file inside."),
)


class FileUnreadable(InputRefused):
    """The file as a whole cannot be read as the table that the contract expects."""


@dataclass(frozen=True)
class Arrival:
    """A file taken in: `raw` is a copy as received, `text` the same unpacked and in UTF-8 (may be the same file)."""

    file_name: str
    sha256: str
    bytes: int
    raw: Path
    text: Path
    encoding: str
    line_breaks: int
    ends_with_line_break: bool
    has_nul: bool
    warnings: tuple[str, ...]


def hash_file(path: Path) -> str:
    """Compute the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass
class _Scan:
    """What one pass over the unpacked bytes has seen so far."""

    line_breaks: int = 0
    carriage_returns: int = 0
    nuls: int = 0
    size: int = 0
    last: bytes = b""
    utf8: bool = True

    def __post_init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def see(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self.line_breaks += chunk.count(b"\n")
        self.nuls += chunk.count(b"\0")
        if not self.line_breaks:
            self.carriage_returns += chunk.count(b"\r")
        self.last = chunk[-1:]
        self._decode(chunk, final=False)

    def finish(self) -> None:
        self._decode(b"", final=True)

    def _decode(self, chunk: bytes, *, final: bool) -> None:
        # Plain ASCII needs no decoding, unless a character was left half read by the piece before.
        if self.utf8 and not (chunk.isascii() and not final and not self._decoder.getstate()[0]):
            try:
                self._decoder.decode(chunk, final)
            except UnicodeDecodeError:
                self.utf8 = False


def take_in(path: Path, staging: Path, *, expects: str, encoding: str = "") -> Arrival:
    """Copy `path` into `staging`, hashing and looking at it on the way.

    `expects` is the format of the contract (csv, xlsx, geojson). Raises `FileUnreadable` when the file is empty,
    cut off, an archive, or not of that kind at all.
    """
    if not path.is_file():
        raise FileUnreadable(f"There is no file at {path}.", do="Check the name.")
    staging.mkdir(parents=True, exist_ok=True)
    raw = staging / "raw"
    with path.open("rb") as stream:
        start = stream.read(4096)
        stream.seek(0)
        _check_kind(path, start, expects)
        packed = start[:2] == b"\x1f\x8b"
        text = staging / "text" if packed else raw
        digest = hashlib.sha256()
        scan = _Scan()
        with raw.open("wb") as copy:
            if packed:
                with text.open("wb") as out:
                    for chunk in _unpacked(_copied(stream, copy, digest.update), path.name):
                        scan.see(chunk)
                        out.write(chunk)
            else:
                for _ in _copied(stream, copy, digest.update, scan.see):
                    pass
    scan.finish()
    _check_content(path, text, scan, expects)
    return _finish(path, raw, text, digest.hexdigest(), scan, expects, encoding, staging)


def _copied(stream: BinaryIO, copy: BinaryIO, *looks: Callable[[bytes], None]) -> Iterator[bytes]:
    """Copy a stream piece by piece; each piece is hashed and looked at in its turn while it is written."""

    def look_at(piece: bytes) -> None:
        for look in looks:
            look(piece)

    with ThreadPoolExecutor(max_workers=1) as beside:
        while chunk := stream.read(CHUNK):
            looked = beside.submit(look_at, chunk)
            copy.write(chunk)
            yield chunk
            looked.result()


def _unpacked(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Unpack gzip, also of several members one after another; a cut or damaged one is refused."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for piece in pieces:
            while piece:
                yield unpacker.decompress(piece)
                piece = unpacker.unused_data
                if unpacker.eof and piece:
                    unpacker = zlib.decompressobj(wbits=31)
    except zlib.error as error:
        raise FileUnreadable(
            f"{name} is damaged: it cannot be unpacked ({error}).",
            expected="A whole gzip file was expected.",
            do="Fetch or send it again.",
        ) from error
    if not unpacker.eof:
        raise FileUnreadable(
            f"{name} is cut off: its packed data end too early.",
            expected="A whole gzip file was expected.",
            do="Fetch or send it again; nothing of it was loaded.",
        )


def _check_kind(path: Path, start: bytes, expects: str) -> None:
    if not start:
        raise FileUnreadable(f"{path.name} is empty (0 bytes).", do="Ask the supplier to send it again.")
    for magic, what, cure in NOT_TABLES:
        if start.startswith(magic):
            raise FileUnreadable(f"{path.name} is {what}.", expected=f"A {expects} file was expected.", do=cure)
    if start.startswith(b"PK\x03\x04") and (expects != "xlsx" or not _is_workbook(path)):
        raise FileUnreadable(
            _describe_archive(path), expected=f"A {expects} file was expected.", do=_unpack_advice(path)
        )
    if expects == "xlsx" and not start.startswith(b"PK"):
        raise FileUnreadable(
            f"{path.name} is not an Excel workbook.",
            expected="An .xlsx file was expected.",
            do="Give the workbook itself.",
        )
    _check_not_page(path.name, start)


def _check_not_page(name: str, start: bytes) -> None:
    opening = start.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    if opening.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<error")):
        raise FileUnreadable(
            f"{name} is a web page, not a table: the download failed and the error page was saved in its place.",
            do="Fetch it again, signed in if the site asks for it.",
        )


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _describe_archive(path: Path) -> str:
    if _is_workbook(path):
        return f"{path.name} is an Excel workbook."
    try:
        with zipfile.ZipFile(path) as archive:
            names = [item.filename for item in archive.infolist() if not item.is_dir()]
    except zipfile.BadZipFile:
        return f"{path.name} is a damaged ZIP archive."
    shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    return f"{path.name} is a ZIP archive holding {len(names)} file{'s' if len(names) != 1 else ''} ({shown})."


def _unpack_advice(path: Path) -> str:
    if _is_workbook(path):
        return "Save the sheet as CSV (UTF-8) and load that."
    return "Unpack it and load the files inside, each under its feed."


def _check_content(path: Path, text: Path, scan: _Scan, expects: str) -> None:
    if scan.size == 0:
        raise FileUnreadable(f"{path.name} holds nothing once unpacked.", do="Ask the supplier to send it again.")
    if text.name == "text":
        with text.open("rb") as stream:
            start = stream.read(4096)
        _check_not_page(path.name, start)
        if start.startswith(b"PK\x03\x04") and expects != "xlsx":
            raise FileUnreadable(f"{path.name} holds a ZIP archive.", do="Unpack it and load the files inside.")


def _finish(
    path: Path, raw: Path, text: Path, sha256: str, scan: _Scan, expects: str, encoding: str, staging: Path
) -> Arrival:
    warnings: list[str] = []
    found = "binary"
    breaks = scan.line_breaks
    has_nul = scan.nuls > 0
    if expects != "xlsx":
        found = encoding or _guess_encoding(text, scan)
        if found != "utf-8" or not scan.line_breaks:
            text, breaks = _rewrite(text, staging / "utf8", found)
            has_nul = has_nul and not found.startswith("utf-16")
        if found != "utf-8":
            warnings.append(f"The file is written in {found}, not UTF-8; it was converted.")
    return Arrival(
        file_name=path.name,
        sha256=sha256,
        bytes=raw.stat().st_size,
        raw=raw,
        text=text,
        encoding=found,
        line_breaks=breaks,
        ends_with_line_break=_ends_with_break(text),
        has_nul=has_nul,
        warnings=tuple(warnings),
    )


def _guess_encoding(text: Path, scan: _Scan) -> str:
    with text.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if scan.nuls > scan.size * 0.2:
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    if scan.utf8:
        return "utf-8"
    return "windows-1252" if _decodes(text, "windows-1252") else "latin-1"


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as stream:
            while stream.read(CHUNK):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _rewrite(text: Path, target: Path, encoding: str) -> tuple[Path, int]:
    """Write the text again in UTF-8 with line feeds; returns the path and the number of line breaks."""
    breaks = 0
    try:
        with text.open(encoding=encoding) as source, target.open("w", encoding="utf-8", newline="\n") as out:
            while piece := source.read(CHUNK):
                breaks += piece.count("\n")
                out.write(piece)
    except UnicodeError as error:
        raise FileUnreadable(
            f"The text cannot be read as {encoding} ({error}).", do="Save it as UTF-8 and load that."
        ) from error
    return target, breaks


def _ends_with_break(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-1, 2)
        return stream.read(1) in (b"\n", b"\r")
