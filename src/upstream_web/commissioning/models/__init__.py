"""Funds, agreements with providers, returns, payments, rounds and bids."""

from upstream_web.commissioning.models.bid import DECIDED, HIGHEST_MARK, Assessment, Bid, BidState, Score
from upstream_web.commissioning.models.fund import Fund, FundSort, FundYear
from upstream_web.commissioning.models.funding_round import Criterion, FundingRound, PanelMember
from upstream_web.commissioning.models.grant import (
    CountedUnit,
    Grant,
    GrantSort,
    GrantState,
    Monitoring,
    Pays,
    Target,
    TargetSort,
    Variation,
)
from upstream_web.commissioning.models.payment import Payment, PaymentState
from upstream_web.commissioning.models.provider_return import OPEN, ProviderReturn, ReturnFigure, ReturnState

__all__ = [
    "DECIDED",
    "HIGHEST_MARK",
    "OPEN",
    "Assessment",
    "Bid",
    "BidState",
    "CountedUnit",
    "Criterion",
    "Fund",
    "FundSort",
    "FundYear",
    "FundingRound",
    "Grant",
    "GrantSort",
    "GrantState",
    "Monitoring",
    "PanelMember",
    "Payment",
    "PaymentState",
    "Pays",
    "ProviderReturn",
    "ReturnFigure",
    "ReturnState",
    "Score",
    "Target",
    "TargetSort",
    "Variation",
]
