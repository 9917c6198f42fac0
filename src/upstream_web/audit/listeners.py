"""Writes down what is announced by sign-in and by the parts of the site below the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils import timezone

from upstream_web.audit.actions import Action
from upstream_web.audit.operations import events
from upstream_web.core.acts import announced


def connect() -> None:
    """Start to listen; harmless when done twice."""
    user_logged_in.connect(signed_in, dispatch_uid="trail")
    user_logged_out.connect(signed_out, dispatch_uid="trail")
    user_login_failed.connect(sign_in_failed, dispatch_uid="trail")
    user_locked_out.connect(locked_out, dispatch_uid="trail")
    announced.connect(act_announced, dispatch_uid="trail")


def signed_in(sender: Any, user: Any, **_: Any) -> None:
    """Write that a person signed in."""
    events.record(Action.SIGNED_IN, by=user.get_username(), at=timezone.now())


def signed_out(sender: Any, user: Any, **_: Any) -> None:
    """Write that a person signed out; nobody in particular is not written."""
    if user is not None:
        events.record(Action.SIGNED_OUT, by=user.get_username(), at=timezone.now())


def sign_in_failed(sender: Any, credentials: Mapping[str, Any], **_: Any) -> None:
    """Write the name that was tried, never the password."""
    events.record(Action.SIGN_IN_FAILED, by=str(credentials.get("username", "")), at=timezone.now())


def locked_out(sender: Any, username: str | None = None, **_: Any) -> None:
    """Write that a name was locked out."""
    events.record(Action.LOCKED_OUT, by=username or "", at=timezone.now())


def act_announced(
    sender: Any,
    action: str,
    by: str,
    at: datetime,
    kind: str,
    about: str,
    detail: Mapping[str, Any] | None,
    given: Mapping[str, str],
    **_: Any,
) -> None:
    """Write an announced act; raises `ActUnknown` for one that nobody declared."""
    events.record(action, by=by, at=at, kind=kind, about=about, detail=detail, **given)
