"""Telling people what concerns them. Notices are given within the operation that is their cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import name_of, operation, tell, under_way
from upstream_web.records.models import Digest, DigestChoice, Follow, Notice, Record
from upstream_web.records.models.hanging import RecordName

BATCH = 500  # notices asked about and written in one statement


@dataclass(frozen=True)
class Told:
    """One reminder to one person: why, about which record, in which words, on which occasion, and whether by mail."""

    person: int
    reason: str
    name: RecordName
    words: str
    occasion: str
    to_mail: bool = True

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What tells it apart from other notices to the same person."""
        return self.reason, *self.name, self.occasion


def give(
    *,
    to: Collection[int],
    reason: str,
    name: RecordName,
    words: str = "",
    occasion: str,
    at: datetime,
    to_mail: bool = False,
) -> list[Notice]:
    """Tell people, by their keys, about a record, within an operation; the same occasion is told once.

    Told again, the notice becomes unread and takes the newer words. `to_mail` has it told by the next letter too,
    whatever digest was chosen.
    """
    under_way()
    found = [
        Notice(person_id=person, reason=reason, record_kind=name[0], record_key=name[1], occasion=occasion,
               words=words[:300], at=at, to_mail=to_mail)
        for person in dict.fromkeys(to)
    ]  # fmt: skip
    return Notice.objects.bulk_create(
        found, update_conflicts=True, update_fields=["words", "at", "read_at"],
        unique_fields=["person", "reason", "record_kind", "record_key", "occasion"],
    )  # fmt: skip


def take_back(*, record: Record, occasion: str) -> None:
    """Take back, within an operation, what was told on an occasion and no longer holds: no letter brings it later."""
    under_way()
    Notice.objects.on(record).filter(occasion=occasion).delete()


def tell_of_assignment(record: Record, *, assigned: Collection[int], by: Any, at: datetime) -> set[int]:
    """Tell those to whom a record now belongs, but whoever made it so; gives their keys."""
    newly = set(assigned) - {getattr(by, "pk", None)}
    give(
        to=newly, reason="assigned", name=(record.kind, record.pk), words=f"{_called(by)} named you on it",
        occasion=f"version {record.version}", at=at,
    )  # fmt: skip
    return newly


def tell_of_change(record: Record, *, assigned: Collection[int], by: Any, at: datetime) -> None:
    """Tell those to whom a record now belongs, and those who follow it; never whoever made the change."""
    newly = tell_of_assignment(record, assigned=assigned, by=by, at=at)
    following = set(Follow.objects.on(record).values_list("person_id", flat=True)) - {getattr(by, "pk", None)} - newly
    day = timezone.localdate(at).isoformat()
    name = (record.kind, record.pk)
    give(to=following, reason="changed", name=name, words=f"{_called(by)} changed it", occasion=day, at=at)


def _called(by: Any) -> str:
    """Give the name of whoever acts as people know it, and not the one with which they sign in."""
    return getattr(by, "name", "") or name_of(by)


@operation("notice read", ActKind.OWN_HABITS)
def read(*, notice: Notice, by: User, at: datetime) -> Notice:
    """Keep that a person has read a notice of theirs."""
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice


@operation("all notices read", ActKind.OWN_HABITS)
def read_all(*, by: User, at: datetime) -> int:
    """Keep that a person has read all their notices; gives how many were unread."""
    count = Notice.objects.filter(person=by, read_at=None).update(read_at=at)
    tell(by, notices=count)
    return count


@operation("earlier notices taken as read", ActKind.OWN_HABITS)
def read_earlier(*, until: datetime, by: str, at: datetime) -> int:
    """Keep that everybody has read what they were told up to a moment; gives how many notices were unread.

    For a worked example, whose people are to find what is new to them and not years of it.
    """
    count = Notice.objects.filter(at__lte=until, read_at=None).update(read_at=at)
    tell(notices=count, until=until.isoformat())
    return count


@operation("record followed", ActKind.OWN_HABITS)
def follow(*, record: Record, by: User, at: datetime) -> Follow:
    """Let a person know from now on what happens to a record."""
    found, _ = Follow.objects.get_or_create(
        person=by, record_kind=record.kind, record_key=record.pk, defaults={"since": at}
    )
    tell(record)
    return found


@operation("record no longer followed", ActKind.OWN_HABITS)
def leave(*, record: Record, by: User, at: datetime) -> None:
    """Stop telling a person what happens to a record."""
    Follow.objects.on(record).filter(person=by).delete()
    tell(record)


@operation("digest chosen", ActKind.OWN_HABITS)
def choose_digest(*, often: str, reminders: bool = True, by: User, at: datetime) -> DigestChoice:
    """Keep how often a person wants their notices by e-mail, and whether reminders; raises ValueError for others."""
    if often not in DigestChoice.Often.values:
        raise ValueError(f"{often!r} is not offered: choose from {', '.join(DigestChoice.Often.values)}.")
    choice, _ = DigestChoice.objects.update_or_create(person=by, defaults={"often": often, "reminders": reminders})
    tell(by, often=often, reminders=reminders)
    return choice


@operation("digest claimed", ActKind.DISCLOSURE)
def claim_digest(*, person: User, day: date, notices: int, by: str, at: datetime) -> Digest | None:
    """Write that a person's digest of a day is being sent, before it is; None when that was written already."""
    digest, is_new = Digest.objects.get_or_create(person=person, day=day, defaults={"notices": notices})
    tell(person, day=str(day), notices=notices, recipient=person.email, again=not is_new)
    return digest if is_new else None


@operation("digest not sent")
def release_digest(*, digest: Digest, by: str, at: datetime) -> None:
    """Write that the mail server did not take a digest: it is sent the next time."""
    tell(digest.person, day=str(digest.day), notices=digest.notices, recipient=digest.person.email)
    digest.delete()


@operation("digest sent", ActKind.DISCLOSURE)
def finish_digest(*, digest: Digest, until: datetime, by: str, at: datetime) -> Digest:
    """Write that a digest was handed in, which tells of what came until a moment; the next one begins there."""
    digest.sent_at = until
    digest.save(update_fields=["sent_at"])
    tell(digest.person, day=str(digest.day), recipient=digest.person.email)
    return digest


@operation("time limits told")
def tell_of_clocks(*, told: Collection[Told], by: str, at: datetime) -> int:
    """Tell people of clocks by their rules: before the end, once late, and when lateness is taken further.

    Told once, a reminder stays told, also when it was read; gives how many are new.
    """
    new = _tell_once(told, at)
    tell(notices=new)
    return new


@operation("reminders claimed", ActKind.DISCLOSURE)
def claim_reminders(*, person: User, notices: Collection[Notice], by: str, at: datetime) -> list[Notice]:
    """Write that these reminders go to a person's mail now, before they do; gives those that nobody claimed before."""
    keys = [notice.pk for notice in notices]
    free = list(Notice.objects.select_for_update().filter(pk__in=keys, mailed_at=None))
    Notice.objects.filter(pk__in=[notice.pk for notice in free]).update(mailed_at=at)
    tell(person, notices=len(free), recipient=person.email)
    return free


@operation("reminders not sent")
def release_reminders(*, person: User, notices: Collection[Notice], by: str, at: datetime) -> None:
    """Write that the mail server did not take them: the reminders wait for the next time."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=None)
    tell(person, notices=len(notices), recipient=person.email)


@operation("reminders given")
def remind(*, waiting: Collection[Told], by: str, at: datetime) -> int:
    """Tell people of what waits for them; once told, it stays told, even when it was read."""
    _tell_once(waiting, at)
    tell(notices=len(waiting))
    return len(waiting)


def _tell_once(told: Iterable[Told], at: datetime) -> int:
    """Write the notices that are not there yet, of two that are alike the first; gives how many are new."""
    by_person: dict[int, list[Told]] = defaultdict(list)
    for each in told:
        by_person[each.person].append(each)
    new = 0
    for person, theirs in by_person.items():
        for start in range(0, len(theirs), BATCH):
            fresh = _fresh(person, theirs[start : start + BATCH], at)
            # A worker that was taken for dead may still be telling the same: whoever comes first has told it.
            Notice.objects.bulk_create(fresh, ignore_conflicts=True)
            new += len(fresh)
    return new


def _fresh(person: int, told: Iterable[Told], at: datetime) -> list[Notice]:
    """Make the notices that a person does not have: a busy person has thousands, so that they are asked in one go."""
    wanted: dict[Any, Told] = {}
    for each in told:
        wanted.setdefault(each.key, each)
    there = Notice.objects.filter(person=person, record_key__in={each.name[1] for each in wanted.values()})
    for key in there.values_list("reason", "record_kind", "record_key", "occasion"):
        wanted.pop(key, None)
    return [
        Notice(
            person_id=person, reason=each.reason, record_kind=each.name[0], record_key=each.name[1],
            occasion=each.occasion, words=each.words[:300], at=at, to_mail=each.to_mail,
        )
        for each in wanted.values()
    ]  # fmt: skip
