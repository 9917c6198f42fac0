"""What is done to signatures under a charter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from upstream.clocks import add_months
from upstream.exceptions import WrongUse
from upstream_web.awareness.models import SignUp
from upstream_web.core.operations import operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.records.operations import keeping


class SignatureImpossible(WrongUse):
    """A signature cannot be renewed, visited or ended like this."""


@operation("charter signed")
def sign(*, signature: SignUp, by: Any, at: datetime) -> SignUp:
    """Write a signature; it holds for as long as the charter says."""
    signature.until_on = add_months(signature.signed_on, signature.charter.renewal_months)
    keeping.keep_new(signature, by=by, at=at)
    tell(signature, until=signature.until_on.isoformat())
    return signature


@operation("charter signature renewed")
def renew(*, signature: SignUp, on: date, by: Any, at: datetime) -> SignUp:
    """Renew a signature from a day on, late or early."""
    _check_there(signature)
    last = signature.renewed_on or signature.signed_on
    if on <= last:
        raise SignatureImpossible(f"It was last signed on {short_day_words(last)}.", do="Give a later day.")
    signature.renewed_on, signature.until_on = on, add_months(on, signature.charter.renewal_months)
    tell(signature, until=signature.until_on.isoformat())
    return keeping.keep(signature, by=by, at=at)


@operation("charter venue visited")
def visit(*, signature: SignUp, on: date, outcome: str, note: str = "", by: Any, at: datetime) -> SignUp:
    """Note what an accreditation visit found."""
    _check_there(signature)
    if on < signature.signed_on:
        raise SignatureImpossible(f"It signed on {short_day_words(signature.signed_on)}.", do="Give a later day.")
    signature.visited_on, signature.outcome, signature.visit_note = on, outcome, note
    tell(signature, outcome=outcome)
    return keeping.keep(signature, by=by, at=at)


@operation("charter signature ended")
def leave(*, signature: SignUp, on: date, reason: str, by: Any, at: datetime) -> SignUp:
    """Note that a venue left the charter, or was struck off, and why."""
    _check_there(signature)
    if on < signature.signed_on:
        raise SignatureImpossible(f"It signed on {short_day_words(signature.signed_on)}.", do="Give a later day.")
    signature.left_on, signature.why_left = on, reason
    tell(signature, reason=reason)
    return keeping.keep(signature, by=by, at=at)


def _check_there(signature: SignUp) -> None:
    if signature.left_on:
        raise SignatureImpossible(f"{signature} left on {short_day_words(signature.left_on)}.", do="Sign it anew.")
