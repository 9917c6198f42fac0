"""A stored document comes back as it was, part by part."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from upstream.assessments import document_json
from upstream.assessments.document import (
    Chapter,
    Document,
    FigureBlock,
    MarginNote,
    Number,
    Paragraph,
    Section,
    Sentence,
    TableBlock,
)
from upstream.charts.figure import Figure
from upstream.measures.result import FeedUsed, Provenance
from upstream.rendering.stored import ContentUnreadable


def provenance() -> Provenance:
    feed = FeedUsed("police_street", "Police", ("r1", "r2"), date(2024, 1, 1), None)
    return Provenance("2026-02-11.2", datetime(2026, 2, 11, 9, 30, tzinfo=UTC), (feed,), 4, "Byar", 0.95, "0.1.0")


def number(key: str) -> Number:
    return Number(
        key, "351 to 403", 376.0, 351.0, 403.0, "per 1,000", "violence", {"area": "x"}, "2025", "Byar", provenance()
    )


def document() -> Document:
    frame = pl.DataFrame(
        {
            "area": ["Hanley", None],
            "rate": [376.0, None],
            "count": [817, 0],
            "from": [date(2025, 1, 1), None],
            "at": [datetime(2025, 1, 1, 12), None],  # noqa: DTZ001
            "held": [True, False],
        }
    )
    spec = {"$schema": "vega", "layer": [{"mark": {"type": "point"}, "encoding": {"x": None}}]}
    figure = Figure("where", "A finding", "A quantity", spec, spec, frame, "In words", "violence", provenance(), ("n",))
    blocks = (
        Paragraph((Sentence("Rate {rate}.", (number("rate"),), "simple"),)),
        FigureBlock(figure, "4.1"),
        TableBlock("4.1", "Ten", frame, "lrrrrr"),
    )
    section = Section("Few", blocks, (MarginNote("Term", "text"),))
    chapter = Chapter(4, "where", "Where", (Sentence("{again} said", (number("again"),)),), "this", "that", (section,))
    return Document(
        "Needs assessment",
        "Cast",
        datetime(2026, 2, 11, tzinfo=UTC),
        date(2025, 12, 31),
        "2026-02-11.2",
        (Sentence("One."),),
        (chapter,),
        frame,
        ("Contains public sector information",),
    )


def test_document_comes_back_equal_in_text_numbers_and_tables() -> None:
    kept = document()
    back = document_json.from_json(document_json.to_json(kept))
    assert back.chapters[0].answer == kept.chapters[0].answer
    assert back.chapters[0].sections[0].blocks[0] == kept.chapters[0].sections[0].blocks[0]
    assert back.made_at == kept.made_at
    assert back.data_to == date(2025, 12, 31)
    assert_frame_equal(back.sources, kept.sources)
    figure = back.chapters[0].sections[0].blocks[1]
    assert isinstance(figure, FigureBlock)
    assert figure.figure.wide == kept.chapters[0].sections[0].blocks[1].figure.wide  # type: ignore[union-attr]
    assert_frame_equal(figure.figure.table, kept.sources)


def test_provenance_is_written_once() -> None:
    assert len(json.loads(document_json.to_json(document()))["shared"]) == 1


def test_kept_and_recalled_from_a_folder(tmp_path) -> None:
    path = document_json.keep(document(), tmp_path)
    assert path.name == "document.json.gz"
    assert document_json.recall(tmp_path).chapters[0].title == "Where"
    first = path.read_bytes()
    document_json.keep(document(), tmp_path)
    assert path.read_bytes() == first, "the same document gives the same bytes"


def test_unknown_form_is_refused() -> None:
    with pytest.raises(ContentUnreadable, match="form 99"):
        document_json.from_json('{"form": 99, "shared": [], "document": {}}')


def test_unknown_part_is_refused_by_name() -> None:
    with pytest.raises(ContentUnreadable, match="Horoscope"):
        document_json.from_json('{"form": 1, "shared": [], "document": {"$": "Horoscope", "has": {}}}')


def test_field_that_the_class_no_longer_has_is_passed_over() -> None:
    stored = json.loads(document_json.to_json(document()))
    stored["document"]["has"]["motto"] = "gone"
    assert document_json.from_json(json.dumps(stored)).title == "Needs assessment"


def test_every_definition_that_comes_with_the_library_comes_back() -> None:
    from dataclasses import replace

    from upstream.measures import load_definitions

    kept = replace(document(), definitions=tuple(load_definitions().values()))
    assert document_json.from_json(document_json.to_json(kept)).definitions == kept.definitions
