"""Saying something about a record, putting it right, adding to it, and taking it back."""

from __future__ import annotations

from datetime import datetime

from upstream.exceptions import WrongUse
from upstream_web.access.models import User
from upstream_web.core.operations import operation, tell
from upstream_web.records import marks, seeing
from upstream_web.records.models import Comment, Record
from upstream_web.records.models.comment import LONGEST
from upstream_web.records.operations import notices


class CommentEmpty(WrongUse):
    """A comment without words."""


class CommentTooLong(WrongUse):
    """A comment that is a paper."""


class CommentFixed(WrongUse):
    """The comment is somebody else's, withdrawn, or older than a quarter of an hour."""


def _words(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise CommentEmpty("The comment has no words.", do="Write what you want to say.")
    if len(words) > LONGEST:
        raise CommentTooLong(
            f"The comment has {len(words):,} signs.", expected=f"at most {LONGEST:,}", do="Attach it as a file instead."
        )
    return words


@operation("comment added")
def add(*, record: Record, text: str, adds_to: Comment | None = None, by: User, at: datetime) -> Comment:
    """Say something about a record; people named in it get a notice if they may see the record.

    Raises `CommentEmpty`, `CommentTooLong`, or `CommentFixed` when it adds to somebody else's.
    """
    if adds_to is not None and (not adds_to.is_of(by) or adds_to.record_name != (record.kind, record.pk)):
        raise CommentFixed("You can add to your own comments only.", do="Write a comment of your own.")
    comment: Comment = Comment.objects.create(
        record_kind=record.kind, record_key=record.pk, by=by, at=at, text=_words(text), adds_to=adds_to
    )
    tell(record, comment=comment.pk)
    _tell_those_named(comment, by=by, at=at)
    return comment


@operation("comment put right")
def put_right(*, comment: Comment, text: str, by: User, at: datetime) -> Comment:
    """Change one's own words within a quarter of an hour; raises `CommentFixed` and what `add` raises."""
    if not comment.can_be_changed(by, at):
        raise CommentFixed(
            "A comment can be changed by its writer for 15 minutes.", do="Add to it instead, or withdraw it."
        )
    comment.text, comment.changed_at = _words(text), at
    comment.save(update_fields=["text", "changed_at"])
    tell(comment, comment=comment.pk)
    _tell_those_named(comment, by=by, at=at)
    return comment


@operation("comment withdrawn")
def withdraw(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Take one's own words back; raises `CommentFixed`. That something was said stays."""
    if not comment.is_of(by):
        raise CommentFixed("You can withdraw your own comments only.", do="Ask whoever wrote it.")
    comment.withdrawn_at = at
    comment.save(update_fields=["withdrawn_at"])
    tell(comment, comment=comment.pk)
    return comment


def _tell_those_named(comment: Comment, *, by: User, at: datetime) -> None:
    named = [
        person
        for person in marks.mentioned(comment.text).values()
        if person.pk != by.pk and seeing.is_open_to(person, comment.record_name)
    ]
    words = f"{by.name} named you in a comment"
    notices.give(
        to=[person.pk for person in named], reason="mention", name=comment.record_name, words=words,
        occasion=f"comment {comment.pk}", at=at,
    )  # fmt: skip
