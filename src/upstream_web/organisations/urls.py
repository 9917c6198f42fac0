"""Addresses of organisations, people and what these may do."""

from django.urls import path

from upstream_web.organisations.registers import ORGANISATIONS
from upstream_web.organisations.views import grants, people, reviews
from upstream_web.records.urls import register_urls

PEOPLE = [
    path("people/", people.person_list, name="person-list"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/correct/", people.person_edit, name="person-edit"),
    path("people/<int:person_id>/stop/", people.person_stop, name="person-stop"),
    path("people/<int:person_id>/let-back/", people.person_let_back, name="person-let-back"),
    path("people/<int:person_id>/second-factors/", people.person_factors, name="person-factors"),
    path("people/<int:person_id>/password/", people.person_password, name="person-password"),
    path("people/<int:person_id>/give/", grants.grant_give, name="grant-give"),
    path("people/grants/<int:grant_id>/", grants.grant_change, name="grant-change"),
]
REVIEWS = [
    path("people/joined-moved-left/", reviews.access_changes, name="access-changes"),
    path("people/joined-moved-left.csv", reviews.access_changes_file, name="access-changes-export"),
    path("people/confirmation/", reviews.access_review, name="access-review"),
    path("people/confirmation/<int:grant_id>/", reviews.access_confirm, name="access-confirm"),
    path("people/unused/", reviews.dormant_list, name="dormant-list"),
    path("people/unused/end/", reviews.dormant_end, name="dormant-end"),
]
urlpatterns = [*register_urls(ORGANISATIONS), *PEOPLE, *REVIEWS]
