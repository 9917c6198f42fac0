"""Who works where in which role: grants seen from an organisation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from upstream_web.access.models import Grant


@dataclass(frozen=True)
class PeopleOf:
    """The grants of one organisation by whether they hold, are to come, or are over."""

    now: list[Grant]
    to_come: list[Grant]
    before: list[Grant]


def sorted_by_time(grants: list[Grant], day: date) -> PeopleOf:
    """Part grants into those that hold on `day`, those to come and those that are over, latest first."""
    now = [grant for grant in grants if grant.is_in_force(day)]
    to_come = [grant for grant in grants if grant.starts_on > day and not grant.is_over(day)]
    rest = [grant for grant in grants if grant not in now and grant not in to_come]
    return PeopleOf(now, to_come, sorted(rest, key=lambda grant: grant.last_day or day, reverse=True))


def people_of(body: str) -> PeopleOf:
    """Give the grants of the organisation with that key."""
    grants = list(Grant.objects.of_body(body).select_related("user").order_by("user__name", "starts_on"))
    return sorted_by_time(grants, timezone.localdate())


def access_by_body() -> Counter[str]:
    """Count the people with access today, by the key of their organisation."""
    pairs = Grant.objects.in_force(timezone.localdate()).exclude(body="").values_list("body", "user_id").distinct()
    return Counter(body for body, _ in pairs)
