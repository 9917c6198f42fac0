"""The shelves of the public site: which kinds of paper stand on it, under which word, and what they are for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shelf:
    """The published papers of one kind. `word` stands in its address."""

    kind: str
    word: str
    label: str  # in the row of links
    title: str
    lede: str
    empty: str
    has_successors: bool = False  # whether a later document of it takes the place of an earlier one


SHELVES = (
    Shelf(
        "strategy",
        "strategy",
        "Strategy",
        "The strategy and its progress",
        "What the partnership has set out to do to prevent serious violence, and how far it has come.",
        "The strategy has not been published here yet.",
        has_successors=True,
    ),
    Shelf(
        "response",
        "responses",
        "Inspections",
        "Responses to inspections",
        "What inspectors found, and what the chief constable and the commissioner answered. The law gives them 56 days "
        "from the day of the report.",
        "No response has been published here yet.",
    ),
    Shelf(
        "panel-update",
        "plan-updates",
        "Panel updates",
        "Updates to the police and crime panel",
        "What the commissioner reported to the panel that holds the office to account.",
        "No update has been published here yet.",
    ),
)
BY_WORD = {shelf.word: shelf for shelf in SHELVES}
BY_KIND = {shelf.kind: shelf for shelf in SHELVES}
PUBLIC_ROW = "public-row"  # the kind of the rows of “You said, inspectors said, we did”


class ShelfConverter:
    """Writes the kind of a paper as the word of its shelf in an address, and reads it back."""

    regex = "|".join(BY_WORD)

    def to_python(self, word: str) -> Shelf:
        """Give the shelf of a word."""
        return BY_WORD[word]

    def to_url(self, shelf: Shelf | str) -> str:
        """Give the word of a shelf, or of the kind of paper that stands on it; raises ValueError for any other."""
        if isinstance(shelf, Shelf):
            return shelf.word
        if shelf not in BY_KIND:
            raise ValueError(f"Papers of the kind {shelf!r} stand on no shelf.")
        return BY_KIND[shelf].word
