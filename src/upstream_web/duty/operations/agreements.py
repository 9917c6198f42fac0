"""What is done to agreements and to the papers of the duty: laying down, signing, dating."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.core.clocks import due_on
from upstream_web.core.days import check_has_come
from upstream_web.core.operations import operation, tell
from upstream_web.duty.models import Agreement, DutyBody, DutyDate, Signature
from upstream_web.organisations.models.organisation import OrganisationType
from upstream_web.records.operations import keeping

SIGNS = (OrganisationType.SPECIFIED, OrganisationType.POLICING_BODY)


class SignedAlready(WrongUse):
    """A body has signed; it signs the next version, not this one again."""


@operation("agreement laid down")
def lay_down(*, agreement: Agreement, by: Any, at: datetime) -> Agreement:
    """Write a version of an agreement, with a place to sign for every specified authority and policing body."""
    keeping.keep_new(agreement, by=by, at=at)
    bodies = DutyBody.objects.present().filter(organisation__type__in=SIGNS)
    for body in bodies:
        keeping.keep_new(Signature(agreement=agreement, body=body), by=by, at=at)
    tell(agreement, places=len(bodies))
    return agreement


@operation("agreement signed")
def sign(*, signature: Signature, signed_by: str, on: date, by: Any, at: datetime) -> Signature:
    """Note that a body signed; raises `SignedAlready`."""
    if signature.signed_on is not None:
        raise SignedAlready(
            f"{signature.body} signed on {signature.signed_on:%-d %B %Y}.", do="Lay down the next version instead."
        )
    if not signed_by.strip():
        raise WrongUse("Nobody is named.", expected="Who signed, by role.")
    check_has_come(on, at)
    signature.signed_on, signature.signed_by = on, signed_by.strip()[:160]
    tell(signature.agreement, body=signature.body.organisation.key)
    return keeping.keep(signature, by=by, at=at)


@operation("assessment or strategy dated")
def set_date(*, dated: DutyDate, by: Any, at: datetime) -> DutyDate:
    """Note that the needs assessment or the strategy was published or reviewed; a year to the next begins."""
    dated.due_on = due_on(dated.paper, dated.done_on)
    tell(dated, due=dated.due_on.isoformat())
    return keeping.keep(dated, by=by, at=at) if dated.pk else keeping.keep_new(dated, by=by, at=at)
