"""The reference manual says what the software is now."""

from __future__ import annotations

import pytest
from docs.documents import ROOT

from upstream.measures import load_definitions
from upstream.partnership import open_partnership
from upstream.sources import load_sources
from upstream.tables import TABLES
from upstream_cli.commands import COMMANDS
from upstream_cli.reference import PAGES
from upstream_web.settings_registry import SETTINGS

PARTNERSHIP = open_partnership(ROOT / "partnerships" / "staffordshire")


def written(name: str) -> str:
    """Read a page as it is committed."""
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_up_to_date(name: str) -> None:
    assert written(name) == PAGES[name](PARTNERSHIP), f"docs/reference/{name} is stale: run `make docs`"


def test_every_setting_is_documented() -> None:
    assert not [setting.variable for setting in SETTINGS if f"`{setting.variable}`" not in written("settings.md")]
    assert not [setting.variable for setting in SETTINGS if len(setting.meaning.split()) < 4]


def test_every_command_is_documented() -> None:
    page = written("command.md")
    assert not [command.NAME for command in COMMANDS if f"## upstream {command.NAME}\n" not in page]


def test_every_table_and_column_is_documented() -> None:
    page = written("tables.md")
    for table in TABLES.values():
        assert f"## {table.name}\n" in page
        assert not [column.name for column in table.columns if not column.meaning]


def test_every_source_is_documented_with_its_terms() -> None:
    page = written("sources.md")
    for source in load_sources(PARTNERSHIP).values():
        assert f"## {source.name}\n" in page
        assert source.licence, source.name
        assert source.retention, source.name


def test_every_measure_is_documented_in_words() -> None:
    page = written("measures.md")
    for measure in load_definitions(PARTNERSHIP).values():
        assert f"### {measure.title}\n" in page
        assert measure.numerator, measure.name
        assert measure.author, measure.name


def test_at_least_forty_measures_come_with_the_software() -> None:
    assert len(load_definitions()) >= 40
