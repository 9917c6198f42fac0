"""Making and changing people who sign in."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from upstream.store.layout import DataFolder
from upstream_web.access.models import User
from upstream_web.access.roles import ROLES, Role
from upstream_web.core.acts import announce

EXAMPLE_FILE = "example-sign-in.txt"
EXAMPLE_NAMES = {
    "analyst": "Ash Example",
    "steward": "Sam Example",
    "manager": "Alex Example",
    "board": "Bo Example",
}


@dataclass(frozen=True)
class ExampleSignIn:
    """How to sign in to the worked example: one password for everybody in it."""

    usernames: tuple[str, ...]
    password: str
    kept_in: Path


def make(*, username: str, name: str, role: type[Role], password: str, by: str, at: datetime) -> User:
    """Make a person who can sign in; raises IntegrityError when the name is taken."""
    with transaction.atomic():
        user = User(username=username, name=name, role=role.key, made_at=at)
        user.set_password(password)
        user.save()
        announce("user made", by=by, at=at, kind="user", about=username, detail={"role": role.key})
    return user


def change_password(*, user: User, password: str, at: datetime) -> None:
    """Give `user` a new password, chosen by themselves."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        announce("password changed", by=user.username, at=at, kind="user", about=user.username)


def _kept_password(path: Path) -> str:
    """Read the password of the example people from its file, making it on the first run, for the owner's eyes only."""
    if path.is_file():
        return path.read_text(encoding="utf-8").splitlines()[0].strip()
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(f"{password}\n")
    return password


def ensure_example_users(data: DataFolder, *, at: datetime) -> ExampleSignIn:
    """Make the people of the worked example where they are missing, and give their names and password.

    Only for the worked example. A password that somebody changed is left as it is.
    """
    path = data.root / EXAMPLE_FILE
    password = _kept_password(path)
    usernames = tuple(f"{role.key}@example" for role in ROLES)
    present = set(User.objects.filter(username__in=usernames).values_list("username", flat=True))
    for role, username in zip(ROLES, usernames, strict=True):
        if username not in present:
            name = EXAMPLE_NAMES[role.key]
            make(username=username, name=name, role=role, password=password, by="set-up", at=at)
    return ExampleSignIn(usernames=usernames, password=password, kept_in=path)
