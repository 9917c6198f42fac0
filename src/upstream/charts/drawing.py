"""A drawing surface that ends in a plain Vega-Lite specification.

Python decides every position, so that the drawing is alike on the page, in the PDF and in the Word file.
Positions come in three forms: a number is a place in pixels from the top left of the plot; a text is the name
of a field in the units of the axis; `Pixels("field")` is a field already in pixels.

Plain dictionaries rather than Altair's classes: a control chart of 17 layers took 138 ms of processor time through
Altair 6.3 (76 ms without its checks), after most of a second to import it; here its two drawings, table and text take
1.2 ms. `render.altair_chart` gives any drawing as an Altair chart, and a test holds every specification to its schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from upstream.charts.theme import STRONG, TEXT_PX, colour, config

Row = Mapping[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
HATCH_STEP = 9.9  # 7 px across the lines, as the site's hatch


@dataclass(frozen=True)
class Pixels:
    """The name of a field that holds a place in pixels."""

    field: str


Position = float | int | str | Pixels


@dataclass(frozen=True)
class Padding:
    """The room around the plot, in pixels, for ticks and labels."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0


@dataclass
class Drawing:
    """Collects marks in drawing order. `width` and `height` are the whole picture, in pixels."""

    width: float
    height: float
    padding: Padding = Padding()
    x_domain: tuple[float, float] = (0.0, 1.0)
    y_domain: tuple[float, float] = (0.0, 1.0)
    layers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def plot_width(self) -> float:
        """The width between the paddings."""
        return self.width - self.padding.left - self.padding.right

    @property
    def plot_height(self) -> float:
        """The height between the paddings."""
        return self.height - self.padding.top - self.padding.bottom

    def x_pixel(self, value: float) -> float:
        """Give the place of a value on the x axis."""
        low, high = self.x_domain
        return _round((value - low) / (high - low) * self.plot_width)

    def y_pixel(self, value: float) -> float:
        """Give the place of a value on the y axis, counted downwards."""
        low, high = self.y_domain
        return _round((high - value) / (high - low) * self.plot_height)

    def add(self, mark: dict[str, Any], rows: Iterable[Row], **positions: Position | None) -> dict[str, Any]:
        """Add one layer and return its encoding, to which a caller may add channels."""
        kept = [dict(row) for row in rows]
        for axis in ("x", "y"):
            self._pair(axis, kept, positions)
        encoding = {channel: self._encode(channel, place) for channel, place in positions.items() if place is not None}
        self.layers.append({"data": {"values": kept}, "mark": mark, "encoding": encoding})
        return encoding

    def lines(self, rows: Iterable[Row], token: str, *, width: float = 1, dash: Sequence[int] = (), **at: Any) -> None:
        """Draw a straight line for each row, from x, y to x2, y2."""
        mark: dict[str, Any] = {"type": "rule", "color": colour(token), "strokeWidth": width}
        if dash:
            mark["strokeDash"] = list(dash)
        if at.pop("round_cap", False):
            mark["strokeCap"] = "round"
        self.add(mark, rows, **at)

    def boxes(self, rows: Iterable[Row], token: str, *, corner: float = 0, **at: Any) -> dict[str, Any]:
        """Draw a filled rectangle for each row, from x, y to x2, y2."""
        mark: dict[str, Any] = {"type": "rect", "color": colour(token)}
        if corner:
            mark["cornerRadius"] = corner
        return self.add(mark, rows, **at)

    def path(self, rows: Iterable[Row], token: str, *, x: Position, y: Position, width: float = 1.75) -> None:
        """Draw one line through the rows, in their order, for each value of the field `part`."""
        mark = {
            "type": "line", "color": colour(token), "strokeWidth": width, "strokeJoin": "round", "strokeCap": "round",
        }  # fmt: skip
        encoding = self.add(mark, rows, x=x, y=y)
        encoding["detail"] = {"field": "part", "type": "nominal"}
        encoding["order"] = {"field": "order", "type": "quantitative"}

    def points(
        self, rows: Iterable[Row], token: str, *, x: Position, y: Position, radius: float = 3, **look: Any
    ) -> dict[str, Any]:
        """Draw a mark for each row: a disc, or the `shape` named; `hollow` marks are too young to judge.

        Rows with a field `note` show it under the pointer.
        """
        shape = look.get("shape", "circle")
        mark: dict[str, Any] = {
            "type": "point", "shape": shape, "filled": True, "opacity": 1, "size": _area(shape, radius),
            "color": colour(token), "stroke": colour("paper"), "strokeWidth": look.get("edge", 1),
        }  # fmt: skip
        if look.get("hollow"):
            mark |= {"color": colour("paper"), "stroke": colour(token), "strokeWidth": 1.5}
        rows = list(rows)
        encoding = self.add(mark, rows, x=x, y=y)
        if rows and "note" in rows[0]:
            encoding["tooltip"] = {"field": "note", "type": "nominal"}
        return encoding

    def text(self, rows: Iterable[Row], token: str = "ink-3", *, x: Position, y: Position, **look: Any) -> None:
        """Write the field `text` of each row; `halo` parts it from what lies beneath, `strong` is semibold."""
        mark: dict[str, Any] = {
            "type": "text", "align": look.get("align", "left"), "dx": look.get("dx", 0), "dy": look.get("dy", 4),
            "fontSize": look.get("size", TEXT_PX), "color": colour(token),
        }  # fmt: skip
        if look.get("strong"):
            mark["fontWeight"] = STRONG
        rows = list(rows)
        halo = look.get("halo")
        if halo:
            ground = colour(halo if isinstance(halo, str) else "paper")
            under = mark | {"stroke": ground, "strokeWidth": look.get("halo_width", 4), "strokeJoin": "round"}
            self.add(under | {"color": ground}, rows, x=x, y=y)["text"] = {"field": "text"}
        self.add(mark, rows, x=x, y=y)["text"] = {"field": "text"}

    def write(self, x: float, y: float, text: str, token: str = "ink-3", **look: Any) -> None:
        """Write one text at a place in pixels."""
        self.text([{"text": text}], token, x=x, y=y, **look)

    def hatch(self, x: float, y: float, x2: float, y2: float) -> None:
        """Fill a rectangle of pixels with the look of the unknown: diagonal lines on a pale ground."""
        self.boxes([{}], "unknown-tint", x=x, y=y, x2=x2, y2=y2)
        rows = [dict(zip(("x", "y", "x2", "y2"), ends, strict=True)) for ends in hatch_lines(x, y, x2, y2)]
        self.lines(rows, "unknown", x=Pixels("x"), y=Pixels("y"), x2=Pixels("x2"), y2=Pixels("y2"))

    def plate(self, x: float, y: float, texts: Sequence[str], *, room: float) -> None:
        """Write lines of text centred at a place on a white plate, as wide as the longest line or the room."""
        longest = max(text_width(text) for text in texts) + 12
        wide, tall = min(longest, room), 16 * len(texts) + 4
        self.boxes([{}], "paper", corner=2, x=x - wide / 2, x2=x + wide / 2, y=y - tall / 2, y2=y + tall / 2)
        for number, text in enumerate(texts):
            self.write(x, y + 16 * (number - (len(texts) - 1) / 2), text, "ink-2", align="center")

    def upright(self, x: float, y: float, text: str) -> None:
        """Write a text upwards on a white plate, where there is no room across."""
        half = text_width(text) / 2 + 4
        self.boxes([{}], "paper", corner=2, x=x - 8, x2=x + 8, y=y - half, y2=y + half)
        mark = {"type": "text", "angle": 270, "align": "center", "dy": 4, "color": colour("ink-2")}
        self.add(mark, [{"text": text}], x=x, y=y)["text"] = {"field": "text"}

    def spec(self) -> dict[str, Any]:
        """Give the specification; it holds everything, data too."""
        pad = self.padding
        return {
            "$schema": SCHEMA,
            "width": self.plot_width,
            "height": self.plot_height,
            "padding": {"left": pad.left, "top": pad.top, "right": pad.right, "bottom": pad.bottom},
            "autosize": {"type": "none"},
            "config": config(),
            "layer": self.layers,
        }

    def _pair(self, axis: str, rows: list[dict[str, Any]], positions: dict[str, Position | None]) -> None:
        """Turn both ends of a mark into pixels when one is a fixed place and the other a field.

        Vega-Lite wants two fields or two values for the ends of one mark.
        """
        ends = [positions.get(axis), positions.get(f"{axis}2")]
        if sum(isinstance(end, int | float) for end in ends) != 1 or None in ends:
            return
        pixel = self.x_pixel if axis == "x" else self.y_pixel
        for channel, end in zip((axis, f"{axis}2"), ends, strict=True):
            for row in rows:
                if isinstance(end, str):
                    row[f"{channel}_px"] = pixel(row[end])
                elif isinstance(end, int | float):
                    row[f"{channel}_px"] = _round(end)
            if not isinstance(end, Pixels):
                positions[channel] = Pixels(f"{channel}_px")

    def _encode(self, channel: str, place: Position) -> dict[str, Any]:
        if isinstance(place, int | float):
            return {"value": _round(place)}
        if channel in ("x2", "y2"):
            return {"field": place.field if isinstance(place, Pixels) else place}
        if isinstance(place, Pixels):
            return {"field": place.field, "type": "quantitative", "scale": None, "axis": None}
        domain = self.x_domain if channel == "x" else self.y_domain
        scale = {"domain": list(domain), "nice": False, "zero": False}
        return {"field": place, "type": "quantitative", "scale": scale, "axis": None}


def nothing_held(width: float, height: float) -> dict[str, Any]:
    """Give the drawing of a figure for which nothing is held: a hatch and the words, and no scale."""
    drawing = Drawing(width, height)
    drawing.hatch(0, 0, width, height)
    drawing.plate(width / 2, height / 2, ["not held"], room=width)
    return drawing.spec()


def hatch_lines(x: float, y: float, x2: float, y2: float) -> list[tuple[float, float, float, float]]:
    """Give the diagonal lines, rising to the right, that fill a rectangle without leaving it."""
    ends = []
    total = x + y + HATCH_STEP / 2
    while total < x2 + y2:
        left, right = max(x, total - y2), min(x2, total - y)
        if right > left:
            ends.append((_round(left), _round(total - left), _round(right), _round(total - right)))
        total += HATCH_STEP
    return ends


def text_width(text: str, size: float = TEXT_PX, *, strong: bool = False) -> float:
    """Estimate the width of a text in pixels, a little generously, for placing labels."""
    narrow, wide = sum(text.count(letter) for letter in "ijltfrI.,:;' |()"), sum(text.count(c) for c in "mwMW@%")
    average = 0.58 if strong else 0.55
    return size * (average * (len(text) - narrow - wide) + 0.32 * narrow + 0.86 * wide)


def _area(shape: str, radius: float) -> float:
    """Turn a half-width in pixels into Vega's size, which is an area and differs by shape."""
    if shape == "square":
        return _round((2 * radius) ** 2)
    if shape == "diamond":  # Vega's diamond is narrow: as tall as a square of the same size, 0.577 as wide
        return _round((2 * radius) ** 2 * 2)
    if shape == "triangle-up":  # as wide as a square of the same size
        return _round((2.4 * radius) ** 2)
    return _round(3.14159265 * radius**2)


def _round(value: float) -> float:
    return round(float(value), 2)
