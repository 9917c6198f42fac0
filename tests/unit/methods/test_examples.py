"""The worked example in every docstring gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import upstream.methods

MODULES = sorted(found.name for found in pkgutil.iter_modules(upstream.methods.__path__, "upstream.methods."))


@pytest.mark.parametrize("name", MODULES)
def test_worked_examples(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name), raise_on_error=False)
    assert results.failed == 0


@pytest.mark.parametrize("name", [name for name in upstream.methods.__all__ if name.islower()])
def test_every_method_says_when_what_and_from_where(name: str) -> None:
    words = getattr(upstream.methods, name).__doc__ or ""
    assert ">>>" in words or name == "indirectly_standardised_rate", "a worked example"
    assert len(words.split()) > 8


def test_modules_have_been_found() -> None:
    assert len(MODULES) >= 17
