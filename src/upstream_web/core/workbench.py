"""The open partnership and its current build, as every view sees them, with results kept for each build."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings

from upstream import store
from upstream.exceptions import NoBuildYet
from upstream.partnership import Partnership, open_partnership

if TYPE_CHECKING:
    from upstream.store import Build

Answer = TypeVar("Answer")
KEPT_RESULTS = 2_000


@lru_cache(maxsize=4)
def _open(folder: str, data: str) -> Partnership:
    return open_partnership(folder, data=data)


def get_partnership() -> Partnership:
    """Give the partnership that this site serves."""
    return _open(str(settings.PARTNERSHIP_FOLDER), str(settings.DATA_ROOT))


@lru_cache(maxsize=16)
def _build_at(partnership_folder: str, data: str, pointed_at: tuple[int, int]) -> Build:
    return store.current_build(_open(partnership_folder, data))


def get_build() -> Build:
    """Give the build in use; raises `NoBuildYet` before the first one is made.

    The description of a build is read once: only the file that names the build in use is looked at each time.
    """
    pointer = get_partnership().data.builds / "current"
    try:
        seen = pointer.stat()
    except FileNotFoundError:
        return store.current_build(get_partnership())
    return _build_at(str(settings.PARTNERSHIP_FOLDER), str(settings.DATA_ROOT), (seen.st_mtime_ns, seen.st_ino))


def find_build() -> Build | None:
    """Give the build in use, or None before the first one is made."""
    try:
        return get_build()
    except NoBuildYet:
        return None


class BuildResults:
    """Results that hold for as long as a build is in use, shared by the threads of a process.

    A result is calculated once even when twenty people ask for it at the same moment: the others wait
    for the first. Results of an earlier build are forgotten as room is needed.
    """

    def __init__(self, kept: int = KEPT_RESULTS) -> None:
        self._kept = kept
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._under_way: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, calculate: Callable[[], Answer]) -> Answer:
        """Give the result kept under `key`, calculating it first if there is none."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            turn = self._under_way.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._results:
                    return self._results[key]
            try:
                return self._keep(key, calculate())
            finally:
                with self._lock:
                    self._under_way.pop(key, None)

    def _keep(self, key: Hashable, result: Answer) -> Answer:
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._kept:
                self._results.popitem(last=False)
        return result

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._results.clear()


_results = BuildResults()


def kept_for_build(name: str, calculate: Callable[[], Answer], *parts: Hashable) -> Answer:
    """Give a result that depends on nothing but the current build and `parts`; calculated once a process.

    Example: `kept_for_build("measure", lambda: calculate(build, name), name, level)`.
    """
    build = find_build()
    key = (str(settings.DATA_ROOT), get_partnership().slug, build.id if build else None, name, *parts)
    return _results.get(key, calculate)


def forget_results() -> None:
    """Forget every kept result of this process."""
    _results.clear()
