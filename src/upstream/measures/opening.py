"""Open whatever a caller has in hand, a partnership or a build, for calculating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from upstream.measures.reader import BuildReader, open_file, scope_of
from upstream.partnership import Partnership, open_partnership

if TYPE_CHECKING:
    from upstream.store import Build


def open_reader(source: Partnership | Build | BuildReader) -> BuildReader:
    """Open the current build of a partnership, or the build given; raises `NoBuildYet` when there is none."""
    if isinstance(source, BuildReader):
        return source
    if isinstance(source, Partnership):
        from upstream.store import current_build  # the store is heavier to import than a notebook's first line needs

        return open_file(str(current_build(source).path), scope_of(source))
    return open_file(str(source.path), scope_of(open_partnership()))
