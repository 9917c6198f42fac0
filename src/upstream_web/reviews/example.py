"""Loads what the worked example holds about reviews, as it came about day by day. All of it is invented."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.organisations.models import Organisation
from upstream_web.records.operations import keeping
from upstream_web.reviews import codes
from upstream_web.reviews.models import (
    BriefDraft,
    IncidentReview,
    LearningPoint,
    ReviewAction,
    ReviewPart,
    ReviewReader,
    ReviewStep,
)
from upstream_web.reviews.operations import actions, briefs, learning, reviews

FILE = Path("reviews") / "reviews.toml"
KEEPER, SECOND = "manager@example", "board@example"
Told = Mapping[str, Any]


def load(folder: Path, *, by: str = "set-up", at: datetime) -> int:
    """Load the reviews where there is none yet; gives how many were made.

    Each thing is written by its own operation on the day on which it happened; what lies after `at` is left out.
    """
    path = folder / FILE
    if IncidentReview.objects.exists() or not path.is_file():
        return 0
    told = tomllib.loads(path.read_text(encoding="utf-8"))["review"]
    loading = _Loading(until=timezone.localdate(at), by=by)
    with transaction.atomic():
        return sum(loading.review(each) for each in told if each["aware"] <= loading.until)


def _at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


class _Loading:
    """One loading, up to a day."""

    def __init__(self, *, until: date, by: str) -> None:
        self.until, self.by = until, by
        self.people = {person.username: person for person in User.objects.all()}

    def has_come(self, day: date | None) -> bool:
        """Tell whether something happened by the day up to which is loaded."""
        return day is not None and day <= self.until

    def review(self, told: Told) -> int:
        """Load one review in the order in which it went."""
        review = self._begin(told)
        for key, on, note in told["steps"]:
            if self.has_come(on):
                step = ReviewStep.objects.get(review=review, key=key)
                reviews.take_step(step=step, on=on, note=note, by=KEEPER, at=_at(on))
        for each in told["parts"]:
            self._part(review, *each)
        points = [self._point(review, each, told) for each in told.get("point", ())]
        if self.has_come(told.get("learnt")):
            reviews.agree_learning(review=review, on=told["learnt"], by=KEEPER, at=_at(told["learnt"], 14))
            for each in told.get("action", ()):
                self._action(review, points, each, told["learnt"])
        if "brief" in told:
            self._brief(review, told["brief"])
        if "publication" in told and self.has_come(told["publication"][2]):
            decision, reason, on = told["publication"]
            reviews.decide_publication(
                review=review, publication=decision, reason=reason, on=on, by=KEEPER, at=_at(on, 15)
            )
        return 1

    def _begin(self, told: Told) -> IncidentReview:
        review = IncidentReview(
            title=told["title"], sort=told["sort"], happened_on=told["happened"], aware_on=told["aware"],
            area=told["area"], commissioned_by=Organisation.objects.get(name=told["by"]), chair_role=told["chair"],
            chair_is_independent=told.get("independent", False), scope=" ".join(told["scope"].split()),
            restricted=told.get("restricted", True), lead=self.people.get(KEEPER),
        )  # fmt: skip
        reviews.begin(review=review, by=KEEPER, at=_at(told["aware"]))
        for username, why in told["readers"]:
            if username in self.people:
                reader = ReviewReader(review=review, person=self.people[username], why=why)
                keeping.make(record=reader, by=KEEPER, at=_at(told["aware"], 13))
        return review

    def _part(self, review: IncidentReview, name: str, sort: str, asked: date, owed: date, *given: date) -> None:
        if not self.has_come(asked):
            return
        part = ReviewPart(
            review=review, body=Organisation.objects.get(name=name), sort=sort, asked_on=asked, owed_on=owed
        )
        keeping.make(record=part, by=KEEPER, at=_at(asked))
        if given and self.has_come(given[0]):
            reviews.take_part(part=part, on=given[0], by=KEEPER, at=_at(given[0]))

    def _point(self, review: IncidentReview, told: Told, of: Told) -> LearningPoint:
        assert told["theme"] in codes.themes(), told["theme"]
        point = LearningPoint(
            review=review, theme=told["theme"], words=told["words"], evidence=told["evidence"],
            for_whom=told["for_whom"], in_brief=told.get("in_brief", True),
        )  # fmt: skip
        return learning.find(point=point, by=KEEPER, at=_at(min(of.get("learnt", self.until), self.until)))

    def _action(self, review: IncidentReview, points: list[LearningPoint], told: Told, learnt: date) -> None:
        action = ReviewAction(
            review=review, point=points[told["point"] - 1] if told["point"] else None, title=told["title"],
            body=Organisation.objects.get(name=told["body"]), owner_role=told["owner"], due_on=told["due"],
        )  # fmt: skip
        keeping.make(record=action, by=KEEPER, at=_at(learnt, 16))
        if not self.has_come(told.get("done")):
            return
        on = told["done"]
        actions.finish(action=action, on=on, words=told["words"], effect=told["effect"], by=KEEPER, at=_at(on))
        looked, lasts, words, *again = told["look"]
        if self.has_come(looked):
            check = action.rechecks.present()[0]
            actions.recheck(
                check=check, on=looked, lasts=lasts, words=words, due_on=again[0] if again else None, by=KEEPER,
                at=_at(looked),
            )  # fmt: skip

    def _brief(self, review: IncidentReview, told: Told) -> None:
        if not self.has_come(told["written"]):
            return
        brief = BriefDraft(
            review=review, title=told["title"], background=told["background"], asks=told["asks"].strip(),
            further=told.get("further", ""),
        )  # fmt: skip
        briefs.begin(brief=brief, by=KEEPER, at=_at(told["written"]))
        if self.has_come(told.get("checked")):
            keys = [check.key for check in codes.checklist()]
            briefs.check(brief=brief, confirmed=keys, by=SECOND, at=_at(told["checked"]))
        if self.has_come(told.get("issued")):
            briefs.issue(brief=brief, on=told["issued"], by=KEEPER, at=_at(told["issued"]))
