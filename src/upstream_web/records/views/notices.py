"""What a person was told, what they follow, and how often they are told by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.digests import can_send_mail
from upstream_web.records.models import CalendarAddress, DigestChoice, Follow, Notice
from upstream_web.records.operations import notices
from upstream_web.records.register import find_register
from upstream_web.records.seeing import records_open_to
from upstream_web.records.views.hanging import get_hung_on

PAGE = 50


@requires(Permission.OWN_ACCOUNT_CHANGE)
@require_safe
def notice_list(request: SignedInRequest) -> HttpResponse:
    """Show a person's notices, newest first, with the titles of those records that they may see now."""
    page = Paginator(Notice.objects.filter(person=request.user), PAGE).get_page(request.GET.get("page"))
    seen = records_open_to(request.user, {notice.record_name for notice in page})
    following = Follow.objects.filter(person=request.user).order_by("-since")[:200]
    followed = records_open_to(request.user, {follow.record_name for follow in following})
    context = {
        "area": "home",
        "section": "notices",
        "page": page,
        "pages": [(number, f"page={number}") for number in page.paginator.get_elided_page_range(page.number)],
        "previous_page": f"page={page.number - 1}",
        "next_page": f"page={page.number + 1}",
        "notices": [(notice, seen.get(notice.record_name), _noun(notice.record_kind)) for notice in page],
        "unread": Notice.objects.filter(person=request.user, read_at=None).count(),
        "followed": list(followed.values()),
        "often": DigestChoice.objects.filter(person=request.user).first(),
        "choices": DigestChoice.Often.choices,
        "can_send_mail": can_send_mail(),
        "calendar": CalendarAddress.objects.filter(person=request.user).first(),
    }
    return render(request, "records/notice_list.html", context)


def _noun(kind: str) -> str:
    register = find_register(kind)
    return register.noun if register else kind


@requires(Permission.OWN_ACCOUNT_CHANGE)
@require_POST
def notice_read(request: SignedInRequest, notice_id: int) -> HttpResponse:
    """Keep that a notice was read, and go to its record."""
    notice = Notice.objects.filter(person=request.user, pk=notice_id).first()
    if notice is None:
        raise Http404("There is no such notice of yours.")
    notices.read(notice=notice, by=request.user, at=timezone.now())
    record = records_open_to(request.user, {notice.record_name}).get(notice.record_name)
    return redirect(record) if record is not None and request.POST.get("open") else redirect("notice-list")


@requires(Permission.OWN_ACCOUNT_CHANGE)
@require_POST
def notice_read_all(request: SignedInRequest) -> HttpResponse:
    """Keep that all notices were read."""
    notices.read_all(by=request.user, at=timezone.now())
    return redirect("notice-list")


@requires(Permission.OWN_ACCOUNT_CHANGE)
@require_POST
def digest_choose(request: SignedInRequest) -> HttpResponse:
    """Keep how often a person wants e-mail."""
    often = request.POST.get("often", "")
    if often not in DigestChoice.Often.values:
        messages.warning(request, "Choose how often. Nothing was changed.")
    else:
        reminders = bool(request.POST.get("reminders"))
        notices.choose_digest(often=often, reminders=reminders, by=request.user, at=timezone.now())
        said = f"Notices by e-mail: {DigestChoice.Often(often).label.lower()}"
        messages.success(request, f"{said}; time limits: {'yes' if reminders else 'no'}.")
    return redirect("notice-list")


@requires(Permission.HOME_VIEW)
@require_POST
def follow(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    """Follow a record, or stop following it when `stop` is sent."""
    _, record = get_hung_on(request, kind, key)
    if request.POST.get("stop"):
        notices.leave(record=record, by=request.user, at=timezone.now())
    else:
        notices.follow(record=record, by=request.user, at=timezone.now())
        messages.success(request, "You will get a notice when this changes, at most one a day.")
    return redirect(record)
