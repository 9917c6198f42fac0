"""Functions and modules stay short enough to be read at one sitting."""

from __future__ import annotations

import statistics

import pytest
from architecture.source_tree import SOURCE, functions, length, modules

LONGEST_FUNCTION_LINES = 60
LONGEST_MODULE_LINES = 500
CATCHALL_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "business_logic"}


def test_function_length_is_bounded() -> None:
    too_long = [
        f"{path.relative_to(SOURCE)}:{function.lineno} {function.name} has {length(function)} lines"
        for path in modules()
        for function in functions(path)
        if length(function) > LONGEST_FUNCTION_LINES
    ]
    assert not too_long, "\n".join(too_long)


def test_module_length_is_bounded() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    too_long = {str(path.relative_to(SOURCE)): lines for path, lines in lengths.items() if lines > LONGEST_MODULE_LINES}
    assert not too_long


def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted(length(function) for path in modules() for function in functions(path))
    nine_in_ten = lengths[int(len(lengths) * 0.9)]
    assert statistics.median(lengths) <= 12
    assert nine_in_ten <= 30


@pytest.mark.parametrize("name", sorted(CATCHALL_NAMES))
def test_no_module_is_a_catch_all(name: str) -> None:
    assert not [str(path) for path in modules() if path.stem == name or name in path.relative_to(SOURCE).parts]
