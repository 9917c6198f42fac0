"""What is done to agreements and consultations from their pages."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.words import count_words
from upstream_web.duty.consulted_list import MOST_BYTES, read_list
from upstream_web.duty.forms import ChangedForm, InviteForm, ReplyForm, SignForm
from upstream_web.duty.models import Consultation, Signature
from upstream_web.duty.operations import agreements, consultations
from upstream_web.duty.register import AGREEMENTS, CONSULTATIONS
from upstream_web.records.views.asking import ask, do, get_to_act


@requires(Permission.DUTY_CHANGE)
def signature_sign(request: SignedInRequest, key: int, place: int) -> HttpResponse:
    """Note that a body signed an agreement."""
    agreement = get_to_act(AGREEMENTS, request, key)
    seen = Signature.objects.visible_to(request.user, Permission.DUTY_VIEW).present()
    signature = get_object_or_404(seen.select_related("body__organisation"), pk=place, agreement=agreement)
    form = SignForm(request.POST or None)

    def sign() -> None:
        said = form.cleaned_data
        agreements.sign(
            signature=signature, signed_by=said["signed_by"], on=said["on"], by=request.user, at=timezone.now()
        )

    heading = f"{signature.body} signs"
    return ask(request, AGREEMENTS, agreement, form, sign, heading=heading, button="Note it", done="Noted.")


@requires(Permission.DUTY_CHANGE)
@require_POST
def consultation_remind(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that somebody was reminded."""
    asked = get_to_act(CONSULTATIONS, request, key)
    act = partial(consultations.remind, consultation=asked, by=request.user, at=timezone.now())
    return do(request, act, to=asked, done="The reminder is noted.")


@requires(Permission.DUTY_CHANGE)
def consultation_reply(request: SignedInRequest, key: int) -> HttpResponse:
    """Take down a reply."""
    asked = get_to_act(CONSULTATIONS, request, key)
    initial = {"on": asked.replied_on, "words": asked.reply} if asked.replied_on else None
    form = ReplyForm(request.POST or None, initial=initial)

    def take() -> None:
        said = form.cleaned_data
        consultations.take_reply(
            consultation=asked, on=said["on"], words=said["words"], by=request.user, at=timezone.now()
        )

    done = "Taken down. Say next what we change because of it."
    return ask(request, CONSULTATIONS, asked, form, take, heading="The reply", button="Take down", done=done)


@requires(Permission.DUTY_CHANGE)
def consultation_changed(request: SignedInRequest, key: int) -> HttpResponse:
    """Say what a reply changed."""
    asked = get_to_act(CONSULTATIONS, request, key)
    form = ChangedForm(request.POST or None, initial={"words": asked.changed})

    def say() -> None:
        words = form.cleaned_data["words"]
        consultations.say_what_changed(consultation=asked, words=words, by=request.user, at=timezone.now())

    return ask(
        request, CONSULTATIONS, asked, form, say, heading="What we changed", button="Save", done="Saved.",
        why="Whoever was asked should hear this from us.",
    )  # fmt: skip


@requires(Permission.DUTY_CHANGE)
def consultation_invite(request: SignedInRequest) -> HttpResponse:
    """Ask everybody on a list the same."""
    check_may(request.user, Permission.DUTY_CHANGE)
    form = InviteForm(request.POST or None, request.FILES or None)
    made: list[Consultation] = []

    def invite() -> None:
        said = form.cleaned_data
        listed = read_list(said["file"].name, said["file"].read(MOST_BYTES + 1))
        made.extend(
            consultations.ask_all(
                listed=listed, about=said["about"], question=said["question"], on=said["on"],
                by=request.user, at=timezone.now(),
            )
        )  # fmt: skip

    return ask(
        request, CONSULTATIONS, None, form, invite, heading="Ask everybody on a list", button="Note who was asked",
        done=lambda: _asked_words(made),
        why="This notes who was asked and by when a reply is wanted; send the letters yourself.",
    )  # fmt: skip


def _asked_words(made: list[Consultation]) -> str:
    asked = count_words(len(made), "body or group is", "bodies and groups are")
    return f"{asked} asked." if made else "Everybody on the list was asked about this already."
