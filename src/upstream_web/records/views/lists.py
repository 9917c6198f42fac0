"""The list of a kind of record: search, filters, order, pages, saved filters, and the same as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.records.columns import Asked
from upstream_web.records.exports import FORMS, write_table
from upstream_web.records.models import SavedFilter
from upstream_web.records.register import Register

EXPORTED = declare("list downloaded", ActKind.DISCLOSURE)


def read_asked(register: Register[Any], given: Mapping[str, str]) -> Asked:
    """Read what is asked of a list from the address; what is not understood is left out."""
    page = given.get("page", "1")
    return Asked(
        words=given.get("q", "").strip()[:200],
        chosen={each.name: given[each.name] for each in register.filters if given.get(each.name)},
        order=given.get("order", ""),
        page=int(page) if page.isdecimal() else 1,
        removed=given.get("removed") == "1",
    )


def query_of(asked: Asked, **changed: Any) -> str:
    """Write what is asked as the query of an address, with something of it changed."""
    parts = {**asked.chosen, "q": asked.words, "order": asked.order, "removed": "1" if asked.removed else ""} | changed
    return urlencode({name: value for name, value in parts.items() if value not in ("", None)})


def headings(register: Register[Any], asked: Asked) -> list[dict[str, Any]]:
    """Give the head of each column with the address that sorts by it."""
    found = []
    for column in register.columns:
        if column.only_exported:
            continue
        rising, falling = asked.order == column.name, asked.order == f"-{column.name}"
        turned = f"-{column.name}" if rising else column.name
        found.append(
            {
                "column": column,
                "query": query_of(asked, order=turned) if column.sort else "",
                "sorted": "ascending" if rising else "descending" if falling else "none" if column.sort else "",
            }
        )
    return found


class KeysFirst(Paginator):
    """Pages of a long list: only keys are put in order, and only the rows of one page are read."""

    def page(self, number: int | str) -> Page[Any]:
        """Give a page; raises as `Paginator.page` does."""
        page, found = super().page(number), cast("QuerySet[Any]", self.object_list)
        keys = list(cast("QuerySet[Any]", page.object_list).values_list("pk", flat=True))
        rows = {record.pk: record for record in found.order_by().filter(pk__in=keys)}
        page.object_list = [rows[key] for key in keys if key in rows]
        return page


def record_list(request: SignedInRequest, register: Register[Any]) -> HttpResponse:
    """Show the records that the person may see and asks for."""
    saved = _saved_filters(request.user, register)
    first = next((each for each in saved if each.is_default and each.person_id == request.user.pk), None)
    if first is not None and first.query and not request.GET:
        return redirect(f"{register.address()}?{first.query}")
    asked = read_asked(register, request.GET)
    found = register.asked(request.user, asked)
    paginator = KeysFirst(found, register.page_size)
    page = paginator.get_page(asked.page)
    context = {
        "area": register.area,
        "section": register.section,
        "section_page": not asked.chosen and not asked.words,
        "register": register,
        "asked": asked,
        "page": page,
        "rows": _rows(register, page),
        "headings": headings(register, asked),
        "filters": [(each, asked.chosen.get(each.name, "")) for each in register.filters],
        "pages": [(number, query_of(asked, page=number)) for number in paginator.get_elided_page_range(page.number)],
        "previous_page": query_of(asked, page=page.number - 1),
        "next_page": query_of(asked, page=page.number + 1),
        "query": query_of(asked),
        "may_make": register.can_be_made and register.may_change(request.user),
        "lede": register.lede(found) if not (asked.words or asked.chosen) else "",
        "crumbs": register.crumbs()[:-1],
        "exports": FORMS,
        "saved": saved,
        "own_saved": [each for each in saved if each.person_id == request.user.pk],
        **register.list_context(request.user),
    }
    return render(request, register.list_template, context)


def _saved_filters(person: User, register: Register[Any]) -> list[SavedFilter]:
    kept = SavedFilter.objects.filter(Q(person=person) | Q(is_shared=True, person__is_active=True))
    return list(kept.filter(register=register.kind).select_related("person"))


def _rows(register: Register[Any], page: Page[Any]) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    shown = [column for column in register.columns if not column.only_exported]
    return [(record, [(column, column.of(record)) for column in shown]) for record in page.object_list]


def record_export(request: SignedInRequest, register: Register[Any], form: str) -> HttpResponseBase:
    """Send the list as it is asked for as a file; the trail keeps what was asked and how many went out."""
    asked = read_asked(register, request.GET)
    records = register.asked(request.user, asked)
    response, sent = write_table(register, records, form, at=timezone.now(), by=request.user.get_username())
    announce(
        EXPORTED.words,
        by=request.user.get_username(),
        at=timezone.now(),
        kind=register.kind,
        about=query_of(asked)[:300],
        detail={"form": form, "rows": sent},
    )
    return response
