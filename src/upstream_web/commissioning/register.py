"""The kinds of record of commissioning, entered."""

from __future__ import annotations

from upstream_web.commissioning.bid_register import Assessments, Bids
from upstream_web.commissioning.fund_register import Funds, FundYears
from upstream_web.commissioning.grant_register import Grants, Targets, Variations
from upstream_web.commissioning.models import PanelMember, ReturnFigure, Score
from upstream_web.commissioning.payment_register import Payments
from upstream_web.commissioning.return_register import Returns
from upstream_web.commissioning.round_register import Criteria, Rounds
from upstream_web.records import history
from upstream_web.records.register import enter

FUNDS = enter(Funds())
FUND_YEARS = enter(FundYears())
GRANTS = enter(Grants())
TARGETS = enter(Targets())
VARIATIONS = enter(Variations())
RETURNS = enter(Returns())
PAYMENTS = enter(Payments())
ROUNDS = enter(Rounds())
CRITERIA = enter(Criteria())
BIDS = enter(Bids())
ASSESSMENTS = enter(Assessments())

for each in (ReturnFigure, PanelMember, Score):  # stand on the pages of others, and keep their history too
    history.follow(each)
