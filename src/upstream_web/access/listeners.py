"""Announces what the sign-in library does to people's second factors and passwords, and counts its failures."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_reset
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_login_failed
from django.utils import timezone

from upstream_web.core.acts import ActKind, announce, declare

ADDED = declare("second factor added", ActKind.ACCESS)
REMOVED = declare("second factor removed", ActKind.ACCESS)
RENEWED = declare("recovery codes made anew", ActKind.ACCESS)
FORGOTTEN = declare("password changed", ActKind.ACCESS)


def connect() -> None:
    """Start to listen; harmless when done twice."""
    authenticator_added.connect(factor_added, dispatch_uid="access")
    authenticator_removed.connect(factor_removed, dispatch_uid="access")
    authenticator_reset.connect(factor_renewed, dispatch_uid="access")
    authentication_failed.connect(factor_failed, dispatch_uid="access")
    password_reset.connect(password_chosen, dispatch_uid="access")


def _say(words: str, user: Any, **detail: Any) -> None:
    name = user.get_username()
    announce(words, by=name, at=timezone.now(), kind="user", about=name, detail=detail)


def factor_added(sender: Any, user: Any, authenticator: Any, **_: Any) -> None:
    """Announce a new second factor."""
    _say(ADDED.words, user, factor=authenticator.type)


def factor_removed(sender: Any, user: Any, authenticator: Any, **_: Any) -> None:
    """Announce that a second factor is gone."""
    _say(REMOVED.words, user, factor=authenticator.type)


def factor_renewed(sender: Any, user: Any, **_: Any) -> None:
    """Announce new recovery codes."""
    _say(RENEWED.words, user)


def factor_failed(sender: Any, request: Any, user: Any, **_: Any) -> None:
    """Count a wrong code like a wrong password, so that the name is locked out after as many."""
    user_login_failed.send(sender=__name__, credentials={"username": user.get_username()}, request=request)


def password_chosen(sender: Any, user: Any, **_: Any) -> None:
    """Announce a password chosen by a link that was sent."""
    _say(FORGOTTEN.words, user, by_link=True)
