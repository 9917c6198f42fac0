"""What a paper refuses, and how it is numbered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from factories.drawings import CALM, control
from factories.small_paper import MADE_AT, SOURCES, small_paper

from upstream.measures.result import Provenance
from upstream.papers import (
    Cell,
    Column,
    Fact,
    FigureBlock,
    Measure,
    Paper,
    PaperImpossible,
    Section,
    Source,
    State,
    Table,
    Text,
)
from upstream.papers.outline import COLOURS, SIGNS, Measures, outlined
from upstream.papers.shapes import shape_svg


def paper(*sections: Section, **more: object) -> Paper:
    return Paper("Minutes", "Board", "Smallshire", MADE_AT, sections, **more)  # type: ignore[arg-type]


def test_paper_with_many_faults_names_them_all() -> None:
    figure = replace(control(list(CALM)), alternative=" ")
    table = Table("Money", (Column("a"), Column("b")), (("x",), ("x", Cell("y", key="nowhere"))))
    inside = Section("Inner", sections=(Section("Innermost"),))
    with pytest.raises(PaperImpossible) as refused:
        paper(
            Section("A", (FigureBlock(figure), table), (inside,)), Section(" "), facts=(Fact("f", "v", "elsewhere"),),
            sources=(SOURCES[0], SOURCES[0]),
        )  # fmt: skip
    said = str(refused.value)
    for fault in (
        "no text alternative", "Row 1 of the table “Money” has 1 cells for 2 columns", "'nowhere' has no source",
        "'elsewhere' has no source", "“Inner” lies inside another", "has no heading",
        "Two sources have the key 'violence_count:2025-12'",
    ):  # fmt: skip
        assert fault in said


def test_paper_without_time_zone_is_refused() -> None:
    with pytest.raises(PaperImpossible, match="no time zone"):
        Paper("Minutes", "Board", "P", datetime(2026, 1, 1), ())  # noqa: DTZ001


def test_a_link_to_an_unknown_source_in_a_text_is_not_refused() -> None:
    # A person may type such a link; the number then stands without one.
    assert paper(Section("A", (Text("[5](figure:nothing)"),)))


def test_sections_figures_and_tables_are_numbered_in_reading_order() -> None:
    made = outlined(small_paper())
    assert [(part.number, part.heading) for part in made.parts] == [
        ("1", "Headline numbers"), ("2", "The plan"), ("2.1", "Robbery"), ("2.2", "Money"), ("2.3", "Places"),
        ("3", "Response to the inspection"), ("4", "Decisions"),
    ]  # fmt: skip
    labels = [item.label for part in made.parts for item in part.items if item.label]
    assert labels == ["Table 1", "Figure 1", "Table 2", "Figure 2"]


def test_measures_that_follow_one_another_are_one_list() -> None:
    (part,) = outlined(
        paper(Section("A", (_measure("a"), _measure("b"), Text("between"), _measure("c"))))
    ).parts  # fmt: skip
    grouped = [len(item.block.items) if isinstance(item.block, Measures) else 0 for item in part.items]
    assert grouped == [2, 0, 1]


def _measure(name: str) -> Measure:
    return Measure(name, "1", State.ORDINARY, "Ordinary variation")


def test_two_figures_of_one_name_are_kept_apart_and_one_shown_twice_is_one() -> None:
    one, other = control(list(CALM)), control([*CALM[:-1], 30.0])
    assert one.name == other.name
    made = outlined(paper(Section("A", tuple(map(FigureBlock, (one, other, one))))))
    names = [figure.name for figure in made.paper.figures()]
    assert names[0] == names[2] != names[1]


def test_every_state_has_a_shape_a_sign_and_colours() -> None:
    assert set(SIGNS) == set(COLOURS) == set(State)
    assert len(set(SIGNS.values())) == len({shape_svg(state) for state in State}) == len(State)


def test_source_of_a_measured_figure_names_build_method_and_feeds() -> None:
    from factories.small_document import provenance

    made: Provenance = provenance()
    source = Source.of(made, key="v", measure="Violence", period="2025")
    assert source == Source("v", "Violence", "Count", "2025", "2026-02-11.2", "Street crime")


def test_mark_leads_to_the_place_of_the_source() -> None:
    made = outlined(small_paper())
    assert made.mark("spend:2025-Q3") == "[3]"
    assert made.mark("") == made.mark("unknown") == ""
