"""Who works where in which role: grants seen from an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
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


def people_count() -> Coalesce:
    """Count, within a query of organisations, the people who have a role there today."""
    here = Grant.objects.in_force(timezone.localdate()).filter(body=OuterRef("key")).order_by().values("body")
    return Coalesce(Subquery(here.annotate(count=Count("user", distinct=True)).values("count")), 0)
