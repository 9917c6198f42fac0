"""A paper as a tagged PDF by Typst. What is said goes over as JSON; how it looks is in paper.typ."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from upstream.charts.figure import Figure
from upstream.papers.artwork import Artwork, size_of
from upstream.papers.blocks import (
    Cell,
    Decision,
    Fact,
    Facts,
    FigureBlock,
    Measure,
    Note,
    PageBreak,
    Quote,
    Signature,
    SignOff,
    Step,
    Table,
    Text,
    Timeline,
)
from upstream.papers.columns import is_parted, letters_of
from upstream.papers.markdown import Paragraph, Prose, Runs, parse, parse_line
from upstream.papers.outline import SOURCES_HEADING, Item, Measures, Outline, Part, shown
from upstream.papers.plain_text import breakable, runs_right_to_left
from upstream.rendering import values
from upstream.rendering.typst_pdf import compiled

TEMPLATE = files("upstream.papers").joinpath("paper.typ")
POINTS_PER_PIXEL = 0.75
LETTERS_ACROSS = 105.0  # of a table
TALLEST = 560.0  # points: a drawing with its caption and notes fits on a page
LONG = 1_500  # letters: a block of more than these may be parted between pages
LONG_ROW = 600  # letters: a row of more than these may be parted


def pdf(outline: Outline, art: Artwork) -> bytes:
    """Make the PDF in PDF/UA-1 mode, in which an image without a text alternative is refused."""
    figures = {figure.name: figure for figure in outline.paper.figures()}
    pictures = {f"{name}.svg": art.svg(figure) for name, figure in figures.items()}
    template = TEMPLATE.read_text(encoding="utf-8")
    return compiled(template, _broken(_Content(outline).whole()), pictures, at=outline.paper.made_at)


def _broken(value: Any) -> Any:
    """Let long words break, in every text that is set."""
    if isinstance(value, str):
        return breakable(value)
    if isinstance(value, list):
        return [_broken(item) for item in value]
    return {name: _broken(item) for name, item in value.items()} if isinstance(value, dict) else value


class _Content:
    """Everything that the template sets, as plain data."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline

    def whole(self) -> dict[str, Any]:
        paper, outline = self.outline.paper, self.outline
        sources = self.table(outline.sources_table(), "") | {"title": SOURCES_HEADING}
        return {
            "kind": paper.kind, "title": paper.title, "subtitle": paper.subtitle, "partnership": paper.partnership,
            "about": " · ".join(outline.about), "standing": outline.standing, "status": paper.status,
            "watermark": paper.status.upper(),  # not by Typst: the content must name every letter that is drawn
            "marking": paper.marking, "worked_example": paper.worked_example, "contents": paper.contents,
            "foot": outline.foot,
            "summary": [self.runs(parse_line(line)) for line in paper.summary],
            "facts": [self.fact(fact) for fact in paper.facts],
            "parts": [self.part(part) for part in outline.parts],
            "sources": sources,
            "attribution": list(paper.attribution),
        }  # fmt: skip

    def part(self, part: Part) -> dict[str, Any]:
        return {
            "level": part.level, "number": part.number, "heading": part.heading, "new_page": part.new_page,
            "blocks": [self.block(item) for item in part.items],
        }  # fmt: skip

    def block(self, item: Item) -> dict[str, Any]:
        made = self._block(item)
        return made | {"long": _letters(made) > LONG}

    def _block(self, item: Item) -> dict[str, Any]:
        match item.block:
            case Measures(items):
                return {"kind": "measures", "items": [self.measure(measure) for measure in items]}
            case Text(markdown):
                return {"kind": "text", "pieces": self.prose(markdown)}
            case Facts(rows, title):
                return {"kind": "facts", "title": title, "rows": [self.fact(fact) for fact in rows]}
            case Table():
                return {"kind": "table"} | self.table(item.block, item.label)
            case Quote(text, source):
                return {"kind": "quote", "pieces": self.prose(text), "source": source}
            case FigureBlock():
                return self.figure(item.block, item.label)
            case Decision(points, lead_in, label):
                lines = [self.runs(parse_line(point)) for point in points]
                return {"kind": "decision", "label": label, "lead_in": lead_in, "points": lines}
            case Timeline(steps, title):
                return {"kind": "timeline", "title": title, "steps": [self.step(step) for step in steps]}
            case Note(subject, why, settled_by):
                return {"kind": "unknown", "subject": subject, "why": why, "settled_by": settled_by}
            case SignOff(lines, title):
                signed = [_signature(line) for line in lines]
                return {"kind": "signing", "title": title, "heads": list(item.block.heads), "lines": signed}
            case PageBreak():
                return {"kind": "break"}
            case Measure():
                return self._block(Item(Measures((item.block,))))

    def prose(self, markdown: str) -> list[dict[str, Any]]:
        return [self.piece(piece) for piece in parse(markdown)]

    def piece(self, piece: Prose) -> dict[str, Any]:
        if isinstance(piece, Paragraph):
            return {"kind": "paragraph", "rtl": runs_right_to_left(piece.text), "runs": self.runs(piece.runs)}
        items = [[self.piece(inner) for inner in item] for item in piece.items]
        return {"kind": "list", "first": piece.first, "items": items}

    def runs(self, runs: Runs) -> list[dict[str, Any]]:
        return [
            {
                "text": run.text, "bold": run.bold, "italic": run.italic, "link": run.link,
                "source": self.outline.source_number(run.key) if run.key else None,
            }
            for run in runs
        ]  # fmt: skip

    def source(self, key: str) -> int | None:
        return self.outline.source_number(key) if key else None

    def fact(self, fact: Fact) -> dict[str, Any]:
        return {
            "label": fact.label, "value": self.prose(fact.value), "source": self.source(fact.key),
            "long": len(fact.value) > LONG_ROW,
        }  # fmt: skip

    def measure(self, measure: Measure) -> dict[str, Any]:
        return {
            "long": len(measure.sentence) + len(measure.signal_words) > LONG,
            "name": measure.name, "value": measure.value, "signal": measure.signal.value, "words": measure.signal_words,
            "sentence": self.runs(parse_line(measure.sentence)), "source": self.source(measure.key),
            "target": f"Target {measure.target}" if measure.target else "",
            "quiet": [text for text in (measure.interval, measure.period) if text],
            "file": f"{measure.chart.name}.svg" if measure.chart else "",
            "alternative": measure.chart.alternative if measure.chart else "",
        }  # fmt: skip

    def figure(self, block: FigureBlock, label: str) -> dict[str, Any]:
        figure = block.figure
        return {
            "kind": "figure", "label": label, "title": block.caption or figure.title, "subtitle": figure.subtitle,
            "alternative": figure.alternative, "file": f"{figure.name}.svg", "source": self.source(block.key),
            "width": _width(figure),
            "notes": [note for note in (*figure.notes, block.note) if note],
        }  # fmt: skip

    def table(self, table: Table, label: str) -> dict[str, Any]:
        return {
            "label": label, "title": table.title, "note": table.note, "source": self.source(table.key),
            "columns": [column.name for column in table.columns], "align": [column.align for column in table.columns],
            "weights": letters_of(table, LETTERS_ACROSS), "total": table.total,
            "rows": [[self.cell(shown(value)) for value in row] for row in table.rows],
            "parted": is_parted(table),
        }  # fmt: skip

    def cell(self, cell: Cell) -> dict[str, Any]:
        state = cell.state.value if cell.state else ""
        return {
            "text": cell.text, "note": cell.note, "state": state, "source": self.source(cell.key),
            "long": len(cell.text) + len(cell.note) > LONG_ROW,
        }  # fmt: skip

    def step(self, step: Step) -> dict[str, Any]:
        day = values.day_text(step.on) if step.on else step.when
        return {"day": day, "state": step.state.value if step.state else "", "runs": self.runs(parse_line(step.text)),
                "long": len(step.text) > LONG}  # fmt: skip


def _letters(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(map(_letters, parts))


def _width(figure: Figure) -> float:
    width, height = size_of(figure)
    return min(width * POINTS_PER_PIXEL, TALLEST * width / height)


def _signature(line: Signature) -> dict[str, Any]:
    return {
        "role": line.role, "name": line.name, "day": values.day_text(line.on) if line.on else "",
        "state": line.state.value if line.state else "",
        "words": line.state_words or (line.state.value if line.state else ""),
    }  # fmt: skip
