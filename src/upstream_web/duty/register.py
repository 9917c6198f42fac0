"""The kinds of record of the duty, entered."""

from __future__ import annotations

from upstream_web.duty.body_register import Contributions, DutyBodies
from upstream_web.duty.consultation_register import Consultations
from upstream_web.duty.disclosure_register import Disclosures
from upstream_web.duty.evaluation_register import EvaluationRounds, Judgements
from upstream_web.duty.funding_register import FundingLines, FundingYears
from upstream_web.duty.models import Signature
from upstream_web.duty.paperwork_register import Agreements, Definitions, DutyDates, DutyNotices
from upstream_web.duty.return_register import DutyReturns
from upstream_web.records import history
from upstream_web.records.register import enter

BODIES = enter(DutyBodies())
CONTRIBUTIONS = enter(Contributions())
AGREEMENTS = enter(Agreements())
DEFINITIONS = enter(Definitions())
DUTY_DATES = enter(DutyDates())
NOTICES = enter(DutyNotices())
CONSULTATIONS = enter(Consultations())
FUNDING_YEARS = enter(FundingYears())
FUNDING_LINES = enter(FundingLines())
RETURNS = enter(DutyReturns())
DISCLOSURES = enter(Disclosures())
ROUNDS = enter(EvaluationRounds())
JUDGEMENTS = enter(Judgements())

history.follow(Signature)  # stands on the page of its agreement, and keeps its history too
