"""The addresses of the strategy and the delivery plan."""

from __future__ import annotations

from django.urls import path

from upstream_web.records.urls import register_urls
from upstream_web.strategy.register import ACTIONS, COMMITMENTS, FINDINGS, NOTES, PRIORITIES, REVIEWS, STRATEGIES
from upstream_web.strategy.views import actions, boards, changesets, reviews, strategies
from upstream_web.strategy.views.parts import part_urls

urlpatterns = [
    path("actions/board/", boards.action_board, name="action-board"),
    path("actions/timeline/", boards.action_timeline, name="action-timeline"),
    path("actions/several/", changesets.action_bulk, name="action-bulk"),
    path("actions/import/", changesets.action_import, name="action-import"),
    path("actions/template.xlsx", changesets.action_template, name="action-template"),
    path("actions/changes/<int:key>/", changesets.change_set, name="change-set"),
    path("actions/changes/<int:key>/apply/", changesets.change_set_apply, name="change-set-apply"),
    path("actions/changes/<int:key>/undo/", changesets.change_set_undo, name="change-set-undo"),
    path("actions/<int:key>/report/", actions.action_report, name="action-report"),
    path("actions/parts/<int:key>/report/", actions.action_part_report, name="action-part-report"),
    path("actions/<int:key>/move/", actions.action_move, name="action-move"),
    path("actions/<int:key>/new-day/", actions.action_rebaseline, name="action-rebaseline"),
    path("actions/<int:key>/comment/", actions.action_comment, name="action-comment"),
    path("actions/<int:key>/escalate/", actions.action_escalate, name="action-escalate"),
    path("milestones/<int:key>/reach/", actions.milestone_reach, name="milestone-reach"),
    path("strategies/<int:key>/publish/", strategies.strategy_publish, name="strategy-publish"),
    path("strategies/<int:key>/public/", strategies.strategy_open_to_public, name="strategy-open-to-public"),
    path("strategies/<int:key>/beside/", strategies.strategy_compare, name="strategy-compare"),
    path("strategies/<int:key>/review/", reviews.review_begin, name="strategy-review-begin"),
    path("strategy-reviews/<int:key>/steps/<slug:step>/", reviews.review_step, name="strategy-review-step"),
    path("commitments/<int:key>/mark/", strategies.commitment_mark, name="commitment-mark"),
    *part_urls(),
    *register_urls(ACTIONS),
    *register_urls(STRATEGIES),
    *register_urls(PRIORITIES),
    *register_urls(COMMITMENTS),
    *register_urls(FINDINGS),
    *register_urls(NOTES),
    *register_urls(REVIEWS),
]
