"""Our place among others, as figures of the library."""

from __future__ import annotations

from upstream_web.core.drawing.figures import ShownFigure
from upstream_web.measures.choices import Choice


def figures(choice: Choice) -> list[ShownFigure]:
    """The comparison with other forces and with similar districts, where others are held."""
    return []
