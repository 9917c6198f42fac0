"""Open whatever a caller has in hand, a partnership or a build, for calculating."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

import ibis

from upstream.exceptions import WrongUse
from upstream.measures.calculations import Scope
from upstream.measures.reader import BuildReader, scope_of
from upstream.partnership import Partnership, open_partnership

if TYPE_CHECKING:
    from upstream.store.builds import Build

BUILDS_KEPT_OPEN = 4


class PartnershipOfBuildUnknown(WrongUse):
    """A build was given of a partnership whose folder is not the one in use."""


def open_reader(source: Partnership | Build | BuildReader) -> BuildReader:
    """Open the current build of a partnership, or the build given; raises `NoBuildYet` when there is none.

    A build does not know its partnership's folder: the one in use must be its own, otherwise
    `PartnershipOfBuildUnknown` is raised.
    """
    if isinstance(source, BuildReader):
        return source
    if isinstance(source, Partnership):
        from upstream.store.builds import current_build  # loads the whole of ingestion, which a figure does not need

        return _open(current_build(source), scope_of(source), os.getpid())
    partnership = open_partnership()
    if partnership.slug != source.partnership:
        raise PartnershipOfBuildUnknown(
            f"Build {source.id} is of {source.partnership}, and the partnership in use is {partnership.slug}.",
            do="Give the partnership instead of the build.",
        )
    return _open(source, scope_of(partnership), os.getpid())


@lru_cache(maxsize=BUILDS_KEPT_OPEN)
def _open(build: Build, scope: Scope, process: int) -> BuildReader:
    """Open a build once in a process, with a connection that nobody else uses; a forked process opens its own."""
    return BuildReader(ibis.duckdb.from_connection(build.connect()), scope)
