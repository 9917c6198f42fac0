"""Reads a web page: its main part, headings, lists and tables, without menus, scripts and what is around it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from upstream.responses.reading.line import Line

BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LEFT_OUT = frozenset(("script", "style", "nav", "noscript", "template", "svg", "head", "button", "select"))
AROUND = frozenset(("header", "footer", "aside"))
MAIN = re.compile(r"<main\b.*?(?:</main>|\Z)|<article\b.*?(?:</article>|\Z)", re.IGNORECASE | re.DOTALL)


def read_web(text: str) -> list[Line]:
    """Give the lines of a web page; of its `<main>` or first `<article>` when it has one."""
    main = MAIN.search(text)
    reader = _WebReader(whole_page=main is None)
    reader.feed(main.group() if main else text)
    reader.close()
    reader.end_block()
    return reader.lines


class _WebReader(HTMLParser):
    def __init__(self, *, whole_page: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.left_out_tags = LEFT_OUT | AROUND if whole_page else LEFT_OUT
        self.lines: list[Line] = []
        self.text = ""
        self.marker = ""
        self.bold = ""
        self.heading = False
        self.left_out: list[str] = []
        self.lists: list[int | None] = []  # the number last given, None for bullets
        self.rows = 0
        self.row: int | None = None
        self.column = -1
        self.strong = 0
        self.spans: dict[int, int] = {}  # how many rows below a cell of that column still reaches
        self.taken: set[int] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in self.left_out_tags:
            self.left_out.append(tag)
        if self.left_out:
            return
        if tag in BLOCKS:
            self.end_block()
        if tag in HEADINGS:
            self.heading = True
        elif tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag in ("tr", "dt"):
            self.rows += 1
            self.row, self.column = self.rows, -1 if tag == "tr" else 0
            self.taken = {column for column, rows in self.spans.items() if rows}
            self.spans = {column: self.spans[column] - 1 for column in self.taken}
        elif tag in ("td", "th", "dd") and self.row is not None:
            self._cell(dict(attributes).get("rowspan") or "")
        elif tag == "table":
            self.spans = {}
        elif tag in ("b", "strong"):
            self.strong += 1
        elif tag == "input" and any(name == "type" and value == "checkbox" for name, value in attributes):
            self.text += "☒ " if any(name == "checked" for name, _ in attributes) else "☐ "

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            if tag == self.left_out[-1]:
                self.left_out.pop()
            return
        if tag in BLOCKS:
            self.end_block()
        if tag in HEADINGS:
            self.heading = False
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("tr", "table", "dl"):
            self.row = None
        elif tag in ("b", "strong"):
            self.strong = max(self.strong - 1, 0)

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.text += data
            self.bold += data if self.strong else ""

    def end_block(self) -> None:
        """Write the text since the last block as one line."""
        text = " ".join(self.text.split())
        if text:
            loud = self.heading or " ".join(self.bold.split()) == text
            self.lines.append(Line(0, self.marker + text, stands_out=loud, row=self.row, column=max(self.column, 0)))
            self.marker = ""
        self.text = self.bold = ""

    def _cell(self, rows: str) -> None:
        """Go on to the next column that no cell of a row above reaches down into."""
        self.column += 1
        while self.column in self.taken:
            self.column += 1
        if rows.isdecimal():
            self.spans[self.column] = int(rows) - 1

    def _item(self) -> None:
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            self.marker = f"{self.lists[-1]}. "
        else:
            self.marker = "- "
