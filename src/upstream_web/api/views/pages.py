"""What the interface offers, to read and for programs, and the tokens that let programs in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.api.document import document
from upstream_web.api.guard import for_programs
from upstream_web.api.models import Token
from upstream_web.api.operations import tokens

SPANS = ((30, "30 days"), (90, "90 days"), (365, "a year"))


@requires(Permission.API_USE)
@require_safe
def guide(request: SignedInRequest) -> HttpResponse:
    """Show what the interface offers, without any script."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            shown = {"method": method.upper(), "path": path, **operation}
            groups.setdefault(operation["tags"][0], []).append(shown)
    return render(request, "api/guide.html", {"area": "none", "groups": groups.items()})


@for_programs
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI document."""
    return JsonResponse(document())


@requires(Permission.API_USE)
def token_list(request: SignedInRequest) -> HttpResponse:
    """Show a person's tokens, and make one; its secret is shown this once."""
    context: dict[str, Any] = {"area": "none", "spans": SPANS, "today": timezone.localdate()}
    if request.method == "POST":
        days = request.POST.get("days", "")
        try:
            _, context["secret"] = tokens.make(
                name=request.POST.get("name", ""), days=int(days) if days.isdecimal() else 0, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except UpstreamFailure as failure:
            messages.warning(request, str(failure))
    now = timezone.localdate()
    context["tokens"] = [(token, token.works_on(now)) for token in Token.objects.filter(person=request.user)]
    return render(request, "api/token_list.html", context)


@requires(Permission.API_USE)
@require_POST
def token_revoke(request: SignedInRequest, token_id: int) -> HttpResponse:
    """Let one of a person's tokens open nothing from now on."""
    token = Token.objects.filter(person=request.user, pk=token_id).first()
    if token is None:
        raise Http404("There is no such token of yours.")
    tokens.revoke(token=token, by=request.user, at=timezone.now())
    messages.success(request, f"“{token.name}” opens nothing any more.")
    return redirect("token-list")
