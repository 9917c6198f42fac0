"""Failures that people can act on: how their three parts read as one."""

from __future__ import annotations

import pytest

from upstream.exceptions import UpstreamFailure


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("An open action.", "It is done. An open action. Open it again."),
        ("at most 25.0 MB", "It is done. Expected: at most 25.0 MB. Open it again."),
        ("pdf, docx", "It is done. Expected: pdf, docx. Open it again."),
        ("", "It is done. Open it again."),
    ],
)
def test_what_was_expected_reads_as_a_sentence(expected, said):
    assert str(UpstreamFailure("It is done.", expected=expected, do="Open it again.")) == said
