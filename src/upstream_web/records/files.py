"""What may be attached to a record, told by content and by name, which must agree; and what is taken out of it."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import puremagic
from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from upstream.exceptions import InputRefused
from upstream_web.core.file_names import safe_name
from upstream_web.core.words import size_words

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "txt": "text/plain",
    "csv": "text/csv",
}
PACKED = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "odt": "", "ods": "", "odp": ""}
PICTURES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
PLAIN = {"txt", "csv"}
SAME = {"jpeg": "jpg", "jfif": "jpg", "jpe": "jpg"}
MOST_PIXELS = 80_000_000
MOST_UNPACKED_BYTES = 1_000_000_000
# Texts that a browser or a shell would take for something to carry out.
ACTIVE = re.compile(rb"^\s*(#!|<\?|<!|<[a-z]+[\s>])", re.IGNORECASE)
PROGRAMS = re.compile(r"(vbaproject\.bin|macrosheets/|activex/|^basic/|^scripts/)", re.IGNORECASE)
PDF_AUTHOR = re.compile(rb"/Author\s*\(((?:[^()\\]|\\.){1,200})\)")
SCAN_SECONDS = 120


class FileNotAllowed(InputRefused):
    """A file of a kind, size or content that is not attached to records."""


class ScannerFailed(InputRefused):
    """The virus scanner found something, or could not look."""


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its safe name, its media type, its bytes without hidden places, and what to know."""

    name: str
    media_type: str
    content: bytes
    notes: list[str] = field(default_factory=list)


def check(given_name: str, content: bytes) -> Checked:
    """Look at a file that somebody wants to attach; raises `FileNotAllowed`."""
    name = safe_name(given_name)
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in MEDIA_TYPES:
        raise FileNotAllowed(
            f"{name} is not of a kind that can be attached.",
            expected=", ".join(MEDIA_TYPES),
            do="Save it in one of these forms, best as PDF.",
        )
    if not content:
        raise FileNotAllowed(f"{name} is empty.", do="Choose the file again.")
    if len(content) > settings.ATTACHMENT_BYTES:
        raise FileNotAllowed(
            f"{name} has {size_words(len(content))}.",
            expected=f"at most {size_words(settings.ATTACHMENT_BYTES)}",
            do="Make it smaller, or attach a link to it in a comment.",
        )
    checked = Checked(name, MEDIA_TYPES[kind], content)
    if kind in PLAIN:
        _check_plain(name, content)
        return checked
    _check_magic(name, kind, content)
    if kind in PICTURES:
        return _without_places(checked, PICTURES[kind])
    if kind in PACKED:
        return replace(checked, notes=_look_into_package(name, kind, content))
    return replace(checked, notes=_pdf_notes(content))


def _not_what_it_says(name: str, found: str) -> FileNotAllowed:
    return FileNotAllowed(
        f"{name} is {found}.", expected="a file whose content is what its name says", do="Save it again in its form."
    )


def _check_plain(name: str, content: bytes) -> None:
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if b"\0" in content or ACTIVE.match(head):
        raise _not_what_it_says(name, "no plain text")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if any(byte < 9 or 14 <= byte < 32 for byte in content):
            raise _not_what_it_says(name, "no plain text") from None


def _check_magic(name: str, kind: str, content: bytes) -> None:
    try:
        found = {match.extension.lstrip(".").lower() for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        found = set()
    found = {SAME.get(each, each) for each in found}
    if kind in PACKED:
        if not zipfile.is_zipfile(io.BytesIO(content)) or not content.startswith(b"PK\x03\x04"):
            raise _not_what_it_says(name, "not what its name says")
    elif SAME.get(kind, kind) not in found:
        raise _not_what_it_says(name, f"no {kind} file by its content")


def _look_into_package(name: str, kind: str, content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.namelist()
            if sum(member.file_size for member in package.infolist()) > MOST_UNPACKED_BYTES:
                raise _not_what_it_says(name, "far larger once unpacked")
            types = package.read("[Content_Types].xml") if "[Content_Types].xml" in members else b""
            own = package.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in members else ""
            core = package.read("docProps/core.xml") if "docProps/core.xml" in members else b""
    except (zipfile.BadZipFile, KeyError, RuntimeError) as error:
        raise _not_what_it_says(name, "damaged or locked with a password") from error
    if any(PROGRAMS.search(member) for member in members) or b"macroEnabled" in types:
        raise FileNotAllowed(f"{name} holds macros.", do="Save it without them, or as PDF.")
    fits = own == MEDIA_TYPES[kind] if not PACKED[kind] else any(one.startswith(PACKED[kind]) for one in members)
    if not fits:
        raise _not_what_it_says(name, "another kind of document")
    return _author_notes(_creator(core))


def _creator(core: bytes) -> str:
    try:
        found = ElementTree.fromstring(core).findtext("{http://purl.org/dc/elements/1.1/}creator") if core else ""
    except ElementTree.ParseError:
        return ""
    return (found or "").strip()


def _pdf_notes(content: bytes) -> list[str]:
    found = PDF_AUTHOR.search(content)
    return _author_notes(found[1].decode("latin-1") if found else "")


def _author_notes(author: str) -> list[str]:
    if author:
        return [f"The file names its author: {author[:100]}."]
    return ["The file may name its author; that was left as it is."]


def _without_places(checked: Checked, form: str) -> Checked:
    """Write a picture again without the place, time and device that cameras hide in it."""
    try:
        with Image.open(io.BytesIO(checked.content), formats=[form]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FileNotAllowed(f"{checked.name} has too many dots.", do="Make the picture smaller.")
            hidden = bool(opened.getexif() or opened.info.keys() & {"exif", "xmp", "XML:com.adobe.xmp", "comment"})
            turned: Any = ImageOps.exif_transpose(opened)
            kept: dict[str, Any] = {"icc_profile": opened.info.get("icc_profile")}
            turned.info = {}
            written = io.BytesIO()
            turned.save(written, form, **kept, **({} if form == "PNG" else {"quality": 92}))
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise _not_what_it_says(checked.name, "no picture that can be opened") from error
    note = ["Place, time and device were taken out of the picture."] if hidden else []
    return replace(checked, content=written.getvalue(), notes=note)


def scan(path: Path) -> bool:
    """Let the virus scanner look at a file; False when none is set up. Raises `ScannerFailed`."""
    if not settings.VIRUS_SCANNER:
        return False
    command = [part.replace("{file}", str(path)) for part in shlex.split(settings.VIRUS_SCANNER)]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=SCAN_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerFailed(
            "The virus scanner could not look at the file.", do="Try again, or tell your steward."
        ) from error
    if ended.returncode:
        raise ScannerFailed("The virus scanner did not find the file clean.", do="Do not open it; tell your steward.")
    return True
