"""Records of the duty."""

from upstream_web.duty.models.body import IN_THE_ACT, Contribution, ContributionSort, DutyBody
from upstream_web.duty.models.consultation import MUST_BE_CONSULTED, Consultation, ConsultedSort
from upstream_web.duty.models.disclosure import BASES, OTHER_BASIS, SECTION_16, Disclosure
from upstream_web.duty.models.evaluation import EvaluationRound, Judgement, RoundState
from upstream_web.duty.models.funding import CostSort, FundingLine, FundingYear
from upstream_web.duty.models.paperwork import (
    Agreement,
    AgreementSort,
    DutyDate,
    DutyNotice,
    DutyPaper,
    NoticeSort,
    Signature,
    ViolenceDefinition,
)
from upstream_web.duty.models.statutory_return import FROZEN, DutyReturn, ReturnState

__all__ = [
    "BASES",
    "FROZEN",
    "IN_THE_ACT",
    "MUST_BE_CONSULTED",
    "OTHER_BASIS",
    "SECTION_16",
    "Agreement",
    "AgreementSort",
    "Consultation",
    "ConsultedSort",
    "Contribution",
    "ContributionSort",
    "CostSort",
    "Disclosure",
    "DutyBody",
    "DutyDate",
    "DutyNotice",
    "DutyPaper",
    "DutyReturn",
    "EvaluationRound",
    "FundingLine",
    "FundingYear",
    "Judgement",
    "NoticeSort",
    "ReturnState",
    "RoundState",
    "Signature",
    "ViolenceDefinition",
]
