"""Asking as a notebook does: in three lines, with a chart and its provenance; and by a definition of one's own."""

from __future__ import annotations

import dataclasses
import re
import shutil
from datetime import date
from pathlib import Path

import altair as alt
import pytest

from upstream.exceptions import MeasureCannotBeCutThatWay, UnknownArea, UnknownMeasure
from upstream.measures import calculate, load_definitions
from upstream.measures.opening import PartnershipOfBuildUnknown
from upstream.partnership import Partnership, open_partnership
from upstream.store.builds import current_build

HOW_TO = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-a-measure.md"
TEN = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}


def test_by_names_level_period_and_breakdown_in_any_order(example: Partnership) -> None:
    result = example.measure("all_crime_count", by=("crime_type", "month", "district"), **TEN)
    assert (result.query.level, result.query.period, result.query.breakdown) == ("district", "month", ("crime_type",))
    assert result.frame.height == 9 * 12 * 13


def test_by_nothing_is_as_the_definition_has_it_first(example: Partnership) -> None:
    result = example.measure("violence_rate")
    assert (result.query.level, result.query.period) == ("partnership", "year")


def test_area_means_the_small_areas_of_the_census_in_use(example: Partnership) -> None:
    result = example.measure("violence_count", by=("area", "rolling_year"), **TEN)
    assert (result.query.level, result.query.period) == ("lsoa21", "rolling year")
    assert result.known.height == 697  # only the year to December 2025 has all its months


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (("ward", "district"), "by names ward and district"),
        (("month", "year"), "by names month and year"),
        (("region",), "has no level region"),
        (("sex",), "has no breakdown sex"),
        (("edition",), "has no period edition"),
    ],
)
def test_cuts_that_cannot_be_made_say_which_can(example: Partnership, by: tuple[str, ...], message: str) -> None:
    with pytest.raises(MeasureCannotBeCutThatWay, match=message):
        example.measure("violence_rate", by=by)


def test_unknown_names_are_answered_with_the_nearest(example: Partnership) -> None:
    with pytest.raises(UnknownMeasure, match="violence_rate"):
        example.measure("violense_rate")
    with pytest.raises(UnknownArea, match="E99999999"):
        example.measure("violence_rate", by=("district",), areas=["E99999999"])
    with pytest.raises(MeasureCannotBeCutThatWay, match="after the end"):
        example.measure("violence_rate", start=date(2025, 2, 1), end=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("measure", "by"),
    [
        ("violence_rate", ("month",)),
        ("violence_rate", ("district", "year")),
        ("violence_rate", ("area", "year")),
        ("positive_outcome_share", ("quarter",)),
        ("permanent_exclusions_count", ("upper_tier", "reason")),
        ("search_rate", ("ethnic_group",)),
    ],
)
def test_every_shape_of_result_has_a_chart(example: Partnership, measure: str, by: tuple[str, ...]) -> None:
    chart = example.measure(measure, by=by).chart()
    assert isinstance(chart, alt.Chart | alt.LayerChart)
    assert len(chart.to_json()) > 1000


def test_nothing_known_cannot_be_drawn(example: Partnership) -> None:
    with pytest.raises(MeasureCannotBeCutThatWay, match="Nothing is known"):
        example.measure("search_count").chart()


def test_provenance_leads_back(example: Partnership) -> None:
    made = example.measure("violence_rate", by=("district",)).provenance
    build = current_build(example)
    assert (made.build, made.built_at, made.confidence_level) == (build.id, build.built_at, 0.95)
    street = made.feeds[0]
    assert sorted(street.receipts) == sorted(build.feeds["police_street"])
    assert (street.first_period, street.last_period) == (date(2018, 10, 1), date(2025, 12, 31))


def test_a_build_may_be_asked_when_its_partnership_is_in_use(
    example: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = current_build(example)
    monkeypatch.setenv("UPSTREAM_PARTNERSHIP", str(example.folder))
    assert calculate(build, "violence_count", period="year", **TEN).frame["value"].to_list() == [41_429]
    with pytest.raises(PartnershipOfBuildUnknown, match="elsewhere"):
        calculate(dataclasses.replace(build, partnership="elsewhere"), "violence_count")


def test_definition_of_the_how_to_works_as_it_stands(example: Partnership, tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    folder = tmp_path / "ours"
    (folder / "measures").mkdir(parents=True)
    shutil.copyfile(example.folder / "partnership.toml", folder / "partnership.toml")
    (folder / "measures" / "ours.toml").write_text(text, encoding="utf-8")
    ours = open_partnership(folder, data=example.data.root.parent)
    assert set(load_definitions(ours)) - set(load_definitions()) == {"public_violence_rate"}
    found = ours.measure("public_violence_rate", by=("district", "year"), **TEN).frame["numerator"].sum()
    parts = [example.measure(f"{kind}_count", by=("district", "year"), **TEN) for kind in ("robbery", "public_order")]
    assert found == sum(part.frame["value"].sum() for part in parts)
