"""Kinds of review as data: ours can be read, and a faulty one says all that is wrong with it."""

from __future__ import annotations

import pytest

from upstream.clocks import load_rules
from upstream_web.reviews import codes


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.PARTNERSHIP_FOLDER = tmp_path
    codes._tables.cache_clear()
    yield tmp_path
    codes._tables.cache_clear()


def test_every_clock_of_our_kinds_is_a_rule():
    rules = load_rules()
    named = {step.clock for kind in codes.kinds().values() for step in kind.steps if step.clock}
    assert named <= rules.keys()
    assert len(named) == 10  # counted in the file


def test_times_of_a_child_safeguarding_review():
    # Working Together to Safeguard Children, December 2023, chapter 5.
    rules = load_rules()
    said = {
        name: (rules[name].length, str(rules[name].unit)) for name in ("serious_incident_notification", "rapid_review")
    }
    assert said == {"serious_incident_notification": (5, "working days"), "rapid_review": (15, "working days")}


def test_a_partnership_puts_its_own_in_place_of_ours(own_folder):
    (own_folder / "reviews").mkdir()
    (own_folder / "reviews" / "themes.toml").write_text(
        '[[theme]]\nkey = "places"\ntitle = "Our places"\nasks = "Which?"\n', encoding="utf-8"
    )
    assert codes.theme_title("places") == "Our places"
    assert codes.theme_title("information") == "Information not shared, or shared too late"
    assert codes.theme_title("gone") == "gone"


def test_a_faulty_kind_says_everything_that_is_wrong():
    told = {
        "key": "k", "title": "A kind", "law": "", "commissioned_by": "", "status": "perhaps", "source": "",
        "step": [
            {"key": "a", "title": "A", "clock": "rapid_review", "from": "b"},
            {"key": "b", "title": "B", "clock": "rapid_review"},
            {"key": "b", "title": "B again"},
        ],
    }  # fmt: skip
    with pytest.raises(codes.ReviewKindRefused) as refused:
        codes.read_kind(told)
    for words in ("'b', which is no earlier step", "said together", "'b' stands twice", "'perhaps' is none of"):
        assert words in str(refused.value)
