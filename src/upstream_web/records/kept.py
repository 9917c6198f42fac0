"""Results that hold until any record changes: calculated once a process, for everybody."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from upstream_web.core.operations import is_under_way
from upstream_web.core.workbench import kept_for_build
from upstream_web.records.history import newest_change

Answer = TypeVar("Answer")


def kept_until_changed(name: str, calculate: Callable[[], Answer], *parts: Hashable) -> Answer:
    """Give a result that depends on records, the build in use and `parts`, and on nobody's rights.

    Within an operation it is calculated: what that changes has no number yet. Nobody may change what this gives.
    """
    return calculate() if is_under_way() else kept_for_build(name, calculate, *parts, newest_change())
