"""What this package needs of a build, and a memory for answers that hold as long as the build does."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import duckdb
import polars as pl

KEPT_ANSWERS = 128

P = ParamSpec("P")
T = TypeVar("T")


class HeldBuild(Protocol):
    """A build as `upstream.store` gives it: an identifier, a file, and a read-only connection to it."""

    @property
    def id(self) -> str:
        """Identifier that every figure carries."""

    @property
    def path(self) -> Path:
        """Where the build lies; two builds of different partnerships may share an identifier."""

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open the build for reading."""


def read(build: HeldBuild, query: str, parameters: list[object] | dict[str, object] | None = None) -> pl.DataFrame:
    """Run one query on a build and give its rows."""
    cursor = build.connect()
    return cursor.sql(query, params=parameters).pl()


def once_per_build(
    function: Callable[Concatenate[HeldBuild, P], T],
) -> Callable[Concatenate[HeldBuild, P], T]:
    """Remember what `function` answers for a build; a build never changes, so the answer never does.

    The least recently used answers are forgotten. Answers are shared: do not alter them.
    """
    answers: OrderedDict[Hashable, Any] = OrderedDict()
    lock = threading.Lock()

    @functools.wraps(function)
    def remembered(build: HeldBuild, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (str(build.path), build.id, args, tuple(sorted(kwargs.items())))
        with lock:
            if key in answers:
                answers.move_to_end(key)
                return answers[key]
        answer = function(build, *args, **kwargs)
        with lock:
            answers[key] = answer
            while len(answers) > KEPT_ANSWERS:
                answers.popitem(last=False)
        return answer

    return remembered
