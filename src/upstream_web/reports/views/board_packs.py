"""Pages of the board packs: those that were made, one to read, its files, and making another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from upstream.papers import fragment
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.core.jobs import enqueue
from upstream_web.core.workbench import get_partnership
from upstream_web.performance.models import Quarter
from upstream_web.performance.quarter_page import quarters_to_show
from upstream_web.records import papers
from upstream_web.records.models import KeptPaper
from upstream_web.reports.background import MAKE_BOARD_PACK
from upstream_web.reports.operations.board_packs import quarter_start

WHERE = {"area": "act", "section": "performance"}


@requires(Permission.BOARD_PACK_VIEW)
@require_safe
def board_pack_list(request: HttpRequest) -> HttpResponse:
    """Show every pack, and offer to make the next."""
    today = timezone.localdate()
    quarters = {str(quarter.pk): quarter for quarter in Quarter.objects.present()}
    made = KeptPaper.objects.filter(kind=Quarter.kind, key__in=quarters).order_by("-kept_at")
    present = quarter_start(today)
    context = {
        **WHERE,
        "crumbs": [("Performance", reverse("indicator-list")), ("Board packs", "")],
        "packs": [(pack, quarters[pack.key]) for pack in made],
        "frozen": [line for line in quarters_to_show(today) if line.freeze],
        "present": Quarter(starts_on=present),
    }
    return render(request, "reports/board_pack_list.html", context)


@requires(Permission.BOARD_PACK_MAKE)
@require_POST
def board_pack_make(request: HttpRequest) -> HttpResponse:
    """Queue a pack and follow it; `quarter` is its short name, `draft` asks for what is held now."""
    starts_on = _starts_on(request.POST.get("quarter", ""))
    job = enqueue(
        MAKE_BOARD_PACK,
        title="Board pack",
        by=request.user.get_username(),
        at=timezone.now(),
        payload={"starts_on": starts_on.isoformat(), "draft": "draft" in request.POST},
    )
    return redirect("job", job.id)


def _starts_on(label: str) -> date:
    year, _, number = label.partition("-Q")
    if not (year.isdecimal() and len(year) == 4 and number in {"1", "2", "3", "4"}):
        raise Http404(f"{label!r} is not a quarter, such as 2026-Q3.")
    return date(int(year), int(number) * 3 - 2, 1)


def get_pack(key: int, number: int) -> tuple[Quarter, KeptPaper]:
    """Give a kept pack with its quarter; raises Http404."""
    quarter = Quarter.objects.present().filter(pk=key).first()
    if quarter is None:
        raise Http404("There is no such quarter.")
    return quarter, papers.get_kept_paper(quarter, number)


@requires(Permission.BOARD_PACK_VIEW)
@require_safe
def board_pack(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """Show a pack to be read on line, with its files."""
    quarter, pack = get_pack(key, number)
    paper = papers.content_of(pack)
    cache = get_partnership().data.cache / "drawings"
    context: dict[str, Any] = {
        **WHERE,
        "crumbs": [
            ("Performance", reverse("indicator-list")),
            ("Board packs", reverse("board-pack-list")),
            (str(pack), ""),
        ],
        "quarter": quarter,
        "pack": pack,
        "paper": paper,
        "forms": pack.forms(),
        "content": mark_safe(fragment(paper, prefix="pack-", cache=cache)),  # the paper's own writer escapes
    }
    return render(request, "reports/board_pack.html", context)


@requires(Permission.BOARD_PACK_VIEW)
@require_safe
def board_pack_file(request: HttpRequest, key: int, number: int, form: str) -> HttpResponse:
    """Send one form of a pack as it was kept; the trail says that it went out."""
    quarter, pack = get_pack(key, number)
    response = papers.send(pack, form, by=request.user, at=timezone.now())
    response["Content-Disposition"] = f'attachment; filename="board-pack-{quarter.label}-v{number}.{form}"'
    return response
