"""What a contract can say, each tried on a small file. Expected rows by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from upstream.ingestion import Receipt, load_file
from upstream.partnership import Partnership

HEAD = """
title = "Made up"
supplier = "Somebody"
frequency = "once"
"""

TRAIT = """
[[tables]]
table = "area_trait"
[tables.columns]
area_code = "code"
level = { value = "ward" }
trait = { value = "made_up" }
number = "number"
"""


@pytest.fixture
def give(partnership: Partnership, at: datetime, tmp_path: Path):
    """Write a contract and a file, load the one under the other, and give the receipt and the rows by table."""

    def load(contract: str, content: str | bytes, name: str = "file.csv", table: str = "area_trait"):
        folder = partnership.folder / "sources"
        folder.mkdir(exist_ok=True)
        (folder / "made_up.toml").write_text(HEAD + contract, encoding="utf-8")
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        receipt = load_file(partnership, "made_up", path, at=at)
        file = partnership.data.tables / table / f"{receipt.id}.parquet"
        return receipt, read(file) if file.is_file() else []

    return load


def read(file: Path) -> list[dict[str, object]]:
    with duckdb.connect() as engine:
        rows = engine.read_parquet(str(file)).to_arrow_table().to_pylist()
    plain = [{name: value for name, value in row.items() if value is not None and name != "receipt"} for row in rows]
    return sorted(plain, key=repr)


def columns(*lines: str, kind: str = "whole") -> str:
    return "\n".join(
        ["[[columns]]", 'name = "code"', 'found = "Code"', "required = true", "[[columns]]", 'name = "number"',
         'found = "Number"', f'type = "{kind}"', *lines, ""]
    )  # fmt: skip


def first_fault(receipt: Receipt) -> str:
    return str(receipt.faults[0])


def test_thousands_and_words_that_mean_nothing(give):
    contract = columns('missing = ["N/A"]') + TRAIT
    receipt, rows = give(contract, 'Code,Number\nA,"1,433"\nB,N/A\nC,"14,33"\n')

    assert (receipt.rows_taken, receipt.rows_refused) == (2, 1)
    assert [(row["area_code"], row.get("number")) for row in rows] == [("A", 1433.0), ("B", None)]
    assert "“14,33” is not a whole number" in first_fault(receipt)


def test_bounds(give):
    receipt, _ = give(columns("minimum = 0", "maximum = 10") + TRAIT, "Code,Number\nA,-1\nB,11\nC,10\nD,0\n")

    assert (receipt.rows_taken, receipt.rows_refused) == (2, 2)
    assert receipt.fault_counts == {"Number: not 0 or more": 1, "Number: not 10 or less": 1}


def test_policy_that_takes_the_file_whole_or_not_at_all(give):
    contract = columns() + '[faults]\npolicy = "refuse file"\n' + TRAIT
    receipt, rows = give(contract, "Code,Number\nA,1\nB,x\n")

    assert (receipt.outcome, receipt.rows_taken, receipt.rows_refused, rows) == ("refused", 0, 2, [])
    assert "whole or not at all" in first_fault(receipt)


def test_share_of_faulty_rows_that_refuses_the_file(give):
    strict = columns() + "[faults]\nrefuse_file_above = 0.1\n" + TRAIT
    content = "Code,Number\n" + "".join(f"A{n},{n if n else 'x'}\n" for n in range(5))

    assert give(strict, content)[0].outcome == "refused"
    assert give(strict.replace("0.1", "0.2"), content)[0].outcome == "landed"


def test_columns_dropped_at_the_door_and_ignored(give):
    contract = 'ignored = ["^Note$"]\n' + columns() + "[dropped]\n'^Name$' = \"Not needed\"\n" + TRAIT
    receipt, rows = give(contract, "Code,Name,Note,Number\nA,Ann,x,1\n")

    assert receipt.warnings == ("Dropped at the door, as the contract says: “Name”.",)
    assert rows == [{"area_code": "A", "level": "ward", "trait": "made_up", "number": 1.0}]


def test_default_and_names_of_our_own(give):
    contract = (
        columns()
        + '[[columns]]\nname = "kind"\nfound = "Kind"\ndefault = "all"\n[columns.names]\n"f" = "female"\n'
        + TRAIT.replace('{ value = "made_up" }', '"kind"')
    )
    _, rows = give(contract, "Code,Number,Kind\nA,1,f\nB,2,\nC,3,other\n")
    assert [row["trait"] for row in rows] == ["female", "all", "other"]


def test_label_made_of_two_parts_is_split_and_one_kind_kept(give):
    contract = (
        columns("minimum = 0", kind="decimal")
        + '[[columns]]\nname = "label"\nfound = "Label"\nsplit = \'^(?P<what>.+) \\((?P<unit>number|percent)\\)$\'\n'
        + TRAIT.replace('{ value = "made_up" }', '"what"').replace(
            "[tables.columns]", 'keep = { unit = "number" }\n[tables.columns]'
        )
    )
    content = "Code,Number,Label\nA,5,Owned (number)\nA,50,Owned (percent)\nA,1,Owned\n"
    receipt, rows = give(contract, content)

    assert [(row["trait"], row["number"]) for row in rows] == [("Owned", 5.0)]
    assert (receipt.rows_taken, receipt.rows_refused) == (2, 1)


def test_wide_columns_become_rows(give):
    contract = """
[[columns]]
name = "code"
found = "Code"
required = true
[[wide]]
found = '^In (?P<year>\\d{4})$'
values = { number = "whole" }
captures = { year = "whole" }
withheld = ["*"]
""" + TRAIT.replace('{ value = "made_up" }', '"year"')
    receipt, rows = give(contract, "Code,In 2020,In 2021,Other\nA,1,2,x\nB,*,,x\nC,3,y,x\n")

    assert [(row["area_code"], row["trait"], row.get("number")) for row in rows] == [
        ("A", "2020", 1.0), ("A", "2021", 2.0), ("B", "2020", None),
    ]  # fmt: skip
    assert (receipt.rows_taken, receipt.rows_refused) == (2, 1)
    assert receipt.landed_rows == {"area_trait": 3}
    assert "“y” is not a whole number" in first_fault(receipt)


def test_year_in_the_name_of_the_file(give):
    contract = (
        "[file]\nnames = \"x-<year>.csv\"\nname_pattern = 'x-(?P<trait>\\d{4})'\n"
        + columns()
        + '[[columns]]\nname = "trait"\nin_file_name = true\ntype = "whole"\nrequired = true\n'
        + TRAIT.replace('{ value = "made_up" }', '"trait"')
    )
    assert give(contract, "Code,Number\nA,1\n", name="x-2024.csv")[1][0]["trait"] == "2024"

    receipt, _ = give(contract, "Code,Number\nA,1\n", name="mine.csv")
    assert receipt.outcome == "refused"
    assert "does not say the trait" in first_fault(receipt)
    assert "x-<year>.csv" in first_fault(receipt)


def test_stop_and_search_file_with_a_month_to_come_in_its_name(partnership: Partnership, tmp_path: Path):
    path = tmp_path / "2031-01-saltmarsh-stop-and-search.csv"
    path.write_text(
        "Type,Date,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,"
        "Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing\n"
        "Person search,2025-12-01T00:21:59+00:00,,,,,,,,,,,\n",
        encoding="utf-8",
    )
    receipt = load_file(partnership, "police_stop_search", path, at=datetime(2026, 3, 15, tzinfo=UTC))
    assert "says “2031-01”" in first_fault(receipt)

    right = path.rename(tmp_path / "2025-12-saltmarsh-stop-and-search.csv")
    receipt = load_file(partnership, "police_stop_search", right, at=datetime(2026, 3, 15, tzinfo=UTC))
    assert (receipt.outcome, receipt.periods[0].supplier) == ("landed", "saltmarsh")


def test_several_tables_from_one_file_of_outlines(give):
    contract = """
[file]
format = "geojson"
[[columns]]
name = "code"
found = "CD"
required = true
[[columns]]
name = "name"
found = "NM"
required = true
[[columns]]
name = "geometry"
found = "geometry"
required = true
[[tables]]
table = "area"
columns = { area_code = "code", area_name = "name", level = { value = "ward" } }
[[tables]]
table = "boundary"
columns = { area_code = "code", level = { value = "ward" }, geometry = "geometry" }
"""
    square = {"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [1, 53], [0, 52]]]}
    features = [
        {"type": "Feature", "properties": {"CD": "W1", "NM": "Café “North”"}, "geometry": square},
        {"type": "Feature", "properties": {"CD": "W2", "NM": "South"}, "geometry": None},
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    receipt, rows = give(contract, content, "w.geojson", "boundary")

    assert receipt.landed_rows == {"area": 1, "boundary": 1}
    assert (receipt.rows_taken, receipt.rows_refused) == (1, 1)
    assert json.loads(str(rows[0]["geometry"])) == square
    assert "“geometry”" in first_fault(receipt)

    for broken, said in (
        (content[:-20], "not whole GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "no outline"),
        ('{"type": "Topology"}', "no features"),
    ):
        receipt, _ = give(contract, broken, "w.geojson", "boundary")
        assert (receipt.outcome, said in first_fault(receipt)) == ("refused", True)


WORKBOOK = """
[file]
format = "xlsx"
[[sheets]]
name = "Data"
header_rows = [2, 3]
carry_down = ["Year"]
skip = '(?i)total'
[[columns]]
name = "code"
found = "Area"
required = true
[[columns]]
name = "year"
found = "Year"
required = true
[[wide]]
found = '^(?P<trait>.+) \\| Cases$'
values = { number = "whole" }
withheld = ["*"]
""" + TRAIT.replace('{ value = "made_up" }', '"trait"').replace("[tables.columns]", '[tables.columns]\ntext = "year"')


def workbook(folder: Path, sheet: str = "Data") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for line in (
        ["A title over everything"],
        [None, None, "North", None, "South", None],
        ["Year", "Area", "Cases", "Beds", "Cases", "Beds"],
        ["2020-21\n", "A", 10, 1, "*", 2],
        [None, "B", 20, 1, None, 2],
        ["2020-21 Total", None, 30, 2, 0, 4],
        ["2021-22", "A", 40, 1, "many", 2],
    ):
        page.append(line)
    book.save(folder / "made.xlsx")
    return (folder / "made.xlsx").read_bytes()


def test_workbook_with_headers_that_span_columns(give, tmp_path: Path):
    receipt, rows = give(WORKBOOK, workbook(tmp_path), "book.xlsx")

    found = [(row["area_code"], row["text"], row["trait"], row.get("number")) for row in rows]
    assert found == [("A", "2020-21", "North", 10.0), ("A", "2020-21", "South", None), ("B", "2020-21", "North", 20.0)]
    assert (receipt.rows_taken, receipt.rows_refused) == (2, 1)
    assert receipt.faults[0].row == 7
    assert "South | Cases" in first_fault(receipt)


def test_workbook_without_the_sheet_or_that_is_none(give, tmp_path: Path):
    receipt, _ = give(WORKBOOK, workbook(tmp_path, sheet="Other"), "book.xlsx")
    assert "no sheet called “Data”" in first_fault(receipt)
    assert "It has: Other." in first_fault(receipt)

    receipt, _ = give(WORKBOOK, "Year,Area\n", "book.xlsx")
    assert "not an Excel workbook" in first_fault(receipt)


def test_same_key_twice_is_said(give):
    receipt, _ = give(columns() + TRAIT, "Code,Number\nA,1\nA,1\nB,1\nB,2\n")

    assert any("word for word" in warning for warning in receipt.warnings)
    assert any("different values" in warning for warning in receipt.warnings)


def test_new_version_of_the_contract_reads_the_same_file_again(give):
    first, _ = give(columns() + TRAIT, "Code,Number\nA,1\n")
    same, _ = give(columns() + TRAIT, "Code,Number\nA,1\n")
    changed, rows = give(columns("minimum = 0") + TRAIT, "Code,Number\nA,1\n")

    assert same.outcome == "already held"
    assert changed.outcome == "landed"
    assert changed.id != first.id
    assert len(rows) == 1
