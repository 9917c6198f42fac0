"""What a partnership accumulates: the ledger of loads, builds, their health, and backups."""

from typing import TYPE_CHECKING

from upstream.store.layout import DataFolder

if TYPE_CHECKING:
    from upstream.store.archive import backup, restore
    from upstream.store.builds import (
        Build,
        UnknownBuild,
        current_build,
        get_build,
        is_current,
        list_builds,
        make_build,
        prepare,
    )
    from upstream.store.health import FeedHealth, feed_health

_LATER = {
    "Build": "builds",
    "UnknownBuild": "builds",
    "current_build": "builds",
    "get_build": "builds",
    "is_current": "builds",
    "list_builds": "builds",
    "make_build": "builds",
    "prepare": "builds",
    "FeedHealth": "health",
    "feed_health": "health",
    "backup": "archive",
    "restore": "archive",
}


def __getattr__(name: str) -> object:
    # The partnership needs only the layout, and the builds need the partnership: what stands here is fetched when
    # it is first asked for, so that neither has to wait for the other.
    if name in _LATER:
        import importlib

        return getattr(importlib.import_module(f"upstream.store.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Build",
    "DataFolder",
    "FeedHealth",
    "UnknownBuild",
    "backup",
    "current_build",
    "feed_health",
    "get_build",
    "is_current",
    "list_builds",
    "make_build",
    "prepare",
    "restore",
]
