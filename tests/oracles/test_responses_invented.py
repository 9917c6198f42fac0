"""Responses in many layouts, invented, each with what a person reads in it; see `responses/invented`."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracles.responses.drawn import DRAWN
from oracles.responses.layouts import LAYOUTS
from oracles.responses.truth import FOLDER, differences, truth_of

from upstream.responses import ResponseRecord, read_response

TRUTHS = sorted((FOLDER / "invented").glob("*.toml"))
FORMS = [path for path in TRUTHS if truth_of(path).get("layouts")]


def document_of(truth: Path) -> Path:
    (found,) = (path for path in truth.parent.glob(f"{truth.stem}.*") if path != truth)
    return found


def read(truth: Path) -> ResponseRecord:
    drawn = truth_of(truth).get("drawn")
    return read_response(DRAWN[drawn](), file_name=drawn) if drawn else read_response(document_of(truth))


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_response_is_read_as_a_person_reads_it(truth: Path) -> None:
    assert differences(read(truth), truth_of(truth)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("truth", FORMS, ids=lambda path: path.stem)
def test_known_form_is_read_alike_in_every_layout(truth: Path, layout: str) -> None:
    content = LAYOUTS[layout](document_of(truth).read_text(encoding="utf-8"))
    assert differences(read_response(content), truth_of(truth)) == []
