"""Every built-in measure calculates, on the worked example, in every way that its definition claims."""

from __future__ import annotations

import pytest

from upstream.measures import calculate, load_definitions, summarise
from upstream.measures.result import Status
from upstream.partnership import Partnership

DEFINITIONS = load_definitions()
# The worked example has no stop-and-search file of its own force: none was to be had.
NOT_SUPPLIED = {"police_stop_search"}


@pytest.mark.parametrize("name", DEFINITIONS)
def test_calculates_as_it_claims(example: Partnership, name: str) -> None:
    definition = DEFINITIONS[name]
    for level in definition.levels:
        for period in definition.periods:
            result = calculate(example, name, level=level, period=period)
            if NOT_SUPPLIED & set(definition.feeds):
                assert result.known.is_empty()
                continue
            known = result.known
            assert known.height, f"nothing known by {level} and {period}"
            assert set(known["status"]) <= {Status.KNOWN.value, Status.TOO_YOUNG.value}
            assert known["value"].is_finite().all()
            assert known["lower"].is_null().all() or (known["lower"] <= known["value"] + 1e-9).all()
            assert not result.frame.select("area_code", "period").is_duplicated().any()
            assert result.provenance.feeds[0].receipts


@pytest.mark.parametrize("name", [name for name, d in DEFINITIONS.items() if d.breakdowns])
def test_breaks_down_as_it_claims(example: Partnership, name: str) -> None:
    definition = DEFINITIONS[name]
    for breakdown in definition.breakdowns:
        frame = calculate(example, name, breakdown=[breakdown]).frame
        assert breakdown in frame.columns
        if not NOT_SUPPLIED & set(definition.feeds):
            assert frame[breakdown].n_unique() >= 1


@pytest.mark.parametrize("name", DEFINITIONS)
def test_sums_up(example: Partnership, name: str) -> None:
    summary = summarise(example, name)
    assert summary.sentences
    assert all(sentence.endswith(".") for sentence in summary.sentences)
    if NOT_SUPPLIED & set(summary.definition.feeds):
        assert summary.headline == "No figure is held."
