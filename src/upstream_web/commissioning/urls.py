"""Addresses of commissioning."""

from __future__ import annotations

from django.urls import path

from upstream_web.commissioning.register import (
    ASSESSMENTS,
    BIDS,
    CRITERIA,
    FUND_YEARS,
    FUNDS,
    GRANTS,
    PAYMENTS,
    RETURNS,
    ROUNDS,
    TARGETS,
    VARIATIONS,
)
from upstream_web.commissioning.views import bids, costs, grants, payments, returns, rounds
from upstream_web.records.urls import register_urls

GRANT, RETURN, PAYMENT = "grants/<int:key>", "provider-returns/<int:key>", "payments/<int:key>"
ROUND, BID, ASSESSMENT = "rounds/<int:key>", "bids/<int:key>", "assessments-of-bids/<int:key>"

urlpatterns = [
    path("funds/costs/", costs.costs, name="commissioning-costs"),
    path("funds/awards/", costs.award_list, name="award-list"),
    path("funds/awards/awards.csv", costs.award_file, name="award-file"),
    *register_urls(FUNDS),
    *register_urls(FUND_YEARS, "fund-years"),
    *register_urls(GRANTS, "grants"),
    path(f"{GRANT}/sign/", grants.grant_sign, name="grant-sign"),
    path(f"{GRANT}/vary/", grants.grant_vary, name="grant-vary"),
    path(f"{GRANT}/end/", grants.grant_end, name="grant-end"),
    path(f"{GRANT}/hand-over/", grants.grant_hand_over, name="grant-hand-over"),
    path(f"{GRANT}/summed-up.<slug:form>", grants.grant_paper, name="grant-paper"),
    *register_urls(TARGETS, "grant-targets"),
    *register_urls(VARIATIONS, "grant-variations"),
    *register_urls(RETURNS, "provider-returns"),
    path(f"{RETURN}/fill/", returns.return_fill, name="provider-return-fill"),
    path(f"{RETURN}/send/", returns.return_send, name="provider-return-send"),
    path(f"{RETURN}/accept/", returns.return_accept, name="provider-return-accept"),
    path(f"{RETURN}/back/", returns.return_send_back, name="provider-return-back"),
    *register_urls(PAYMENTS),
    path(f"{PAYMENT}/ask/", payments.payment_ask, name="grant-payment-ask"),
    path(f"{PAYMENT}/approve/", payments.payment_approve, name="grant-payment-approve"),
    path(f"{PAYMENT}/refuse/", payments.payment_refuse, name="grant-payment-refuse"),
    path(f"{PAYMENT}/pay/", payments.payment_pay, name="grant-payment-pay"),
    path(f"{PAYMENT}/cancel/", payments.payment_cancel, name="grant-payment-cancel"),
    *register_urls(ROUNDS),
    path(f"{ROUND}/panel/", rounds.round_panel, name="funding-round-panel"),
    path(f"{ROUND}/announce/", rounds.round_announce, name="funding-round-announce"),
    *register_urls(CRITERIA, "round-criteria"),
    *register_urls(BIDS),
    path(f"{BID}/decide/", bids.bid_decide, name="bid-decide"),
    path(f"{BID}/withdraw/", bids.bid_withdraw, name="bid-withdraw"),
    path(f"{BID}/letter-<int:number>.<slug:form>", bids.bid_letter, name="bid-letter"),
    *register_urls(ASSESSMENTS),
    path(f"{ASSESSMENT}/declare/", bids.bid_declare, name="bid-declare"),
    path(f"{ASSESSMENT}/score/", bids.bid_score, name="bid-score"),
]
