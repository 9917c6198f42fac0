"""Failures are named for the condition and explained."""

from __future__ import annotations

import importlib
import pkgutil

import upstream
from upstream.exceptions import ExitCode, UpstreamFailure


def failures() -> list[type[UpstreamFailure]]:
    """Give every failure that the library declares."""
    for found in pkgutil.walk_packages(upstream.__path__, "upstream."):
        importlib.import_module(found.name)
    seen: list[type[UpstreamFailure]] = []
    waiting = [UpstreamFailure]
    while waiting:
        kind = waiting.pop()
        seen.append(kind)
        waiting.extend(kind.__subclasses__())
    return seen


def test_failures_are_named_for_the_condition() -> None:
    assert not [kind.__name__ for kind in failures() if kind.__name__.endswith(("Error", "Exception"))]


def test_failures_say_in_their_docstring_what_happened() -> None:
    assert not [kind.__name__ for kind in failures() if not (kind.__doc__ or "").strip()]


def test_failures_answer_one_of_the_published_exit_codes() -> None:
    assert not [kind.__name__ for kind in failures() if kind.exit_code not in set(ExitCode) - {ExitCode.DONE}]
