"""Names on a drawn map: placed where they collide with nothing, left out when there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height

    def encloses(self, other: Box) -> bool:
        """Whether `other` lies wholly inside."""
        return self.holds(other.x, other.y) and self.holds(other.x + other.width, other.y + other.height)


@dataclass(frozen=True)
class Place:
    """A town and where it stands in the drawing."""

    name: str
    x: float
    y: float


def place_names(places: Sequence[Place], frame: Box, *, size: float, taken: Sequence[Box] = ()) -> str:
    """Draw a pin and a name for every place with room; earlier places win. `size` is the height of the type."""
    used, marks = list(taken), []
    for rank, place in enumerate(places):
        if not frame.holds(place.x, place.y):
            continue
        found = next(
            (
                one
                for one in _positions(place, size)
                if frame.encloses(one[0]) and not any(one[0].meets(u) for u in used)
            ),
            None,
        )
        if found is None:
            continue
        box, anchor, x, y = found
        used.extend((box, Box(place.x - size / 5, place.y - size / 5, size / 2.5, size / 2.5)))
        marks.append(_mark(place, size, anchor, x, y, minor=rank >= 8))
    return "".join(marks)


def middle_names(places: Sequence[Place], frame: Box, *, size: float) -> str:
    """Write each name over its point, without a pin; a name that meets an earlier one is left out."""
    used: list[Box] = []
    marks = []
    for place in places:
        width = len(place.name) * size * 0.58
        box = Box(place.x - width / 2, place.y - size / 2, width, size)
        if frame.encloses(box) and not any(box.meets(other) for other in used):
            used.append(box)
            marks.append(
                f'<text class="m" x="{place.x}" y="{round(place.y + size * 0.34, 1)}">{escape(place.name)}</text>'
            )
    return "".join(marks)


def _positions(place: Place, size: float) -> list[tuple[Box, str, float, float]]:
    """Above, right, left, below: the box of the name, its anchor, and the point its baseline starts from."""
    width, gap = len(place.name) * size * 0.56, size * 0.5
    x, y = place.x, place.y
    return [
        (Box(x - width / 2, y - gap - size, width, size), "m", x, y - gap),
        (Box(x + gap, y - size / 2, width, size), "", x + gap, y + size * 0.32),
        (Box(x - gap - width, y - size / 2, width, size), "e", x - gap, y + size * 0.32),
        (Box(x - width / 2, y + gap, width, size), "m", x, y + gap + size * 0.8),
    ]


def _mark(place: Place, size: float, anchor: str, x: float, y: float, *, minor: bool) -> str:
    pin, name = (" pin--minor", " minor") if minor else ("", "")
    return (
        f'<circle class="pin{pin}" cx="{place.x}" cy="{place.y}" r="{round(size / 5, 1)}"/>'
        f'<text class="{anchor}{name}" x="{round(x, 1)}" y="{round(y, 1)}">{escape(place.name)}</text>'
    )


def frame_title(title: str, box: Box, size: float) -> tuple[str, Box]:
    """Write the name of an enlarged part beside its frame: to the left where there is room, else above it."""
    words = title.split(" and ")
    lines = [word + (" and" if index < len(words) - 1 else "") for index, word in enumerate(words)]
    width, height = max(map(len, lines)) * size * 0.56, size * 1.2 * len(lines)
    beside = box.x > width + 8
    left = box.x - 6 - width if beside else box.x
    top = box.y + (box.height - height) / 2 if beside else box.y - height - 4
    anchor, x = ("e", box.x - 6) if beside else ("", box.x)
    written = "".join(
        f'<text class="{anchor}" x="{round(x, 1)}" y="{round(top + size * (0.9 + 1.2 * row), 1)}">{escape(line)}</text>'
        for row, line in enumerate(lines)
    )
    return written, Box(left, top, width, height)


def densest_box(middles: Sequence[tuple[float, float]], *, width: float, height: float) -> Box | None:
    """Find the box of that size that holds most areas; none when it holds less than a fifth of them.

    On a map of town and country a few square kilometres carry a third of the areas; they are drawn again, larger.
    """
    if len(middles) < 60:
        return None
    best, most = None, 0
    for x, y in middles:
        box = Box(x - width / 2, y - height / 2, width, height)
        held = sum(1 for point in middles if box.holds(*point))
        if held > most:
            best, most = box, held
    if best is None or most < len(middles) / 5:
        return None
    return Box(round(best.x, 1), round(best.y, 1), width, height)
