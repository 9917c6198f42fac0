"""Responses in eight layouts, invented, each with what a person reads in it; see `responses/invented`."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracles.responses.layouts import LAYOUTS
from oracles.responses.truth import FOLDER, differences, truth_of

from upstream.responses import read_response

TRUTHS = sorted((FOLDER / "invented").glob("*.toml"))
FORMS = [path for path in TRUTHS if truth_of(path).get("layouts")]


def document_of(truth: Path) -> Path:
    (found,) = (path for path in truth.parent.glob(f"{truth.stem}.*") if path != truth)
    return found


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_response_is_read_as_a_person_reads_it(truth: Path) -> None:
    assert differences(read_response(document_of(truth)), truth_of(truth)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("truth", FORMS, ids=lambda path: path.stem)
def test_known_form_is_read_alike_in_every_layout(truth: Path, layout: str) -> None:
    content = LAYOUTS[layout](document_of(truth).read_text(encoding="utf-8"))
    assert differences(read_response(content), truth_of(truth)) == []
