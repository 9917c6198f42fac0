"""Making, using and revoking the tokens of programs."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.access.models import User
from upstream_web.api.models import Token
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import operation, tell

LONGEST_DAYS = 365
PREFIX = "upstream_"  # so that a token left in a file can be told for what it is


class TokenNotAsOffered(WrongUse):
    """A token without a name, or for longer than a year."""


def hash_of(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@operation("token made", ActKind.ACCESS)
def make(*, name: str, days: int, by: User, at: datetime) -> tuple[Token, str]:
    """Make a token and give it with its secret, which nobody can read again; raises `TokenNotAsOffered`."""
    words = " ".join(name.split())[:80]
    if not words or not 1 <= days <= LONGEST_DAYS:
        raise TokenNotAsOffered(
            f"The token “{words}” is asked for {days} days.",
            expected=f"a name, and 1 to {LONGEST_DAYS} days",
            do="Name the program that will use it.",
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=by,
        name=words,
        token_hash=hash_of(secret),
        made_at=at,
        ends_on=timezone.localdate(at) + timedelta(days=days),
    )
    tell(token, token=token.pk, ends_on=str(token.ends_on))
    return token, secret


@operation("token revoked", ActKind.ACCESS)
def revoke(*, token: Token, by: User, at: datetime) -> Token:
    """Let a token open nothing from now on."""
    token.revoked_at = token.revoked_at or at
    token.save(update_fields=["revoked_at"])
    tell(token, token=token.pk)
    return token


@operation("token used", ActKind.ACCESS)
def note_use(*, token: Token, by: User, at: datetime) -> None:
    """Write down that a token was used, once a day; each change that it makes has its own line."""
    token.used_on = timezone.localdate(at)
    token.save(update_fields=["used_on"])
    tell(token, token=token.pk)
