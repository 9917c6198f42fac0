"""What all renderers of the assessment share: sentences in pieces, sections as leaves, names of links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import Formatter

from upstream.assessments.document import (
    Block,
    BulletList,
    Chapter,
    Document,
    FigureBlock,
    MarginNote,
    NotKnown,
    Number,
    Paragraph,
    Section,
    Sentence,
    TableBlock,
)
from upstream.assessments.words import capital
from upstream.measures.definition import MeasureDefinition
from upstream.measures.result import Provenance
from upstream.rendering import values

Prose = Paragraph | BulletList | NotKnown

REGISTER_HEADING = "Every number in the text"
DEFINITIONS_HEADING = "What each measure counts"
DEFINITIONS_ORDER = "In order of their names"
SHARED_HEADING = "What holds for several measures"
SHARED_OPENING = "Said once here; each measure below names by number the notes that hold for it."
FILES_HEADING = "Files this report was made from"


@dataclass(frozen=True)
class Leaf:
    """What stands together on the page: text, or one figure, or one table, with the notes beside it."""

    heading: str
    blocks: tuple[Block, ...]
    notes: tuple[MarginNote, ...]

    @property
    def stands_alone(self) -> bool:
        """Whether it is one figure or one table."""
        return isinstance(self.blocks[0], FigureBlock | TableBlock)


def pieces(sentence: Sentence) -> Iterator[tuple[str, Number | None]]:
    """Cut a sentence at its numbers: text with None, or the number's text with the number."""
    numbers = {number.key: number for number in sentence.numbers}
    for literal, key, _, _ in Formatter().parse(sentence.template):
        if literal:
            yield literal, None
        if key:
            yield numbers[key].text, numbers[key]


def leaves(section: Section) -> list[Leaf]:
    """Group a section: running text with the section's notes, then each figure and table by itself.

    A section that begins with a figure or a table has its heading and notes there, never alone at the end of a page.
    """
    found: list[Leaf] = []
    heading, notes = section.heading, section.margin
    for block in section.blocks:
        alone = isinstance(block, FigureBlock | TableBlock)
        own = (block.note,) if isinstance(block, FigureBlock) and block.note else ()
        if found and not alone and not found[-1].stands_alone:
            found[-1] = Leaf(found[-1].heading, (*found[-1].blocks, block), found[-1].notes)
            continue
        found.append(Leaf(heading, (block,), (*notes, *own)))
        heading, notes = "", ()
    return found


def section_id(chapter: Chapter, section: Section) -> str:
    """The link target of a section, unique in the document."""
    return f"{chapter.slug}-{values.slug_of(section.heading)}"


def interval_text(number: Number) -> str:
    """The interval of a number, or a dash when it has none."""
    if number.lower is None or number.upper is None:
        return "–"
    return f"{_plain(number.lower)} to {_plain(number.upper)}"


def _plain(value: float) -> str:
    """A value with as many digits as a reader can use, and the minus that stands in the text."""
    if abs(value) >= 100 or value == int(value):
        said = f"{value:,.0f}"
    else:
        said = f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"
    return said.replace("-", "−")


def method_text(number: Number) -> str:
    """The method of a number, as it begins a cell."""
    return capital(number.method)


def feeds_text(provenance: Provenance) -> str:
    """The feeds behind a number, by title."""
    return "; ".join(feed.title for feed in provenance.feeds)


def filters_text(number: Number) -> str:
    """What was asked for, in the order asked."""
    return ", ".join(f"{name}: {value}" for name, value in number.filters.items())


def foot_text(document: Document) -> str:
    """The line that stands under every page."""
    return f"Build {document.build} · police figures to {values.month_text(document.data_to)}"


def definition_id(measure: str) -> str:
    """The link target of a measure's definition."""
    return f"measure-{values.slug_of(measure)}"


def shared_caveats(definitions: Iterable[MeasureDefinition]) -> tuple[str, ...]:
    """Give the caveats of more than one measure, each once: their places, from 1, are how measures name them."""
    counted = Counter(caveat for definition in definitions for caveat in definition.caveats)
    return tuple(caveat for caveat, measures in counted.items() if measures > 1)


def own_caveats(definition: MeasureDefinition, shared: tuple[str, ...]) -> str:
    """Give what is to be minded of one measure alone."""
    return " ".join(caveat for caveat in definition.caveats if caveat not in shared)


def caveat_numbers(definition: MeasureDefinition, shared: tuple[str, ...]) -> list[int]:
    """Give the numbers of the shared caveats that hold for a measure."""
    return [number for number, caveat in enumerate(shared, 1) if caveat in definition.caveats]


def caveat_id(number: int) -> str:
    """Give the link target of a caveat that several measures share."""
    return f"caveat-{number}"


def number_id(key: str) -> str:
    """The link target of a number's entry in the register."""
    return f"number-{values.slug_of(key)}"


def is_figure_number(text: str) -> bool:
    """Whether a cell should be set flush right when its column is."""
    return bool(re.match(r"^[\d–−<]", text))
