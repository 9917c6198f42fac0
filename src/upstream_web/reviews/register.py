"""The kinds of record of reviews, entered."""

from __future__ import annotations

from upstream_web.records import history
from upstream_web.records.register import enter
from upstream_web.reviews.brief_register import LearningBriefs
from upstream_web.reviews.draft_register import BriefDrafts
from upstream_web.reviews.models import Recheck, ReviewStep
from upstream_web.reviews.part_register import ReviewParts, ReviewReaders
from upstream_web.reviews.review_register import IncidentReviews
from upstream_web.reviews.work_register import LearningPoints, ReviewActions

REVIEWS = enter(IncidentReviews())
PARTS = enter(ReviewParts())
READERS = enter(ReviewReaders())
LEARNING = enter(LearningPoints())
ACTIONS = enter(ReviewActions())
DRAFTS = enter(BriefDrafts())
BRIEFS = enter(LearningBriefs())

history.follow(ReviewStep)  # stand on the page of their review and action, and keep their history too
history.follow(Recheck)
