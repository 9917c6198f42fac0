"""What is done every morning: people are told of clocks by their rules and of what waits, then letters go out."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, time
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.core.jobs import Run, background
from upstream_web.core.models import Job
from upstream_web.core.schedule import daily
from upstream_web.records import digests, reminding
from upstream_web.records.operations import notices
from upstream_web.records.sending import MailServerAway, hand_in

logger = logging.getLogger("upstream_web.mail")
BY = "upstream"
NOON = time(12)


@daily("morning", title="Telling people what waits for them")
@background("morning")
def morning(run: Run) -> dict[str, Any]:
    """Give reminders and send digests; done twice on one day, it tells nobody twice."""
    day = timezone.localdate(run.at)
    told = notices.tell_of_clocks(told=reminding.told_on(day), by=BY, at=run.clock())
    reminded = remind_everybody(run)
    return {"clocks": told, "reminders": reminded, **send_letters(run, until=run.clock()), "day": str(day)}


@daily("letters-again", title="Sending letters that the mail server did not take in the morning", hour=NOON)
@background("letters-again")
def letters_again(run: Run) -> dict[str, Any]:
    """Send what the mail server did not take in the morning: letters tell what they would have told then."""
    ended = Job.objects.filter(kind="morning", finished_at__isnull=False).order_by("-finished_at").first()
    return send_letters(run, until=ended.finished_at) if ended and ended.finished_at else {}


def send_letters(run: Run, *, until: datetime) -> dict[str, Any]:
    """Send reminders, then digests of what was told until a moment; gives how many of each, and how many wait.

    What the mail server does not take waits for the next time. When it takes nothing at all the rest is not tried.
    """
    sent = Counter(letters=0, digests=0, refused=0)
    if digests.can_send_mail():
        try:
            sent.update("letters" if taken else "refused" for taken in send_reminders(run, until=until))
            sent.update("digests" if taken else "refused" for taken in send_digests(run, until=until))
        except MailServerAway as away:
            logger.warning("The mail server takes no letters (%s); they wait for the next time", away)
            return {**sent, "mail_server": "takes no letters"}
    return dict(sent)


def send_reminders(run: Run, *, until: datetime) -> Iterator[bool]:
    """Send each person one letter about what a clock told and no letter has; what is claimed is not sent twice.

    Gives for each whether the mail server took it.
    """
    day = timezone.localdate(run.at)
    for key, waiting in reminding.waiting_for_mail(until).items():
        person = User.objects.get(pk=key)
        claimed = notices.claim_reminders(person=person, notices=waiting, by=BY, at=run.clock())
        letter = reminding.reminder_letter(person, claimed, day, settings.SITE_ADDRESS)
        if letter is None:
            continue
        release = partial(notices.release_reminders, person=person, notices=claimed, by=BY)
        yield _taken(letter, release, run)


def remind_everybody(run: Run) -> int:
    """Tell each active person of what is late or nearly so, once in each state, but for what clocks tell by rule."""
    day, count = timezone.localdate(run.at), 0
    for waiting in reminding.waiting_by_person(day):
        if waiting:
            count += notices.remind(waiting=waiting, by=BY, at=run.clock())
        run.progress("Looking at the clocks")
    return count


def send_digests(run: Run, *, until: datetime) -> Iterator[bool]:
    """Send each person who wants it one letter; whoever has one of this day gets no second, even after a crash.

    Gives for each whether the mail server took it.
    """
    day = timezone.localdate(run.at)
    for person in list(digests.people_due(day)):
        lines = digests.lines_of(person, digests.unread_for(person, until), settings.SITE_ADDRESS)
        if not lines:
            continue
        digest = notices.claim_digest(person=person, day=day, notices=len(lines), by=BY, at=run.clock())
        if digest is None:
            continue
        letter = digests.letter(person, lines, day, settings.SITE_ADDRESS)
        taken = _taken(letter, partial(notices.release_digest, digest=digest, by=BY), run)
        if taken:
            notices.finish_digest(digest=digest, until=until, by=BY, at=run.clock())
        yield taken


def _taken(letter: EmailMultiAlternatives, release: Callable[..., object], run: Run) -> bool:
    """Hand a letter in, and take back that it was sent when the server does not take it."""
    try:
        taken = hand_in(letter)
    except MailServerAway:
        release(at=run.clock())
        raise
    if not taken:
        release(at=run.clock())
    run.progress("Sending letters")
    return taken
