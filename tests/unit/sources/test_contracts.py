"""Every contract says all that a contract must say; a broken one is refused with every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstream.codes import code_list_names
from upstream.exceptions import UnknownFeed
from upstream.partnership import Partnership, open_partnership
from upstream.sources import ContractIncomplete, get_source, load_sources, read_source
from upstream.sources.reader import known_fields
from upstream.tables import TABLES, FieldClass

EXAMPLE = Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire"
SOURCES = load_sources(open_partnership(EXAMPLE))


@pytest.mark.parametrize("name", SOURCES)
def test_contract_says_on_what_footing_the_data_are_held(name: str):
    source = SOURCES[name]
    for said in (source.title, source.supplier, source.about, source.frequency, source.licence, source.lawful_basis):
        assert said
    assert source.gateway
    assert source.retention
    assert source.agreement


@pytest.mark.parametrize("name", SOURCES)
def test_contract_fills_published_tables_from_fields_that_it_reads(name: str):
    source = SOURCES[name]
    assert set(source.tables) <= set(TABLES)
    for output in source.outputs:
        used = {given for given in output.columns.values() if isinstance(given, str)}
        assert used <= known_fields(source)


@pytest.mark.parametrize("name", SOURCES)
def test_code_lists_exist(name: str):
    lists = {item.codes for item in SOURCES[name].fields if item.codes}
    assert lists <= set(code_list_names())


def test_every_published_table_has_a_feed():
    assert {table for source in SOURCES.values() for table in source.tables} == set(TABLES)


def test_offences_and_ethnicity_are_classed():
    assert SOURCES["police_street"].field_classes["crime_type"] is FieldClass.CRIMINAL_OFFENCE
    assert SOURCES["police_stop_search"].field_classes["self_defined_ethnicity"] is FieldClass.SPECIAL_CATEGORY


def test_contract_that_extends_another_takes_the_rest_from_it():
    parent, child = SOURCES["police_street"], SOURCES["police_street_other_forces"]
    assert child.fields == parent.fields
    assert child.coverage.supplier == parent.coverage.supplier
    assert (parent.coverage.whole, child.coverage.whole) == ("by majority", "never")


def test_version_changes_with_what_decides_the_outcome_and_not_with_words():
    document = {
        "title": "A", "supplier": "B", "frequency": "once",
        "columns": [{"name": "area_code", "found": "code"}, {"name": "text", "found": "what"}],
        "tables": [{"table": "area_trait", "columns": {
            "area_code": "area_code", "level": {"value": "ward"}, "trait": {"value": "t"}, "text": "text"}}],
    }  # fmt: skip
    first = read_source("x", {"x": document}).version
    assert read_source("x", {"x": document | {"title": "Another"}}).version == first
    assert read_source("x", {"x": document | {"ignored": ["y"]}}).version != first


def test_broken_contract_is_refused_with_every_fault():
    document = {
        "title": "A", "supplier": "B", "frequency": "once", "colour": "red",
        "columns": [{"name": "area_code", "found": "code"}],
        "tables": [{"table": "area_trait", "columns": {"area_code": "area_code", "shape": "form"}}],
    }  # fmt: skip
    with pytest.raises(ContractIncomplete) as failure:
        read_source("x", {"x": document})
    said = str(failure.value)
    for word in ("“colour”", "no column “shape”", "area_trait.level is required", "“form”, which is not read"):
        assert word in said


@pytest.mark.parametrize("missing", ["title", "supplier", "frequency", "tables"])
def test_contract_without_a_part_names_it(missing: str):
    document = {"title": "A", "supplier": "B", "frequency": "once", "tables": []}
    del document[missing]
    with pytest.raises(ContractIncomplete, match=missing):
        read_source("x", {"x": document})


def test_unknown_feed_names_the_nearest(tmp_path: Path):
    with pytest.raises(UnknownFeed, match="police_street"):
        get_source(open_partnership(EXAMPLE), "police_streets")


def test_partnership_adds_and_replaces_contracts(tmp_path: Path):
    folder = tmp_path / "own"
    (folder / "sources").mkdir(parents=True)
    (folder / "partnership.toml").write_text((EXAMPLE / "partnership.toml").read_text(encoding="utf-8"))
    (folder / "sources" / "police_night_street.toml").write_text('extends = "police_street"\ntitle = "Nights"\n')
    (folder / "sources" / "rural_urban.toml").write_text(
        (Path(load_sources.__code__.co_filename).parent / "rural_urban.toml")
        .read_text()
        .replace("title = ", "title = 'Ours'#")
    )
    example = open_partnership(EXAMPLE)
    sources = load_sources(Partnership(folder, example.config, example.data))
    assert sources["police_night_street"].title == "Nights"
    assert sources["rural_urban"].title == "Ours"


def test_contract_that_is_no_toml(tmp_path: Path):
    folder = tmp_path / "own"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "odd.toml").write_text("= nothing")
    example = open_partnership(EXAMPLE)
    with pytest.raises(ContractIncomplete, match=r"odd\.toml is not TOML"):
        load_sources(Partnership(folder, example.config, example.data))
