"""A small document with every kind of block, made by hand, for the renderers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
from factories import drawings

from upstream.assessments.document import (
    BulletList,
    Chapter,
    Document,
    FigureBlock,
    MarginNote,
    NotKnown,
    Number,
    Paragraph,
    ReceiptUsed,
    Section,
    Sentence,
    TableBlock,
)
from upstream.measures import load_definitions
from upstream.measures.result import FeedUsed, Provenance

MADE_AT = datetime(2026, 2, 11, 9, 30, tzinfo=UTC)
RECEIPT = ReceiptUsed("police_street", "Street crime", "r1", "2025-01-street.csv.gz", "ab" * 32, "2026-02-10")


def provenance() -> Provenance:
    """Where every number of the document came from."""
    feed = FeedUsed("police_street", "Street crime", ("r1",), date(2025, 1, 1), date(2025, 12, 31))
    return Provenance("2026-02-11.2", MADE_AT, (feed,), 1, "Count", 0.95, "0.1.0")


def number(
    key: str = "n", text: str = "41,429", value: float | None = 41_429.0, lower: float | None = None,
    upper: float | None = None, measure: str = "violence_count",
) -> Number:  # fmt: skip
    """A number as sentences carry it."""
    return Number(
        key, text, value, lower, upper, "offences", measure, {"level": "partnership"}, "2025", "Count", provenance(),
        "Violence, whole area",
    )  # fmt: skip


def small_document() -> Document:
    """Two chapters: one with text, a list, two figures, a table and a gap; one that knows nothing."""
    total = Sentence("The police recorded {n} offences.", (number(),), "rule_total")
    half = Sentence("Half of it happens in {half} of places.", (number("half", "a quarter", 0.25),), "rule_half")
    figure = replace(drawings.control(list(drawings.CALM)), name="monthly", measure="violence_count")
    table = pl.DataFrame({"Place": ["Hanley & Etruria\nStoke-on-Trent 015D", "Stone"], "Offences": [817.0, 12.0]})
    blocks = (
        Paragraph((total, half)),
        BulletList((half,)),
        FigureBlock(figure, "1.1", MarginNote("Read it so:", "the band is ordinary.")),
        NotKnown("the hour", "Months only.", "records with the hour."),
        TableBlock("1.1", "Two places", table, "lr", "Residents of mid-2022."),
        FigureBlock(replace(figure, name="again"), "1.2", wide=False),
    )
    notes = (MarginNote("Neighbourhood", "is a small area."),)
    first = Chapter(
        1, "amount", "How much", (total, half), "the count.", "the cause.", (Section("A part", blocks, notes),)
    )
    second = Chapter(
        2, "times", "When", (Sentence("Not known: the hour."),), "nothing yet.", "the hour.",
        (Section("What is missing", (NotKnown("the hour", "Months only.", "records with the hour."),)),),
    )  # fmt: skip
    return Document(
        title="Strategic Needs Assessment 2026", partnership="Smallshire & Co", made_at=MADE_AT,
        data_to=date(2025, 12, 31), build="2026-02-11.2", summary=(total, half), chapters=(first, second),
        sources=pl.DataFrame({"Feed": ["Street crime"]}), attribution=("Open Government Licence v3.0.",),
        definitions=(load_definitions()["violence_count"],), receipts=(RECEIPT,), worked_example="All is invented.",
    )  # fmt: skip
