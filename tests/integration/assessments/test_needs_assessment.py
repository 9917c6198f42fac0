"""The needs assessment of the worked example: its figures counted again from the files, its words held to them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import docx
import polars as pl
import pypdf
import pytest

from upstream.assessments import needs_assessment, write
from upstream.assessments.document import Document
from upstream.assessments.rendering.figures_json import figures_json
from upstream.measures import calculate
from upstream.partnership import Partnership

pytestmark = pytest.mark.slow

AT = datetime(2026, 2, 11, 9, 30, tzinfo=UTC)
VIOLENCE = "Violence and sexual offences"
# What a sentence may write in figures without being a number of the data: years, units, names, and an interval
# that belongs to the number before it.
NO_FIGURE = re.compile(
    r"\b(?:19|20)\d\d(?:/\d\d)?\b|1,000|\b95% interval [\d.,]+ to [\d.,]+|95%|\b\d{3}[A-Z]\b|Chapter \d+"
    r"|aged \d+ to \d+|of \d+ (?:months|forces)|the \d+ months|on \d+ months"
)


@pytest.fixture(scope="module")
def document(example: Partnership) -> Document:
    return needs_assessment(example, at=AT)


@pytest.fixture(scope="module")
def written(document: Document, example: Partnership, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write(document, tmp_path_factory.mktemp("assessment"), cache=example.data.cache / "charts")


@pytest.fixture(scope="module")
def street(example: Partnership) -> pl.DataFrame:
    """The published files of 2025, read by Polars alone."""
    files = sorted((example.folder / "open_data" / "police_street").glob("2025-*-street.csv.gz"))
    assert len(files) == 12
    return pl.concat([pl.read_csv(path, infer_schema_length=0) for path in files])


def value(document: Document, key: str) -> float:
    found = document.numbers()[key].value
    assert found is not None
    return found


def test_totals_are_those_of_the_files(document: Document, street: pl.DataFrame) -> None:
    violence = street.filter(pl.col("Crime type") == VIOLENCE)
    total = next(n for n in document.numbers().values() if n.measure == "violence_count" and n.period == "2025")
    assert total.value == violence.height == 41_429
    residents = next(n for n in document.numbers().values() if n.measure == "residents_count")
    rate = next(n for n in document.numbers().values() if n.measure == "violence_rate" and n.period == "2025")
    assert residents.value == 1_146_302
    assert rate.value == pytest.approx(violence.height / 1_146_302 * 1000)
    assert rate.lower is not None
    assert rate.lower < 36.1 < (rate.upper or 0)


def test_offences_without_a_place_are_those_of_the_files(document: Document, street: pl.DataFrame) -> None:
    violence = street.filter(pl.col("Crime type") == VIOLENCE)
    assert value(document, "violence_no_place") == violence["LSOA code"].is_null().sum() == 227
    assert value(document, "violence_placed") == 40_872
    assert value(document, "violence_outside_area") == 41_429 - 40_872 - 227


def test_the_ten_neighbourhoods_are_those_of_the_files(document: Document, street: pl.DataFrame) -> None:
    table = next(table for table in document.table_blocks() if "neighbourhoods hold" in table.title)
    counted = (
        street.filter(pl.col("Crime type") == VIOLENCE)
        .group_by("LSOA name")
        .len()
        .sort("len", descending=True)
        .head(10)
    )
    assert table.frame["Offences"].to_list() == counted["len"].to_list()
    assert table.frame["Neighbourhood"][0] == "Hanley & Etruria\nStoke-on-Trent 015D"
    assert table.frame["Offences"][0] == 817


def test_concentration_is_that_of_the_files(document: Document, street: pl.DataFrame, example: Partnership) -> None:
    """Half of the offences lie in the fewest areas whose sum reaches half; here by sorting, without the method."""
    inside = street.filter(pl.col("Crime type") == VIOLENCE, pl.col("LSOA name").is_not_null())
    districts = [row["area_name"] for row in calculate(example, "violence_count", level="district").frame.to_dicts()]
    ours = f"^({'|'.join(sorted(set(districts)))}) \\d"
    counts = (
        inside.filter(pl.col("LSOA name").str.contains(ours)).group_by("LSOA name").len()["len"].sort(descending=True)
    )
    assert counts.sum() == 40_872
    needed = int((counts.cum_sum() < counts.sum() / 2).sum()) + 1
    assert value(document, "concentration_half_violence_count") == pytest.approx(needed / 697)
    assert value(document, "concentration_tenth_violence_count") == pytest.approx(counts.head(70).sum() / counts.sum())


def test_every_number_stands_in_figures_json(document: Document, written: dict[str, Path]) -> None:
    stored = json.loads(written["json"].read_text(encoding="utf-8"))
    by_key = {item["key"]: item for item in stored["numbers"]}
    said = {number.key for sentence in document.sentences() for number in sentence.numbers}
    assert said == set(by_key)
    assert len(said) > 50
    hashes = {receipt["receipt"] for receipt in stored["receipts"]}
    for item in by_key.values():
        assert item["build"] == document.build
        assert item["method"]
        assert item["period"]
        assert item["label"]
        receipts = {receipt["receipt"] for feed in item["feeds"] for receipt in feed["receipts"]}
        assert receipts
        assert receipts <= hashes
        assert item["lower"] is None or item["lower"] <= item["value"] <= item["upper"]


def test_numbers_agree_with_the_measures(document: Document, example: Partnership) -> None:
    definitions = {definition.name for definition in document.definitions}
    again = 0
    for number in document.numbers().values():
        assert number.measure in definitions
        if "area" not in number.filters or len(number.filters) > 2 or number.unit == "per cent":
            continue
        result = calculate(
            example, number.measure, level=number.filters["level"], period="year", areas=(number.filters["area"],)
        ) if number.period == "2025" and number.measure.endswith("_rate") else None  # fmt: skip
        if result is not None:
            assert number.value == result.frame.filter(period="2025")["value"][0]
            again += 1
    assert again >= 3


def test_no_sentence_says_a_number_that_is_not_traceable(document: Document) -> None:
    loose = []
    for sentence in document.sentences():
        template = re.sub(r"\{[^}]*\}", "", sentence.template)
        if re.search(r"\d", NO_FIGURE.sub("", template)):
            loose.append(sentence.template)
    assert loose == []


def test_words_claim_nothing_that_the_data_cannot_carry(document: Document) -> None:
    text = " ".join(sentence.text for sentence in document.sentences())
    assert not re.search(r"\b(nan|N/A|null|inf)\b", text)
    assert not re.search(r"\b(caused by|due to|leads to|proves)\b", text)
    assert "high-risk individual" not in text
    assert "!" not in text
    for sentence in document.sentences():
        assert sentence.text[0].isupper() or sentence.text[0].isdigit()
        assert sentence.text.endswith((".", ")"))


def test_surely_is_said_only_when_the_interval_allows(document: Document) -> None:
    for sentence in document.sentences():
        if sentence.rule == "rule_change" and "surely" in sentence.text:
            (number,) = sentence.numbers
            assert number.lower is not None
            assert number.upper is not None
            assert number.lower > 0 or number.upper < 0


def test_every_chapter_opens_with_its_answer_and_its_doubt(document: Document) -> None:
    assert [chapter.number for chapter in document.chapters] == list(range(1, 13))
    for chapter in document.chapters:
        assert chapter.answer
        assert chapter.sure_of.endswith(".")
        assert chapter.not_sure_of.endswith(".")
        assert chapter.sections


def test_labels_count_up_in_each_chapter(document: Document) -> None:
    for blocks in (document.figure_blocks(), document.table_blocks()):
        labels = [tuple(map(int, block.label.split("."))) for block in blocks]
        assert labels == sorted(labels)
        assert len(labels) == len(set(labels))
    assert len(document.figure_blocks()) >= 10
    assert len({block.figure.name for block in document.figure_blocks()}) == len(document.figure_blocks())


def test_pdf_has_no_empty_page_and_no_heading_alone_at_the_end_of_one(
    document: Document, written: dict[str, Path]
) -> None:
    headings = {section.heading for _, section in document.sections()}
    pages = [page.extract_text().strip().splitlines() for page in pypdf.PdfReader(written["pdf"]).pages]
    assert 20 < len(pages) < 60
    for lines in pages[2:]:
        body = [line.strip() for line in lines if line.strip() and not line.startswith("Build ")]
        assert len(body) > 3
        assert body[-1] not in headings
    whole = " ".join(" ".join(line for lines in pages for line in lines).split())
    for sentence in document.chapters[3].answer:
        assert sentence.text in whole


def test_word_says_what_the_document_says(document: Document, written: dict[str, Path]) -> None:
    made = docx.Document(str(written["docx"]))
    text = " ".join(paragraph.text for paragraph in made.paragraphs)
    for chapter in document.chapters:
        assert chapter.answer[0].text in text
    assert len(made.inline_shapes) == len(document.figure_blocks())


def test_page_is_complete_in_itself(document: Document, written: dict[str, Path]) -> None:
    text = written["html"].read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?!#|data:)', text)
    assert text.count('class="chapter"') == 12
    assert text.count("<figure") == len(document.figure_blocks())
    assert len(text) < 6_000_000


def test_made_again_it_says_the_same(document: Document, example: Partnership) -> None:
    assert figures_json(needs_assessment(example, at=AT)) == figures_json(document)
