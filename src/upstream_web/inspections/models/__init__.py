"""What is kept about inspections."""

from upstream_web.inspections.models.closure import (
    AuditView,
    ClosureDecision,
    ClosureRequest,
    MonitoringNote,
    OfRecommendation,
    Plenary,
    PositionStatement,
    Recheck,
    Step,
)
from upstream_web.inspections.models.dispatch import Dispatch
from upstream_web.inspections.models.evidence import EvidenceItem, PublicRow
from upstream_web.inspections.models.imported import ImportedField, ImportedResponse
from upstream_web.inspections.models.inspection import Inspection
from upstream_web.inspections.models.practice import Benchmark, Practice
from upstream_web.inspections.models.recommendation import Recommendation
from upstream_web.inspections.models.response import Answer, ResponsePart, ResponseRecord

__all__ = [
    "Answer",
    "AuditView",
    "Benchmark",
    "ClosureDecision",
    "ClosureRequest",
    "Dispatch",
    "EvidenceItem",
    "ImportedField",
    "ImportedResponse",
    "Inspection",
    "MonitoringNote",
    "OfRecommendation",
    "Plenary",
    "PositionStatement",
    "Practice",
    "PublicRow",
    "Recheck",
    "Recommendation",
    "ResponsePart",
    "ResponseRecord",
    "Step",
]
