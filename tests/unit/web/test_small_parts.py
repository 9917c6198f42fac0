"""Settings, the secret key, words, strips of months, the glossary, free ports."""

from __future__ import annotations

import socket
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from hypothesis import given
from hypothesis import strategies as st

from upstream_web import settings_registry as registry
from upstream_web.core import words
from upstream_web.core.month_strip import MonthState, MonthStrip, months_between, strip_svg
from upstream_web.guide.glossary import parse
from upstream_web.secret_key import read_or_make
from upstream_web.serving import NoFreePort, address_of, first_free_port, is_free


@pytest.mark.parametrize("setting", registry.SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_has_a_default_that_works_and_a_meaning(setting):
    assert registry.value_of(setting.name, {}) == setting.default
    assert setting.variable.startswith("UPSTREAM_")
    assert setting.meaning.endswith(".")


def test_setting_is_read_from_its_variable():
    assert registry.number_of("port", {"UPSTREAM_PORT": "9000"}) == 9000
    assert registry.is_on("https", {"UPSTREAM_HTTPS": "yes"})
    assert not registry.is_on("https", {"UPSTREAM_HTTPS": "0"})


@pytest.mark.parametrize(("variable", "text"), [("UPSTREAM_PORT", "eight"), ("UPSTREAM_HTTPS", "perhaps")])
def test_setting_that_cannot_be_is_refused_by_name(variable, text):
    name = next(setting.name for setting in registry.SETTINGS if setting.variable == variable)
    with pytest.raises(registry.SettingNotUnderstood, match=variable):
        registry.value_of(name, {variable: text})


def test_secret_key_is_made_once_and_for_the_owner_only(tmp_path):
    path = tmp_path / "data" / "secret_key"
    key = read_or_make(path)
    assert len(key) >= 50
    assert read_or_make(path) == key
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


def test_secret_key_that_is_too_short_is_refused(tmp_path):
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(ValueError, match="5 characters"):
        read_or_make(tmp_path / "secret_key")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2024, 5, 1), date(2024, 5, 31), "May 2024"),
        (date(2024, 5, 1), date(2024, 12, 1), "May to December 2024"),
        (date(2019, 3, 1), date(2023, 12, 1), "March 2019 to December 2023"),
    ],
)
def test_span_is_said_as_shortly_as_it_can_be(first, last, said):
    assert words.span_words(first, last) == said


def test_moment_is_said_in_the_time_of_the_place():
    # 1 July is in British Summer Time, one hour ahead of universal time.
    assert words.moment_words(datetime(2026, 7, 1, 8, 5, tzinfo=UTC)) == "1 July 2026 at 09:05"
    assert words.day_words(date(2026, 2, 12)) == "Thursday 12 February 2026"


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 KB"), (2_000_000_000, "2.0 GB")]
)
def test_size_is_said_in_the_unit_that_suits_it(size, said):
    assert words.size_words(size) == said


def test_count_takes_its_plural():
    assert words.count_words(1, "row") == "1 row"
    assert words.count_words(1204, "row") == "1,204 rows"
    assert words.count_words(2, "entry", "entries") == "2 entries"


days = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@given(days, days)
def test_months_between_are_firsts_in_order_without_gaps(one, other):
    first, last = sorted((one, other))
    months = months_between(first, last)
    assert months[0] == first.replace(day=1)
    assert months[-1] == last.replace(day=1)
    assert all(month.day == 1 for month in months)
    assert len(set(months)) == len(months) == (last.year - first.year) * 12 + last.month - first.month + 1


def strip(*states: MonthState) -> MonthStrip:
    months = months_between(date(2024, 1, 1), date(2024, 12, 1))
    return MonthStrip("Street crime", tuple(zip(months, states, strict=False)))


def test_strip_says_in_words_what_it_draws():
    drawn = strip(MonthState.RECEIVED, MonthState.RECEIVED, MonthState.MISSING, MonthState.REFUSED, MonthState.DUE)
    assert drawn.alternative == (
        "Street crime: received January to February 2024; missing March 2024; refused April 2024; due May 2024"
    )


def test_strip_draws_one_mark_a_month_and_no_inline_style():
    drawing = strip_svg(strip(MonthState.RECEIVED, MonthState.MISSING, MonthState.REFUSED, MonthState.DUE))
    assert drawing.count("<rect") == 3
    assert drawing.count("<path") == 1
    assert 'fill="url(#hatch)"' in drawing
    assert "style=" not in drawing


def test_strip_escapes_the_name_of_the_feed():
    assert "<b>" not in strip_svg(MonthStrip("<b>x</b>", ()))


def test_glossary_is_read_with_meanings_over_several_lines():
    text = "# Words\n\n**Feed** — a regular supply\nof *data*.\n\n- **Receipt**: see [Feed](#feed).\n\nNot a term.\n"
    terms = parse(text)
    assert [(term.name, term.meaning) for term in terms] == [
        ("Feed", "a regular supply of data."),
        ("Receipt", "see Feed."),
    ]


def test_next_port_is_taken_when_one_is_busy():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        assert first_free_port("127.0.0.1", port) > port


def test_no_free_port_is_said_with_what_to_do(monkeypatch):
    monkeypatch.setattr("upstream_web.serving.is_free", lambda host, port: False)
    with pytest.raises(NoFreePort, match="--port"):
        first_free_port("127.0.0.1", 8000)


def test_address_is_written_as_one_types_it():
    assert address_of("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert address_of("::1", 8000) == "http://[::1]:8000"


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_list_of_choices_is_drawn_as_the_framework_draws_it(widget):
    choices = [("a & b", "<x>"), (1, "One"), (None, "No"), ("Group", [("g1", "G 1"), ("g2", "G 2")]), (1.5, "Z")]
    drawn = widget(attrs={"required": True, "id": "x", "data-y": 'q"'}, choices=choices)
    ours, theirs = (
        " ".join(drawn.render("n", ["g2", 1], renderer=made()).split()) for made in (TemplatesSetting, DjangoTemplates)
    )
    assert ours == theirs
    assert ours.count("<option") == 6


def test_money_is_shown_with_its_pence():
    from decimal import Decimal

    from upstream_web.core.templatetags.parts import pounds

    assert [pounds(Decimal(each)) for each in ("1200.50", "1200.00", "0")] == ["£1,200.50", "£1,200", "£0"]
