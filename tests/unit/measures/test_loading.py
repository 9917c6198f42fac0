"""Definitions are complete, say who wrote and who checked them, and are refused with all their faults at once."""

from __future__ import annotations

import dataclasses
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from upstream.measures import DefinitionIncomplete, MeasureDefinition, load_definitions, overdue
from upstream.measures.calculations import CALCULATIONS
from upstream.measures.calculations.outcomes import GROUPS
from upstream.measures.loading import _entries, find_faults
from upstream.partnership import Partnership, PartnershipConfig
from upstream.sources import load_sources
from upstream.store.layout import DataFolder

BUILT_IN = load_definitions()
REVIEWED_AS_OF = date(2026, 12, 1)  # a fixed day, so that the test tells of a lapse when it is written, not by itself


DEFINITIONS = Path(str(files("upstream.measures") / "definitions"))


def bare(folder: Path) -> Partnership:
    """A partnership with nothing but a folder."""
    config = PartnershipConfig(
        slug="bare", name="Bare", short_name="Bare", force_name="Dorset Police", force_code="E23000039",
        force_slug="dorset", region="", districts=("D1",), neighbour_forces=(), similar_districts=(),
        lsoa_vintage=2021, bank_holidays="", worked_example="", open_data=(), attribution=(), places=(),
    )  # fmt: skip
    return Partnership(folder, config, DataFolder(folder / "var"))


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    (tmp_path / "measures").mkdir()
    return bare(tmp_path)


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return set(load_sources(bare(tmp_path_factory.mktemp("empty"))))


def test_there_are_at_least_forty() -> None:
    assert len(BUILT_IN) >= 40


@pytest.mark.parametrize("definition", BUILT_IN.values(), ids=list(BUILT_IN))
class TestEveryDefinition:
    def test_review_is_not_overdue(self, definition: MeasureDefinition) -> None:
        assert not overdue({definition.name: definition}, on=REVIEWED_AS_OF)

    def test_was_checked_by_another_than_its_author(self, definition: MeasureDefinition) -> None:
        assert definition.author != definition.checked_by

    def test_claims_only_what_its_calculation_carries(self, definition: MeasureDefinition) -> None:
        calculation = CALCULATIONS[definition.calculation]
        assert set(definition.levels) <= set(calculation.levels)
        assert set(definition.breakdowns) <= set(calculation.breakdowns)
        assert ("month" in definition.periods) is calculation.monthly

    def test_feeds_have_a_contract(self, definition: MeasureDefinition, contracts: set[str]) -> None:
        assert set(definition.feeds) <= contracts

    def test_words_are_sentences_and_titles_are_not(self, definition: MeasureDefinition) -> None:
        assert not definition.title.endswith(".")
        for text in (definition.why, definition.is_not, definition.polarity_note, *definition.caveats):
            assert text[0].isupper()
            assert text.endswith(".")
        assert definition.is_not.startswith("Not ")

    def test_direction_is_honest(self, definition: MeasureDefinition) -> None:
        if definition.polarity == "neither":
            assert definition.polarity_note.startswith("Neither")

    def test_rates_name_what_they_count(self, definition: MeasureDefinition) -> None:
        assert bool(definition.events) is (definition.kind == "rate")


def entry() -> dict[str, Any]:
    """One sound definition as it is read from its file."""
    return next(iter(_entries(DEFINITIONS / "crime_rates.toml", [])))


def test_sound_definition_has_no_faults() -> None:
    assert find_faults(entry()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": ""}, "title should be text"),
        ({"polarity": "up"}, "polarity should be one of lower is better, higher is better, neither"),
        ({"caveats": []}, "caveats should be a list of text, not empty"),
        ({"reviewed_on": "yesterday"}, "reviewed_on should be a date such as 2026-07-01"),
        ({"checked_by": "Partnership analyst"}, "checked_by should be someone other than the author"),
        ({"review_due_on": date(2020, 1, 1)}, "review_due_on should be later than reviewed_on"),
        ({"levels": ["parish"]}, "levels holds parish; expected some of lsoa21, msoa21"),
        ({"calculation": "guess"}, "calculation should be one of age_group_count"),
        ({"caveat": "x"}, "caveat is not known; is it misspelt?"),
        ({"multiplier": 0}, "multiplier should be above zero"),
    ],
)
def test_faults_are_named(change: dict[str, Any], fault: str) -> None:
    assert any(found.startswith(fault) for found in find_faults(entry() | change))


def test_partnership_adds_its_own_and_may_replace_ours(partnership: Partnership) -> None:
    own = (DEFINITIONS / "crime_counts.toml").read_text(encoding="utf-8").split("\n[[measure]]")
    mine = own[0] + "\n[[measure]]" + own[1].replace('name = "violence_count"', 'name = "our_count"')
    (partnership.folder / "measures" / "ours.toml").write_text(mine, encoding="utf-8")
    replaced = mine.replace("our_count", "robbery_count").replace("Violence and sexual", "Our own")
    (partnership.folder / "measures" / "theirs.toml").write_text(replaced, encoding="utf-8")
    definitions = load_definitions(partnership)
    assert len(definitions) == len(BUILT_IN) + 1
    assert definitions["robbery_count"].title != BUILT_IN["robbery_count"].title


def test_all_faults_of_all_files_are_told_at_once(partnership: Partnership) -> None:
    (partnership.folder / "measures" / "a.toml").write_text("[[measure]]\nname = 'a'\n")
    (partnership.folder / "measures" / "b.toml").write_text("not toml")
    (partnership.folder / "measures" / "c.toml").write_text("")
    with pytest.raises(DefinitionIncomplete) as refused:
        load_definitions(partnership)
    message = str(refused.value)
    assert "a.toml, a: title should be text" in message
    assert "b.toml is not TOML" in message
    assert "c.toml holds no [[measure]]" in message


def test_overdue_lists_the_longest_overdue_first() -> None:
    one = dataclasses.replace(BUILT_IN["robbery_rate"], review_due_on=date(2026, 6, 1))
    two = dataclasses.replace(BUILT_IN["drugs_rate"], review_due_on=date(2026, 5, 1))
    assert overdue({"one": one, "two": two}, on=date(2026, 5, 31)) == [two]
    assert overdue({"one": one, "two": two}, on=date(2026, 6, 2)) == [two, one]
    assert overdue({"one": one}, on=date(2026, 6, 1)) == []


def test_outcome_groups_do_not_overlap_and_hold_every_outcome() -> None:
    apart = ("open", "positive", "no suspect", "unable to prosecute", "passed on", "not in the public interest")
    listed = [name for group in apart for name in GROUPS[group]]
    assert len(listed) == len(set(listed))
    assert {"Local resolution", "Awaiting court outcome", "Status update unavailable"} <= set(listed)
