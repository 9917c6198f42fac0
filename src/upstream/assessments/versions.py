"""Versions of the needs assessment: each kept whole in a folder of its own, never changed afterwards."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from upstream.assessments import document_json
from upstream.assessments.document import Document
from upstream.exceptions import WrongUse
from upstream.partnership import Partnership

FACTS = "version.json"
ID = re.compile(r"\d{4}-\d{2}-\d{2}\.\d+")
DOWNLOADS = (
    "needs-assessment.html",
    "needs-assessment.pdf",
    "needs-assessment.docx",
    "figures.json",
)
Progress = Callable[[str, float], None]
Write = Callable[[Document, Path], object]


class UnknownVersion(WrongUse):
    """No version of the assessment has that identifier."""


@dataclass(frozen=True)
class Version:
    """One version: who made it when, from which build, and how far its data reach."""

    id: str
    title: str
    made_at: datetime
    made_by: str
    build: str
    data_to: date
    folder: Path

    def document(self) -> Document:
        """Read the document as it was."""
        return document_json.recall(self.folder)

    def files(self) -> tuple[Path, ...]:
        """List the files that may be downloaded."""
        return tuple(self.folder / name for name in DOWNLOADS if (self.folder / name).is_file())


def list_versions(partnership: Partnership) -> list[Version]:
    """List every version, newest first."""
    folder = partnership.data.assessments
    found = [_read(path.parent) for path in folder.glob(f"*/{FACTS}") if ID.fullmatch(path.parent.name)]
    return sorted(found, key=lambda version: (version.made_at, _number(version.id)), reverse=True)


def get_version(partnership: Partnership, version_id: str) -> Version:
    """Give one version; raises `UnknownVersion` with the identifiers there are."""
    folder = partnership.data.assessments / version_id
    if ID.fullmatch(version_id) and (folder / FACTS).is_file():
        return _read(folder)
    known = ", ".join(version.id for version in list_versions(partnership)) or "none yet"
    raise UnknownVersion(f"No assessment has the identifier {version_id!r}.", expected=f"one of: {known}.")


def keep_version(partnership: Partnership, document: Document, write: Write, *, made_by: str) -> Version:
    """Write the document in all its forms into a new folder; `write` is given the document and that folder.

    The folder appears only when it is complete: an interrupted one leaves nothing that could be taken for a version.
    """
    root = partnership.data.assessments
    root.mkdir(parents=True, exist_ok=True)
    identifier = _next_id(root, document.made_at.date())
    part = root / f".{identifier}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    write(document, part)
    document_json.keep(document, part)
    version = Version(
        identifier, document.title, document.made_at, made_by, document.build, document.data_to, root / identifier
    )
    facts = {name: str(value) for name, value in asdict(version).items() if name != "folder"}
    facts["made_at"] = version.made_at.isoformat()
    (part / FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=2), encoding="utf-8")
    part.rename(version.folder)
    return version


def _read(folder: Path) -> Version:
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    facts |= {
        "made_at": datetime.fromisoformat(facts["made_at"]),
        "data_to": date.fromisoformat(facts["data_to"]),
        "folder": folder,
    }
    return Version(**facts)


def _next_id(root: Path, day: date) -> str:
    used = [_number(path.name) for path in root.glob(f"{day.isoformat()}.*") if ID.fullmatch(path.name)]
    return f"{day.isoformat()}.{max(used, default=0) + 1}"


def _number(identifier: str) -> int:
    return int(identifier.rpartition(".")[2])
