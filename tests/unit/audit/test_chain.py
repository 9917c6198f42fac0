"""The seal and the bytes that are sealed."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.audit.chain import COLUMNS, SEPARATOR, Seal, clean, facts_as_text, joined, moment_as_text

# RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
PUBLISHED = [
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
]


@pytest.mark.parametrize(("key", "content", "expected"), PUBLISHED)
def test_seal_is_hmac_sha_256(key, content, expected):
    assert Seal(key).of(content) == expected


@given(st.binary(max_size=200), st.binary(max_size=500))
def test_seal_agrees_with_the_standard_library(key, content):
    assert Seal(key).of(content) == hmac.new(key, content, hashlib.sha256).hexdigest()


def test_seal_of_one_content_leaves_nothing_behind_for_the_next():
    seal = Seal(b"k")
    assert [seal.of(b"a"), seal.of(b"b"), seal.of(b"a")] == [
        Seal(b"k").of(b"a"),
        Seal(b"k").of(b"b"),
        Seal(b"k").of(b"a"),
    ]


def test_line_is_its_columns_joined_by_the_unit_separator():
    assert joined({name: name.upper() for name in COLUMNS} | {"chain": 7}) == (
        b"7\x1fAT\x1fACTOR\x1fACTION\x1fACT_KIND\x1fKIND\x1fABOUT\x1fPURPOSE\x1fBODY\x1fRECIPIENT\x1fREASON\x1fREQUEST_ID"
        b"\x1fDETAIL\x1fBEFORE"
    )


def test_moment_is_written_in_utc_with_microseconds():
    summer = timezone(timedelta(hours=1))
    assert moment_as_text(datetime(2026, 7, 1, 0, 30, tzinfo=summer)) == "2026-06-30 23:30:00.000000"
    assert moment_as_text(datetime(2026, 7, 1, 0, 30, 0, 5, tzinfo=UTC)) == "2026-07-01 00:30:00.000005"


@given(st.text())
def test_clean_text_cannot_hold_the_end_of_a_column(text):
    assert not set(clean(text)) & {chr(code) for code in range(0x20)}
    clean(text).encode()  # lone halves of surrogate pairs could not be stored


def test_facts_are_written_alike_whatever_their_order():
    assert facts_as_text({"b": [1, None], "a": "ü"}) == '{"a":"ü","b":[1,null]}'
    assert facts_as_text({"a": "ü", "b": [1, None]}) == facts_as_text({"b": [1, None], "a": "ü"})


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)))
def test_facts_never_hold_a_separator(facts):
    assert SEPARATOR not in facts_as_text(facts)


def test_facts_that_json_cannot_hold_are_refused():
    with pytest.raises(TypeError):
        facts_as_text({"a": object()})
    with pytest.raises(ValueError, match="not JSON compliant"):
        facts_as_text({"a": float("nan")})
