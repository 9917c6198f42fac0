"""The framework of the worked example: what it holds, and that it says honestly what is not known."""

from __future__ import annotations

from datetime import date

import pytest
from factories.indicators import AT, TODAY

from upstream_web.core.workbench import get_partnership
from upstream_web.organisations.operations import organisations
from upstream_web.performance import example as worked_example
from upstream_web.performance import queries
from upstream_web.performance.freezing import results_of
from upstream_web.performance.models import Indicator, Quarter, TypedValue

pytestmark = pytest.mark.slow
POLICE_FIGURES_HELD_TO = date(2025, 12, 31)


@pytest.fixture
def loaded(db, example):
    organisations.ensure_members(get_partnership().config.members, at=AT)
    return worked_example.load(get_partnership().folder / "records", at=AT)


def test_example_is_whole(loaded):
    assert loaded == Indicator.objects.count() >= 25
    assert worked_example.load(get_partnership().folder / "records", at=AT) == 0
    assert Indicator.objects.filter(state="retired").count() == 1
    assert {each.priority_number for each in queries.adopted()} == {1, 2, 3, 4, 5, 6}
    assert [quarter.label for quarter in Quarter.objects.all()] == ["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"]
    assert not TypedValue.objects.filter(state="checked", entered_by="analyst@example").exists()
    police = [each for each in queries.results(TODAY) if each.origin.kind == "measure" and each.frequency == "month"]
    assert police
    for each in police:
        assert not each.is_current
        assert each.latest.end <= POLICE_FIGURES_HELD_TO
    (freeze,) = Quarter.objects.get(starts_on=date(2025, 10, 1)).freezes.all()
    then = {each.key: each for each in results_of(freeze.data)}
    assert then["violence-rate"].is_current
    assert "drug-offences" in then
    for each in then.values():
        assert all(point.end <= date(2025, 12, 31) for point in each.points)
