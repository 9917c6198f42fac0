"""Recording what a body discloses: refused where the gateway that is named does not carry it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upstream_web.core.operations import operation, tell
from upstream_web.duty.gateway import GatewayRefused, Information, check_may_disclose
from upstream_web.duty.models import SECTION_16, Disclosure
from upstream_web.records.operations import keeping

INSTEAD = (
    "Ask for counts without identity, or record it under another basis that is written down, such as consent, a "
    "safeguarding duty or a statute that names this disclosure."
)


def check_carried(disclosure: Disclosure) -> None:
    """Raise `GatewayRefused`, with what to do instead, where the basis does not carry the information."""
    if disclosure.basis != SECTION_16:
        if not disclosure.basis_words.strip():
            raise GatewayRefused("No basis is written down.", expected="The basis, with where it is written.")
        return
    try:
        check_may_disclose(
            SECTION_16, Information(disclosure.information), is_health_or_care=disclosure.body.is_health_or_care
        )
    except GatewayRefused as refused:
        raise GatewayRefused(refused.found, expected=f"{refused.do} {INSTEAD}") from refused


@operation("disclosure recorded")
def record(*, disclosure: Disclosure, by: Any, at: datetime) -> Disclosure:
    """Record what a body discloses; raises `GatewayRefused` where its basis does not carry it."""
    check_carried(disclosure)
    tell(disclosure, information=disclosure.information, basis=disclosure.basis)
    return keeping.keep_new(disclosure, by=by, at=at)


@operation("disclosure changed")
def change(*, disclosure: Disclosure, fields: list[str], by: Any, at: datetime) -> Disclosure:
    """Write a changed disclosure; it is asked again whether its basis carries it."""
    check_carried(disclosure)
    tell(disclosure, fields=fields, information=disclosure.information, basis=disclosure.basis)
    return keeping.keep(disclosure, by=by, at=at)
