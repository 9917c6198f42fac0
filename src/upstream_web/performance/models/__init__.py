"""Records of the performance framework."""

from upstream_web.performance.models.indicator import (
    Frequency,
    Indicator,
    IndicatorState,
    Level,
    Polarity,
    Source,
    TypedAs,
)
from upstream_web.performance.models.quarter import Freeze, Quarter
from upstream_web.performance.models.remark import Annotation, Commentary, Mark, QualityMark, Rebase
from upstream_web.performance.models.target import Baseline, Target, TargetKind
from upstream_web.performance.models.value import TypedValue, ValueState

__all__ = [
    "Annotation",
    "Baseline",
    "Commentary",
    "Freeze",
    "Frequency",
    "Indicator",
    "IndicatorState",
    "Level",
    "Mark",
    "Polarity",
    "QualityMark",
    "Quarter",
    "Rebase",
    "Source",
    "Target",
    "TargetKind",
    "TypedAs",
    "TypedValue",
    "ValueState",
]
