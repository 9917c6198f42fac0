"""The same paper gives the same bytes, in another process, on another day, with another order of hashes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pptx
import pytest
from factories.small_paper import MADE_AT, small_paper

from upstream.papers import FORMS, render, write

ROOT = Path(__file__).resolve().parents[3]
DIGESTS = """
import hashlib, json
from factories.small_paper import small_paper
from upstream.papers import FORMS, render
print(json.dumps({form: hashlib.sha256(render(small_paper(), form)).hexdigest() for form in FORMS}))
"""


def digests(seed: str) -> dict[str, str]:
    places = os.pathsep.join(str(ROOT / name) for name in ("src", "tests"))
    made = subprocess.run(
        [sys.executable, "-c", DIGESTS],
        env={**os.environ, "PYTHONPATH": places, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(made.stdout)
    return found


@pytest.mark.slow
def test_two_processes_make_the_same_bytes() -> None:
    first, second = digests("1"), digests("2")
    assert first == second
    assert set(first) == set(FORMS)


def test_write_gives_what_render_gives(tmp_path: Path) -> None:
    written = write(small_paper(), tmp_path / "new", "pack")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {f"pack.{form}" for form in FORMS}
    for form, path in written.items():
        again = render(small_paper(), form, cache=tmp_path / "cache")
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(again).digest()


@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_office_files_are_dated_by_the_paper(form: str) -> None:
    content = render(small_paper(), form)
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        assert {member.date_time for member in package.infolist()} == {(2026, 2, 11, 9, 30, 0)}
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    made = docx.Document(BytesIO(content)) if form == "docx" else pptx.Presentation(BytesIO(content))
    assert made.core_properties.created.replace(tzinfo=None) == MADE_AT.replace(tzinfo=None)
    assert made.core_properties.modified.replace(tzinfo=None) == MADE_AT.replace(tzinfo=None)


def test_pdf_is_dated_by_the_paper() -> None:
    with pikepdf.open(BytesIO(render(small_paper(), "pdf"))) as made:
        assert str(made.docinfo["/CreationDate"]).startswith("D:20260211093000")
