"""Three published responses, whose words are not kept here: UPSTREAM_RESPONSE_RECORDS names the folder with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from oracles.responses.layouts import LAYOUTS
from oracles.responses.truth import FOLDER, differences, truth_of

from upstream.responses import read_response

TRUTHS = sorted((FOLDER / "published").glob("*.toml"))
HELD = os.environ.get("UPSTREAM_RESPONSE_RECORDS")
pytestmark = pytest.mark.skipif(
    not HELD, reason="UPSTREAM_RESPONSE_RECORDS does not name a folder with the three published responses"
)


def document_of(truth: Path) -> Path:
    (found,) = Path(str(HELD)).glob(truth_of(truth)["document"])
    return found


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_published_response_as_text(truth: Path) -> None:
    assert differences(read_response(document_of(truth)), truth_of(truth)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_published_response_as_word_and_pdf(truth: Path, layout: str, tmp_path: Path) -> None:
    ending = ".docx" if layout.startswith("word") else ".pdf"
    made = tmp_path / f"response{ending}"
    made.write_bytes(LAYOUTS[layout](document_of(truth).read_text(encoding="utf-8")))
    assert differences(read_response(made), truth_of(truth)) == []
