"""Records of reviews."""

from upstream_web.reviews.models.action import RECHECKS, Recheck, ReviewAction
from upstream_web.reviews.models.brief import BriefDraft, BriefState, LearningBrief
from upstream_web.reviews.models.learning import LearningPoint
from upstream_web.reviews.models.part import PartSort, ReviewPart, ReviewReader
from upstream_web.reviews.models.review import IncidentReview, OfReview, Publication, ReviewRecords
from upstream_web.reviews.models.step import ReviewStep

__all__ = [
    "RECHECKS",
    "BriefDraft",
    "BriefState",
    "IncidentReview",
    "LearningBrief",
    "LearningPoint",
    "OfReview",
    "PartSort",
    "Publication",
    "Recheck",
    "ReviewAction",
    "ReviewPart",
    "ReviewReader",
    "ReviewRecords",
    "ReviewStep",
]
