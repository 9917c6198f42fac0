"""Opening a closed record in an emergency: the gate, the alarm, the limit, the review."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import RecordClosed, check_may
from upstream_web.access.models import EmergencyAccess, EmergencyReason
from upstream_web.access.operations import emergencies
from upstream_web.access.operations.grants import OwnAccess
from upstream_web.access.permissions import Permission
from upstream_web.access.purposes import FieldClass
from upstream_web.access.signals import emergency_opened
from upstream_web.audit.models import Event

WORDS = "The coroner asks for the chronology by noon today."


class ClosedReview:
    """A restricted record that names nobody."""

    field_class = FieldClass.ORDINARY

    def __init__(self, key: str = "4") -> None:
        self.key = key

    def trail_name(self):
        return "review", self.key

    def body_keys(self):
        return ()

    def people(self):
        return ()

    def is_restricted(self):
        return True


def open_for(user, at=None, key="4"):
    return emergencies.open_record(
        record=("review", key),
        permission=Permission.REVIEW_VIEW,
        reason=EmergencyReason.LAW,
        words=WORDS,
        by=user,
        at=at or timezone.now(),
    )


def gate_for(user, record=None):
    """Show the gate as the middleware does, and give what its form carries."""
    from upstream_web.access.middleware import LeadToGate

    request = RequestFactory().get("/account/")
    request.user = user
    with pytest.raises(RecordClosed) as refused:
        check_may(user, Permission.REVIEW_VIEW, about=record or ClosedReview())
    response = LeadToGate(lambda _: HttpResponse()).process_exception(request, refused.value)
    assert response.status_code == 403
    shown = response.content.decode()
    assert "restricted to the people named on it" in shown
    return shown.partition('name="sealed" value="')[2].partition('"')[0]


def test_reason_opens_the_record_for_some_hours_and_raises_the_alarm(cast, browser_of, settings):
    settings.EMERGENCY_HOURS = 4
    heard = []
    emergency_opened.connect(lambda access, **_: heard.append(access), weak=False, dispatch_uid="test")
    manager = cast["manager"]
    sealed = gate_for(manager)
    response = browser_of("manager").post(
        reverse("emergency-open"), {"sealed": sealed, "reason": "law", "words": WORDS}
    )
    emergency_opened.disconnect(dispatch_uid="test")
    assert (response.status_code, response.headers["Location"]) == (302, "/account/")
    access = EmergencyAccess.objects.get()
    assert heard == [access]
    assert access.ends_at - access.opened_at == timedelta(hours=4)
    manager.forget_grants()
    check_may(manager, Permission.REVIEW_VIEW, about=ClosedReview())
    line = Event.objects.order_by("pk").last()
    assert (line.action, line.actor) == ("closed record opened in an emergency", "manager@test")
    assert (line.kind, line.about, line.reason) == ("review", "4", "law")


def test_record_closes_when_the_time_is_over(cast):
    manager = cast["manager"]
    open_for(manager, at=timezone.now() - timedelta(hours=4, minutes=1))
    with pytest.raises(RecordClosed):
        check_may(manager, Permission.REVIEW_VIEW, about=ClosedReview())


@pytest.mark.parametrize("missing", [{"reason": ""}, {"words": ""}, {"words": "urgent"}, {"reason": "curiosity"}])
def test_record_stays_closed_without_a_reason_in_words(cast, browser_of, missing):
    given = {"sealed": gate_for(cast["manager"]), "reason": "law", "words": WORDS} | missing
    response = browser_of("manager").post(reverse("emergency-open"), given)
    assert response.status_code == 403
    assert b"error-summary" in response.content
    assert not EmergencyAccess.objects.exists()


def test_gate_of_somebody_else_or_a_forged_one_opens_nothing(cast, browser_of):
    sealed = gate_for(cast["manager"])
    for who, seal in (("navigator", sealed), ("manager", sealed[:-2] + "xx"), ("manager", "")):
        given = {"sealed": seal, "reason": "law", "words": WORDS}
        assert browser_of(who).post(reverse("emergency-open"), given).status_code == 404
    assert not EmergencyAccess.objects.exists()


def test_review_is_due_within_two_working_days(cast):
    # Thursday 24 December 2026: Christmas Day is a Friday, the substitute for Boxing Day (a Saturday) is Monday
    # 28 December (gov.uk/bank-holidays), so the working days that follow are Tuesday 29 and Wednesday 30.
    access = open_for(cast["manager"], at=datetime(2026, 12, 24, 10, 0, tzinfo=UTC))
    assert access.review_due_on == date(2026, 12, 30)


def test_somebody_else_reviews_and_the_person_sees_what_was_found(cast, browser_of):
    access = open_for(cast["manager"])
    steward = browser_of("steward")
    assert "1 emergency access waits" in steward.get(reverse("emergency-list")).content.decode()
    steward.post(reverse("emergency", args=[access.pk]), {"justified": "yes", "words": "The letter is on file."})
    access.refresh_from_db()
    assert (access.justified, access.reviewed_by) == (True, "steward@test")
    assert "Every emergency access has been reviewed" in steward.get(reverse("emergency-list")).content.decode()
    assert b"Justified" in browser_of("manager").get(reverse("account")).content


def test_nobody_reviews_their_own(cast, browser_of):
    access = open_for(cast["manager"])
    assert b"This one is yours" in browser_of("manager").get(reverse("emergency", args=[access.pk])).content
    with pytest.raises(OwnAccess):
        emergencies.review(access=access, justified=True, words="Fine", by=cast["manager"], at=timezone.now())


def test_access_that_was_not_justified_ends_at_once(cast):
    manager = cast["manager"]
    access = open_for(manager, at=timezone.now() - timedelta(minutes=5))
    emergencies.review(access=access, justified=False, words="Not urgent", by=cast["steward"], at=timezone.now())
    manager.forget_grants()
    with pytest.raises(RecordClosed):
        check_may(manager, Permission.REVIEW_VIEW, about=ClosedReview())
    with pytest.raises(emergencies.ReviewedAlready):
        emergencies.review(access=access, justified=True, words="Again", by=cast["steward"], at=timezone.now())
