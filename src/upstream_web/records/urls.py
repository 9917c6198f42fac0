"""The addresses that every register has, each guarded by the register's own permissions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.records.register import Register
from upstream_web.records.views import (
    attachments,
    comments,
    habits,
    links,
    lists,
    notices,
    pages,
    publications,
    writing,
)

View = Callable[..., HttpResponseBase]


def guarded(view: View, permission: Permission, register: Register[Any]) -> View:
    """Tie a view to a register and to what it takes to open it."""

    @wraps(view)
    def tied(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, register, *args, **kwargs)

    return requires(permission)(tied)


def register_urls(register: Register[Any], prefix: str = "") -> list[URLPattern]:
    """Give the addresses of a register beneath `prefix`, which is its plural unless another is given."""
    under = prefix or register.plural.replace(" ", "-")
    kind = register.kind
    see = partial(guarded, permission=register.see, register=register)
    found = [
        path(f"{under}/", see(require_safe(lists.record_list)), name=f"{kind}-list"),
        path(f"{under}/export.<slug:form>", see(require_safe(lists.record_export)), name=f"{kind}-export"),
        path(f"{under}/<int:key>/", see(require_safe(pages.record_page)), name=kind),
        path(f"{under}/<int:key>/history/", see(require_safe(pages.record_history)), name=f"{kind}-history"),
    ]
    if register.change is not None:
        change = partial(guarded, permission=register.change, register=register)
        found += [
            path(f"{under}/<int:key>/change/", change(writing.record_edit), name=f"{kind}-edit"),
            path(f"{under}/<int:key>/remove/", change(writing.record_remove), name=f"{kind}-remove"),
            path(
                f"{under}/<int:key>/restore/<int:version>/",
                change(require_POST(writing.record_restore)),
                name=f"{kind}-restore",
            ),
        ]
        if register.can_be_made:
            found.append(path(f"{under}/new/", change(writing.record_new), name=f"{kind}-new"))
    return found


urlpatterns = [
    path("on/<slug:kind>/<int:key>/comments/", comments.comment_add, name="comment-add"),
    path("on/<slug:kind>/<int:key>/names/", comments.mention_list, name="mention-list"),
    path("on/<slug:kind>/<int:key>/files/", attachments.attachment_add, name="attachment-add"),
    path("on/<slug:kind>/<int:key>/links/", links.link_add, name="link-add"),
    path("on/<slug:kind>/<int:key>/links/found/", links.link_search, name="link-search"),
    path("on/<slug:kind>/<int:key>/chain/", links.record_chain, name="record-chain"),
    path("on/<slug:kind>/<int:key>/follow/", notices.follow, name="follow"),
    path("comments/<int:comment_id>/", comments.comment_change, name="comment-change"),
    path("comments/<int:comment_id>/withdraw/", comments.comment_withdraw, name="comment-withdraw"),
    path("files/<int:attachment_id>/", attachments.attachment, name="attachment"),
    path("files/<int:attachment_id>/withdraw/", attachments.attachment_withdraw, name="attachment-withdraw"),
    path("published/<int:key>/withdraw/", publications.publication_withdraw, name="publication-withdraw"),
    path("links/<int:link_id>/remove/", links.link_remove, name="link-remove"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notice_read_all, name="notice-read-all"),
    path("notices/digest/", notices.digest_choose, name="digest-choose"),
    path("notices/<int:notice_id>/", notices.notice_read, name="notice-read"),
    path("lists/<slug:kind>/filters/", habits.filter_save, name="filter-save"),
    path("filters/<int:filter_id>/delete/", habits.filter_delete, name="filter-delete"),
    path("filters/<int:filter_id>/default/", habits.filter_default, name="filter-default"),
    path("calendar/", habits.calendar_page, name="calendar"),
    path("calendar/<str:token>.ics", habits.calendar_feed, name="calendar-feed"),
]
