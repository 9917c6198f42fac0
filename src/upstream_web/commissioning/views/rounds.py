"""What is done on the page of a round."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.commissioning.operations import rounds
from upstream_web.commissioning.register import ROUNDS
from upstream_web.commissioning.steps import PanelForm
from upstream_web.records.views.asking import ask, do, get_to_act


@requires(Permission.FUND_CHANGE)
def round_panel(request: SignedInRequest, key: int) -> HttpResponse:
    """Name who assesses."""
    found = get_to_act(ROUNDS, request, key)
    form = PanelForm(request.POST or None, funding_round=found)

    def name() -> None:
        rounds.name_panel(funding_round=found, people=form.cleaned_data["people"], by=request.user, at=timezone.now())

    return ask(
        request, ROUNDS, found, form, name, heading="Name the panel", button="Name them", done="The panel is named.",
        why="Each assessor declares for each bid whether they have an interest, and scores where they have none.",
    )  # fmt: skip


@requires(Permission.FUND_CHANGE)
@require_POST
def round_announce(request: SignedInRequest, key: int) -> HttpResponse:
    """Close a round and keep its letters."""
    found = get_to_act(ROUNDS, request, key)
    act = partial(rounds.announce, funding_round=found, by=request.user, at=timezone.now())
    return do(request, act, to=found, done="The letters are kept with each bid: send them.")
