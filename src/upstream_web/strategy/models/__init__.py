"""The records of the strategy and the delivery plan."""

from upstream_web.strategy.models.action import (
    OPEN_STATES,
    Action,
    ActionBody,
    ActionDependency,
    ActionState,
    Rebaseline,
)
from upstream_web.strategy.models.changeset import ChangeSet
from upstream_web.strategy.models.commitment import Commitment, CommitmentEvidence, CommitmentState, EvidenceSource
from upstream_web.strategy.models.milestone import Milestone
from upstream_web.strategy.models.progress import Confidence, ProgressNote
from upstream_web.strategy.models.review import ReviewDecision, StrategyReview, Verdict
from upstream_web.strategy.models.standing import Standing
from upstream_web.strategy.models.strategy import Priority, Strategy, StrategySection, StrategyState

__all__ = [
    "OPEN_STATES",
    "Action",
    "ActionBody",
    "ActionDependency",
    "ActionState",
    "ChangeSet",
    "Commitment",
    "CommitmentEvidence",
    "CommitmentState",
    "Confidence",
    "EvidenceSource",
    "Milestone",
    "Priority",
    "ProgressNote",
    "Rebaseline",
    "ReviewDecision",
    "Standing",
    "Strategy",
    "StrategyReview",
    "StrategySection",
    "StrategyState",
    "Verdict",
]
