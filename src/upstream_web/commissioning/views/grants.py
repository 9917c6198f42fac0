"""What is done on the page of an agreement."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream.papers import Form, render
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.commissioning import papers
from upstream_web.commissioning.models import Variation
from upstream_web.commissioning.operations import grants
from upstream_web.commissioning.register import GRANTS
from upstream_web.commissioning.steps import EndingForm, HandingOverForm, SigningForm, VaryingForm
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.records.papers import MEDIA_TYPES
from upstream_web.records.views.asking import ask, get_to_act

FORMS: tuple[Form, ...] = ("pdf", "docx")
SUMMED_UP = declare("agreement summed up as a paper", ActKind.DISCLOSURE)


@requires(Permission.FUND_CHANGE)
def grant_sign(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that both sides signed."""
    grant = get_to_act(GRANTS, request, key)
    form = SigningForm(request.POST or None)

    def sign() -> None:
        said = form.cleaned_data
        grants.sign(
            grant=grant, on=said["on"], over_reason=said["over_reason"], by=request.user, at=timezone.now()
        )  # fmt: skip

    return ask(
        request, GRANTS, grant, form, sign, heading="Sign", button="Both sides have signed",
        done="Signed. Its returns and payments are planned.",
        why="From now on the money is committed, and the terms change by variations only.",
    )  # fmt: skip


@requires(Permission.FUND_CHANGE)
def grant_vary(request: SignedInRequest, key: int) -> HttpResponse:
    """Write an agreed change."""
    grant = get_to_act(GRANTS, request, key)
    form = VaryingForm(request.POST or None, grant=grant)

    def vary() -> None:
        said = dict(form.cleaned_data)
        over = said.pop("over_reason")
        grants.vary(variation=Variation(grant=grant, **said), over_reason=over, by=request.user, at=timezone.now())

    return ask(
        request, GRANTS, grant, form, vary, heading="Vary", button="Both sides have agreed", done="Varied.",
        why="What it replaces is kept. A later end brings more returns and payments.",
    )  # fmt: skip


@requires(Permission.FUND_CHANGE)
def grant_end(request: SignedInRequest, key: int) -> HttpResponse:
    """End an agreement before its day."""
    grant = get_to_act(GRANTS, request, key)
    form = EndingForm(request.POST or None)

    def end() -> None:
        said = form.cleaned_data
        grants.end_early(grant=grant, on=said["on"], reason=said["reason"], by=request.user, at=timezone.now())

    return ask(
        request, GRANTS, grant, form, end, heading="End early", button="End it", done="Ended.",
        why="Returns for later periods are no longer owed; payments that belong to them are cancelled.",
    )  # fmt: skip


@requires(Permission.FUND_CHANGE)
def grant_hand_over(request: SignedInRequest, key: int) -> HttpResponse:
    """Let somebody else look after an agreement."""
    grant = get_to_act(GRANTS, request, key)
    form = HandingOverForm(request.POST or None)

    def hand_over() -> None:
        grants.hand_over(grant=grant, to=form.cleaned_data["to"], by=request.user, at=timezone.now())

    return ask(request, GRANTS, grant, form, hand_over, heading="Hand over", button="Hand over", done="Handed over.")


@requires(Permission.FUND_VIEW)
@require_safe
def grant_paper(request: SignedInRequest, key: int, form: str) -> HttpResponse:
    """Send an agreement summed up for the file; small numbers of people are covered in it."""
    grant = GRANTS.get(request.user, key)
    known = next((each for each in FORMS if each == form), None)
    if known is None:
        raise Http404(f"There is no form {form!r}: ask for {' or '.join(FORMS)}.")
    now = timezone.now()
    paper = papers.grant_paper(grant, on=timezone.localdate(now), made_at=now)
    response = HttpResponse(render(paper, known), content_type=MEDIA_TYPES[known])
    response["Content-Disposition"] = f'attachment; filename="agreement-{grant.pk}.{known}"'
    announce(
        SUMMED_UP.words, by=request.user.get_username(), at=now, kind=grant.kind, about=str(grant.pk),
        detail={"form": known},
    )  # fmt: skip
    return response
