"""What is done every morning: people are told of clocks by their rules and of what waits, then letters go out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.core.jobs import Run, background
from upstream_web.core.schedule import daily
from upstream_web.records import digests, reminding
from upstream_web.records.operations import notices

BY = "upstream"


@daily("morning", title="Telling people what waits for them")
@background("morning")
def morning(run: Run) -> dict[str, Any]:
    """Give reminders and send digests; done twice on one day, it tells nobody twice."""
    day = timezone.localdate(run.at)
    told = notices.tell_of_clocks(told=reminding.told_on(day), by=BY, at=run.clock())
    reminded = remind_everybody(run)
    mails = digests.can_send_mail()
    return {
        "clocks": told,
        "reminders": reminded,
        "letters": send_reminders(run) if mails else 0,
        "digests": send_digests(run) if mails else 0,
        "day": str(day),
    }


def send_reminders(run: Run) -> int:
    """Send each person one letter about what a clock told and no letter has; what is claimed is not sent twice."""
    day, sent = timezone.localdate(run.at), 0
    for key, waiting in reminding.waiting_for_mail().items():
        person = User.objects.get(pk=key)
        claimed = notices.claim_reminders(person=person, notices=waiting, by=BY, at=run.clock())
        letter = reminding.reminder_letter(person, claimed, day, settings.SITE_ADDRESS)
        if letter is None:
            continue
        try:
            letter.send()
        except OSError:  # the server cannot be reached, or refuses
            notices.release_reminders(person=person, notices=claimed, by=BY, at=run.clock())
            continue
        sent += 1
        run.progress("Sending reminders")
    return sent


def remind_everybody(run: Run) -> int:
    """Tell each active person of what is late or nearly so, once in each state, but for what clocks tell by rule."""
    day, count = timezone.localdate(run.at), 0
    for waiting in reminding.waiting_by_person(day):
        if waiting:
            count += notices.remind(waiting=waiting, by=BY, at=run.clock())
        run.progress("Looking at the clocks")
    return count


def send_digests(run: Run) -> int:
    """Send each person who wants it one letter; whoever has one of this day gets no second, even after a crash."""
    day, sent = timezone.localdate(run.at), 0
    for person in list(digests.people_due(day)):
        found = digests.unread_for(person, run.at)
        lines = digests.lines_of(person, found, settings.SITE_ADDRESS)
        if not lines:
            continue
        digest = notices.claim_digest(person=person, day=day, notices=len(lines), by=BY, at=run.clock())
        if digest is None:
            continue
        digests.letter(person, lines, day, settings.SITE_ADDRESS).send()
        notices.finish_digest(digest=digest, by=BY, at=run.clock())
        sent += 1
        run.progress("Sending letters")
    return sent
