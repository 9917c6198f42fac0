"""Whatever is done to the trail behind the site's back is found, and said where."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reversion.models import Revision

from upstream_web.audit import guard, pieces, stored, verification
from upstream_web.audit.chain import COLUMNS
from upstream_web.audit.models import Event, Head
from upstream_web.audit.operations import events
from upstream_web.core.acts import ActKind, declare

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LINES = 9
declare("tampered with in tests", ActKind.CONSULTATION)


def fill(lines: int = LINES, first: int = 1) -> None:
    """Write lines that differ in every column."""
    for number in range(first, first + lines):
        events.record(
            "tampered with in tests", by=f"person{number}@test", at=AT + timedelta(minutes=number, microseconds=number),
            kind="risk", about=f"R-{number}", detail={"n": number}, purpose=f"purpose {number}", body=f"body {number}",
            recipient=f"to {number}", reason=f"because of {number}", request_id=f"{number:012x}",
        )  # fmt: skip


@pytest.fixture
def trail(db):
    """Nine lines, without the guard that would refuse what is done to them here."""
    fill()
    guard.lift(connection)


def sql(statement: str, *values: object) -> int:
    """Write behind the site's back; gives how many rows that touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def found() -> list[str]:
    """What a check says."""
    return [fault.words for fault in verification.verify().faults]


def test_untouched_trail_is_whole(trail):
    verdict = verification.verify()
    assert (verdict.is_whole, verdict.lines, verdict.first, verdict.last) == (True, LINES, 1, LINES)
    assert verdict.sentence == "The trail is whole: 9 lines, 1 to 9."


def test_trail_without_a_line_is_whole(db):
    assert verification.verify().sentence == "The trail is whole; it holds no line."


def test_every_column_is_sealed():
    assert {field.name for field in Event._meta.concrete_fields} == {*COLUMNS, "hash"}


def test_line_is_read_back_as_the_bytes_that_were_sealed(trail):
    """The database joins the columns by itself; both databases must give what was sealed."""
    read = [content for batch in stored.lines(after=0, to=LINES, batch=4) for _, content, _ in batch]
    assert read == [event.sealed_bytes() for event in Event.objects.all()]


def test_trail_can_be_checked_by_another_program(trail):
    """Written from docs/explanation/audit-trail.md alone, with nothing of ours but the key's file."""
    key, before = Path(site.AUDIT_KEY_FILE).read_bytes().strip(), "0" * 64
    for row in Event.objects.values():
        at = row["at"].astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        texts = [str(row["chain"]), at, row["actor"], row["action"], row["act_kind"], row["kind"], row["about"]]
        texts += [row["purpose"], row["body"], row["recipient"], row["reason"], row["request_id"]]
        texts += [f'{{"n":{row["detail"]["n"]}}}', before]
        before = hmac.new(key, "\x1f".join(texts).encode(), hashlib.sha256).hexdigest()
        assert (row["hash"], row["hash"] == before) == (before, True)


TEXTS = [name for name in COLUMNS if name not in ("chain", "at", "before")] + ["before", "hash"]
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)  # PostgreSQL takes no NUL


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(1, LINES), column=st.sampled_from(TEXTS), text=TEXT)
def test_line_changed_in_any_text_is_found(trail, number, column, text):
    limit = Event._meta.get_field(column).max_length
    text = text[:limit] if limit else text
    with transaction.atomic():
        changed = sql(f"UPDATE audit_event SET {column} = %s WHERE chain = %s AND {column} <> %s", text, number, text)
        assert found() == ([f"Line {number} was changed."] if changed else [])
        transaction.set_rollback(True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(1, LINES), shift=st.timedeltas(timedelta(microseconds=1), timedelta(days=9000)))
def test_line_whose_moment_was_changed_is_found(trail, number, shift):
    with transaction.atomic():
        event = Event.objects.get(pk=number)
        sql(
            "UPDATE audit_event SET at = %s WHERE chain = %s",
            connection.ops.adapt_datetimefield_value(event.at - shift),
            number,
        )
        assert found() == [f"Line {number} was changed."]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1, 1, "Line 1 is missing."),
        (4, 4, "Line 4 is missing."),
        (3, 6, "Lines 3 to 6 are missing."),
        (9, 9, "Line 9 is missing at the end of the trail."),
        (7, 9, "Lines 7 to 9 are missing at the end of the trail."),
        (1, 9, "Lines 1 to 9 are missing at the end of the trail."),
    ],
)
def test_removed_lines_are_found(trail, first, last, said):
    sql("DELETE FROM audit_event WHERE chain BETWEEN %s AND %s", first, last)
    assert found() == [said]


def test_removed_end_is_found_though_the_site_went_on(trail):
    sql("DELETE FROM audit_event WHERE chain >= 8")
    fill(2, first=10)
    assert found() == ["Lines 8 to 9 are missing."]


def test_two_lines_put_in_each_others_place_are_found(trail):
    for a, b in ((3, 100), (6, 3), (100, 6)):
        sql("UPDATE audit_event SET chain = %s WHERE chain = %s", b, a)
    assert found() == ["Line 3 was changed.", "Line 6 was changed."]


def test_line_moved_to_another_number_is_found(trail):
    sql("UPDATE audit_event SET chain = 100 WHERE chain = 4")
    assert found() == ["Line 4 is missing.", "Lines 10 to 100 stand behind the end of the trail."]


COPIED = ", ".join(column for column in (*COLUMNS, "hash") if column != "chain")


def test_copy_of_a_line_behind_the_end_is_found(trail):
    sql(f"INSERT INTO audit_event (chain, {COPIED}) SELECT 10, {COPIED} FROM audit_event WHERE chain = 9")
    assert found() == ["Line 10 stands behind the end of the trail."]


def test_copy_of_a_line_in_the_place_of_another_is_found(trail):
    sql("DELETE FROM audit_event WHERE chain = 5")
    sql(f"INSERT INTO audit_event (chain, {COPIED}) SELECT 5, {COPIED} FROM audit_event WHERE chain = 4")
    assert found() == ["Line 5 was changed."]


def test_line_put_before_the_first_is_found(trail):
    sql(f"INSERT INTO audit_event (chain, {COPIED}) SELECT 0, {COPIED} FROM audit_event WHERE chain = 1")
    assert found() == ["Line 0 does not follow the line before it."]


def put_in_from_another_trail() -> None:
    """Put line 3 of another trail into one of four: sealed, of the right number, but going on from another line."""
    guard.lift(connection)
    fill(4)
    other = {name: getattr(Event.objects.get(pk=3), name) for name in (*COLUMNS, "hash")}
    sql("DELETE FROM audit_event")
    Head.objects.all().delete()
    fill(2, first=50)
    fill(2)
    sql("DELETE FROM audit_event WHERE chain = 3")
    Event(**other).save()


def test_line_taken_from_another_trail_of_the_same_key_is_found(db):
    put_in_from_another_trail()
    assert found() == ["Lines 3 to 4 do not follow the lines before them."]


def test_text_moved_from_one_column_to_the_next_is_found(trail):
    """The columns joined are the same bytes; the number of separators gives it away."""
    sql("UPDATE audit_event SET kind = kind || %s || about, about = '' WHERE chain = 2", "\x1f")
    assert found() == ["Line 2 was changed."]


@pytest.mark.parametrize("column", ["number", "hash", "erased_to", "erased_hash", "seal"])
def test_altered_head_is_found(trail, column):
    value = 3 if column in ("number", "erased_to") else "f" * 64
    sql(f"UPDATE audit_head SET {column} = %s", value)
    assert [fault.wrong for fault in verification.verify().faults] == ["head altered"]


def test_end_cut_off_with_the_head_put_back_is_found(trail):
    """Without the key the head cannot be sealed anew."""
    sql("DELETE FROM audit_event WHERE chain > 5")
    sql("UPDATE audit_head SET number = 5, hash = (SELECT hash FROM audit_event WHERE chain = 5)")
    assert "head of the trail" in " ".join(found())


def test_missing_head_is_found(trail):
    sql("DELETE FROM audit_head")
    assert [fault.wrong for fault in verification.verify().faults] == ["head altered"]


@pytest.mark.parametrize("goes_on", [False, True], ids=["nothing since", "the site went on"])
def test_trail_taken_away_whole_with_its_head_is_found(trail, goes_on):
    Revision.objects.create(date_created=AT + timedelta(minutes=1, microseconds=1))  # the record that line 1 is about
    assert verification.verify().is_whole
    sql("DELETE FROM audit_event")
    sql("DELETE FROM audit_head")
    if goes_on:
        fill(2, first=10)
    assert [fault.wrong for fault in verification.verify().faults] == ["begun anew"]


def test_trail_under_another_key_is_told_as_one_fault_for_all_lines(trail, settings, tmp_path):
    settings.AUDIT_KEY_FILE = str(tmp_path / "another_key")
    assert [(fault.wrong, fault.first, fault.last) for fault in verification.verify().faults] == [
        ("head altered", 0, 0), ("changed", 1, LINES),
    ]  # fmt: skip


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL takes no text that is not valid")
@pytest.mark.parametrize("column", ["actor", "detail", "hash", "before"])
def test_text_that_cannot_be_read_is_found(trail, column):
    sql(f"UPDATE audit_event SET {column} = CAST(x'ff00fe' AS TEXT) WHERE chain = 3")
    assert found() == ["Line 3 was changed."]


def test_many_faults_are_counted_and_not_all_listed(trail, monkeypatch):
    monkeypatch.setattr(pieces, "MOST_FAULTS_LISTED", 2)
    sql("UPDATE audit_event SET actor = 'x' WHERE chain IN (1, 3, 5, 7)")
    verdict = verification.verify()
    assert (len(verdict.faults), verdict.fault_count) == (2, 4)
    assert verdict.sentence == "The trail is not whole: 4 faults."


@pytest.mark.parametrize("length", [1, 2, 3, 5, 100])
def test_check_in_small_pieces_says_the_same(trail, monkeypatch, length):
    """However the trail is cut to be shared out, the seams hide nothing and make nothing up."""
    monkeypatch.setattr(stored.lines, "__kwdefaults__", {"batch": 2})
    monkeypatch.setattr(verification, "LINES_OF_A_PIECE", length)
    told: list[tuple[int, int]] = []
    assert verification.verify(lambda text, done, of: told.append((done, of))).is_whole
    assert told[-1] == (LINES, LINES)
    sql("DELETE FROM audit_event WHERE chain IN (3, 4, 5)")
    sql("UPDATE audit_event SET about = 'x' WHERE chain = 8")
    assert found() == ["Lines 3 to 5 are missing.", "Line 8 was changed."]
    sql("DELETE FROM audit_event WHERE chain = 9")
    assert found() == ["Lines 3 to 5 are missing.", "Line 8 was changed.", "Line 9 is missing at the end of the trail."]


@pytest.mark.parametrize("length", [1, 2, 100])
def test_line_that_does_not_go_on_from_the_one_before_is_found_at_a_seam(db, monkeypatch, length):
    monkeypatch.setattr(verification, "LINES_OF_A_PIECE", length)
    put_in_from_another_trail()
    assert found() == ["Lines 3 to 4 do not follow the lines before them."]
