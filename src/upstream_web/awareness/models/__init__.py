"""Records of education and awareness."""

from upstream_web.awareness.models.campaign import Campaign, Channel, Counted, Reach
from upstream_web.awareness.models.charter import Charter, SignUp, VenueSort, VisitOutcome
from upstream_web.awareness.models.package import (
    EvidenceRating,
    KeyStage,
    Package,
    PackageSort,
    PackageState,
    Theme,
)
from upstream_web.awareness.models.programme import (
    BANDS,
    PARTS,
    SEXES,
    ActivitySession,
    Programme,
    ProgrammeSort,
)
from upstream_web.awareness.models.session import (
    GOOD_ENOUGH,
    Judgement,
    Observation,
    Session,
    SessionMove,
    SessionState,
)
from upstream_web.awareness.models.setting import Phase, Setting
from upstream_web.awareness.models.training import (
    Completion,
    CompletionSort,
    Course,
    CourseForm,
    Headcount,
    Requirement,
    Team,
)

__all__ = [
    "BANDS",
    "GOOD_ENOUGH",
    "PARTS",
    "SEXES",
    "ActivitySession",
    "Campaign",
    "Channel",
    "Charter",
    "Completion",
    "CompletionSort",
    "Counted",
    "Course",
    "CourseForm",
    "EvidenceRating",
    "Headcount",
    "Judgement",
    "KeyStage",
    "Observation",
    "Package",
    "PackageSort",
    "PackageState",
    "Phase",
    "Programme",
    "ProgrammeSort",
    "Reach",
    "Requirement",
    "Session",
    "SessionMove",
    "SessionState",
    "Setting",
    "SignUp",
    "Team",
    "Theme",
    "VenueSort",
    "VisitOutcome",
]
