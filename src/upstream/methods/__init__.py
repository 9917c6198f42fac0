"""Statistical methods, one a file: numbers in, frozen results out, each saying how it was made."""

from upstream.methods.byars_poisson import PoissonCount, byars_poisson, poisson_count
from upstream.methods.change_between_periods import (
    ChangeBetweenPeriods,
    change_between_counts,
    change_between_periods,
)
from upstream.methods.checks import ArgumentImpossible
from upstream.methods.concentration import Concentration, concentration
from upstream.methods.deprivation_slope import DeprivationSlope, deprivation_slope
from upstream.methods.directly_standardised_rate import DirectlyStandardisedRate, directly_standardised_rate
from upstream.methods.dispersion import Dispersion, dispersion
from upstream.methods.exact_poisson import ExactPoisson, exact_poisson
from upstream.methods.funnel_limits import FunnelLimits, funnel_limits
from upstream.methods.indirectly_standardised_ratio import (
    IndirectlyStandardisedRatio,
    expected_events,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from upstream.methods.poisson_rate import PoissonRate, poisson_rate
from upstream.methods.rank_intervals import RankIntervals, rank_intervals
from upstream.methods.rare_events import RareEventsChart, days_between, g_chart, t_chart
from upstream.methods.rate_ratio import RateRatio, rate_ratio
from upstream.methods.risk_ratio import RiskComparison, risk_difference, risk_ratio
from upstream.methods.target_status import Assurance, Met, Standing, TargetStatus, stand_to, target_status
from upstream.methods.wilson_proportion import WilsonProportion, wilson_proportion
from upstream.methods.xmr import Latest, Rule, Signal, Verdict, XmrResult, xmr

__all__ = [
    "ArgumentImpossible",
    "Assurance",
    "ChangeBetweenPeriods",
    "Concentration",
    "DeprivationSlope",
    "DirectlyStandardisedRate",
    "Dispersion",
    "ExactPoisson",
    "FunnelLimits",
    "IndirectlyStandardisedRatio",
    "Latest",
    "Met",
    "PoissonCount",
    "PoissonRate",
    "RankIntervals",
    "RareEventsChart",
    "RateRatio",
    "RiskComparison",
    "Rule",
    "Signal",
    "Standing",
    "TargetStatus",
    "Verdict",
    "WilsonProportion",
    "XmrResult",
    "byars_poisson",
    "change_between_counts",
    "change_between_periods",
    "concentration",
    "days_between",
    "deprivation_slope",
    "directly_standardised_rate",
    "dispersion",
    "exact_poisson",
    "expected_events",
    "funnel_limits",
    "g_chart",
    "indirectly_standardised_rate",
    "indirectly_standardised_ratio",
    "poisson_count",
    "poisson_rate",
    "rank_intervals",
    "rate_ratio",
    "risk_difference",
    "risk_ratio",
    "stand_to",
    "t_chart",
    "target_status",
    "wilson_proportion",
    "xmr",
]
