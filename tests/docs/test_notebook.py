"""The worked notebook runs from top to bottom."""

from __future__ import annotations

import nbformat
import pytest
from docs.documents import ROOT
from nbclient import NotebookClient

from upstream.partnership import Partnership

NOTEBOOK = ROOT / "docs" / "tutorials" / "first-measure.ipynb"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs(example: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTREAM_DATA", str(example.data.root.parent))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    done = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    assert all(output.output_type != "error" for cell in done.cells for output in cell.get("outputs", []))
    assert any(cell.get("outputs") for cell in done.cells)


def test_notebook_is_committed_without_output() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not [cell.id for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
