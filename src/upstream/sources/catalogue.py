"""Which contracts a partnership has: those that come with the software, and its own, which win."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path

from upstream.exceptions import UnknownFeed
from upstream.partnership import Partnership
from upstream.sources.contract import Source
from upstream.sources.reader import read_document, read_source

BUILT_IN = Path(__file__).parent


def _files(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


@lru_cache(maxsize=16)
def _read_all(stamps: tuple[tuple[str, str, int], ...]) -> dict[str, Source]:
    paths = {name: Path(path) for name, path, _ in stamps}
    documents = {name: read_document(path) for name, path in paths.items()}
    return {name: read_source(name, documents, where=paths[name]) for name in sorted(documents)}


def load_sources(partnership: Partnership) -> dict[str, Source]:
    """Read every contract, by the feed's name; the partnership's own `sources/*.toml` win over the built-in ones."""
    paths = _files(BUILT_IN) | _files(partnership.folder / "sources")
    return dict(_read_all(tuple((name, str(path), path.stat().st_mtime_ns) for name, path in paths.items())))


def get_source(partnership: Partnership, feed: str) -> Source:
    """Find the contract called `feed`; raises `UnknownFeed` with the nearest names."""
    sources = load_sources(partnership)
    if feed in sources:
        return sources[feed]
    near = difflib.get_close_matches(feed, sources, n=3, cutoff=0.5)
    raise UnknownFeed(
        f"There is no feed called “{feed}”.",
        expected=f"Nearest names: {', '.join(near)}." if near else "",
        do="`upstream feeds` lists all of them; a new one needs a contract in the partnership’s sources folder.",
    )
