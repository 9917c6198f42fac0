"""Addresses of reviews."""

from __future__ import annotations

from django.urls import path

from upstream_web.records.urls import register_urls
from upstream_web.reviews.register import ACTIONS, BRIEFS, DRAFTS, LEARNING, PARTS, READERS, REVIEWS
from upstream_web.reviews.views import actions, briefs, reviews, themes

REVIEW, DRAFT = "reviews/<int:key>", "reviews/briefs/<int:key>"

urlpatterns = [
    path("reviews/themes/", themes.review_themes, name="review-themes"),
    *register_urls(PARTS, "reviews/contributions"),
    path("reviews/contributions/<int:key>/given/", actions.part_given, name="review-part-given"),
    *register_urls(READERS, "reviews/readers"),
    *register_urls(LEARNING, "reviews/learning"),
    *register_urls(ACTIONS, "reviews/actions"),
    path("reviews/actions/<int:key>/done/", actions.action_done, name="review-action-done"),
    path("reviews/actions/<int:key>/look/<int:check>/", actions.action_recheck, name="review-action-recheck"),
    *register_urls(DRAFTS, "reviews/briefs"),
    path(f"{DRAFT}/check/", briefs.brief_check, name="brief-check"),
    path(f"{DRAFT}/issue/", briefs.brief_issue, name="brief-issue"),
    path(f"{DRAFT}/open-again/", briefs.brief_open_again, name="brief-open-again"),
    path(f"{DRAFT}/as-it-stands.<slug:form>", briefs.brief_preview, name="brief-preview"),
    *register_urls(REVIEWS, "reviews"),
    path(f"{REVIEW}/steps/<int:place>/done/", reviews.step_done, name="review-step-done"),
    path(f"{REVIEW}/steps/<int:place>/left-out/", reviews.step_left_out, name="review-step-left-out"),
    path(f"{REVIEW}/steps/<int:place>/open/", reviews.step_open, name="review-step-open"),
    path(f"{REVIEW}/agree/", reviews.review_agree, name="review-agree"),
    path(f"{REVIEW}/publication/", reviews.review_publication, name="review-publication"),
    path(f"{REVIEW}/close/", reviews.review_close, name="review-close"),
    path(f"{REVIEW}/open-again/", reviews.review_open_again, name="review-open-again"),
    path("learning-briefs/<int:key>/version-<int:number>.<slug:form>", briefs.brief_file, name="brief-file"),
    *register_urls(BRIEFS, "learning-briefs"),
]
