"""Names of towns on a map, each put where it covers neither another name nor another dot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from upstream.charts.drawing import Drawing, Pixels, text_width
from upstream.charts.map_shapes import Projection

Place = tuple[str, float, float]  # name, longitude, latitude
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class NamePlace:
    """A name with its dot and where it is written."""

    text: str
    x: float
    y: float
    text_x: float
    text_y: float
    align: str
    box: Rectangle


def placed(
    places: Iterable[Place],
    projection: Projection,
    within: Rectangle,
    *,
    taken: Sequence[Rectangle] = (),
    size: float = 12,
) -> list[NamePlace]:
    """Choose a side for each name, in the order given; a name that fits nowhere is left out."""
    boxes, named = list(taken), []
    dots = [(name, *projection.pixel(longitude, latitude)) for name, longitude, latitude in places]
    pins = [(x - 3, y - 3, x + 3, y + 3) for _, x, y in dots]
    for name, x, y in dots:
        others = [pin for pin in pins if pin != (x - 3, y - 3, x + 3, y + 3)]
        if any(_overlap((x, y, x, y), box) for box in taken):
            continue
        for choice in _sides(name, x, y, size):
            if _inside(choice.box, within) and not any(_overlap(choice.box, box) for box in (*boxes, *others)):
                named.append(choice)
                boxes.append(choice.box)
                break
    return named


def write_names(drawing: Drawing, names: Sequence[NamePlace], *, size: float = 12, radius: float = 2.4) -> None:
    """Draw the dots and names with a white halo."""
    rows = [{"x": name.x, "y": name.y} for name in names]
    if not rows:
        return
    drawing.points(rows, "ink", x=Pixels("x"), y=Pixels("y"), radius=radius)
    for align in ("left", "center", "right"):
        chosen = [{"x": n.text_x, "y": n.text_y, "text": n.text} for n in names if n.align == align]
        if chosen:
            look = {"align": align, "halo": True, "halo_width": 3, "size": size, "dy": 0}
            drawing.text(chosen, "ink", x=Pixels("x"), y=Pixels("y"), **look)


def _sides(name: str, x: float, y: float, size: float) -> list[NamePlace]:
    wide = text_width(name, size)
    up, middle, down = y - 6, y + size * 0.36, y + size + 3
    spots = [(x, up, "center"), (x + 7, middle, "left"), (x - 7, middle, "right"), (x, down, "center")]
    starts = {"left": 0.0, "center": wide / 2, "right": wide}
    return [
        NamePlace(name, x, y, text_x, text_y, align,
                  (text_x - starts[align] - 1, text_y - size * 0.85, text_x - starts[align] + wide + 1, text_y + 3))
        for text_x, text_y, align in spots
    ]  # fmt: skip


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _inside(box: Rectangle, within: Rectangle) -> bool:
    return box[0] >= within[0] and box[1] >= within[1] and box[2] <= within[2] and box[3] <= within[3]
