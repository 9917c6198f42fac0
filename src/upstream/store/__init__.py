"""What a partnership accumulates: the ledger of loads, builds, their health, and backups."""

from upstream.store.layout import DataFolder

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


__all__ = ["DataFolder", *_LATER]
