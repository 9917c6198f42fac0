"""Notices by e-mail: what each letter says, and to whom it goes on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from upstream_web.access.models import User
from upstream_web.core.workbench import get_partnership
from upstream_web.records.models import Digest, DigestChoice, Notice
from upstream_web.records.register import find_register
from upstream_web.records.seeing import records_open_to

MONDAY = 0
LONGEST_BACK = timedelta(days=14)
MOST = 60
# What waits of a record waits no more once it was removed.
WAITS = (Notice.Reason.WAITING, Notice.Reason.LATE, Notice.Reason.ESCALATED)
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


def can_send_mail() -> bool:
    """Whether a mail server is set up."""
    return settings.EMAIL_BACKEND != NO_MAIL


def people_due(day: date) -> Iterator[User]:
    """Give the people to whom a letter goes on a day, unless one was begun already."""
    often = [DigestChoice.Often.DAILY, *([DigestChoice.Often.WEEKLY] if day.weekday() == MONDAY else [])]
    begun = Digest.objects.filter(day=day).values("person")
    chosen = DigestChoice.objects.filter(often__in=often, person__is_active=True).exclude(person__in=begun)
    for choice in chosen.exclude(person__email="").select_related("person").order_by("person_id"):
        yield choice.person


def unread_for(person: User, at: datetime) -> list[Notice]:
    """Give what a letter tells: what is unread since the last letter that was sent, and no letter of reminders told."""
    last = Digest.objects.filter(person=person, sent_at__isnull=False).order_by("-sent_at").first()
    since = last.sent_at if last and last.sent_at else at - LONGEST_BACK
    return list(Notice.objects.filter(person=person, read_at=None, mailed_at=None, at__gt=since, at__lte=at))


def lines_of(person: User, notices: list[Notice], site: str) -> list[dict[str, Any]]:
    """Give the lines of a letter: only records that the person may see now, and of them the titles."""
    seen = records_open_to(person, {notice.record_name for notice in notices})
    return [
        {
            "reason": notice.get_reason_display(),
            "words": notice.words,
            "title": str(seen[notice.record_name]),
            "noun": _noun(notice.record_kind),
            "address": urljoin(site, seen[notice.record_name].get_absolute_url()),
        }
        for notice in notices
        if notice.record_name in seen and not (notice.reason in WAITS and seen[notice.record_name].removed_at)
    ]


def _noun(kind: str) -> str:
    register = find_register(kind)
    return register.noun if register else kind


def letter(person: User, lines: list[dict[str, Any]], day: date, site: str, number: str = "") -> EmailMultiAlternatives:
    """Write the letter; its number is made of person and day, so that a mail server knows one that comes twice.

    `number` tells the letters of one day apart.
    """
    context = {
        "person": person,
        "lines": lines[:MOST],
        "more": max(len(lines) - MOST, 0),
        "partnership": get_partnership().config,
        "notices": urljoin(site, reverse("notice-list")),
    }
    known_by = "-".join(part for part in ("digest", str(person.pk), str(day), number) if part)
    count = f"{len(lines)} notice{'' if len(lines) == 1 else 's'}"
    message = EmailMultiAlternatives(
        subject=f"{get_partnership().config.name}: {count}",
        body=render_to_string("records/mail/digest.txt", context),
        to=[person.email],
        headers={
            "Message-ID": f"<{known_by}@{_host(site)}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("records/mail/digest.html", context), "text/html")
    return message


def _host(site: str) -> str:
    return site.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0] or "localhost"
