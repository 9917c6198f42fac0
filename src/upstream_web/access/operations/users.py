"""Making and changing people who sign in."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from upstream.store.layout import DataFolder
from upstream_web.access.models import User
from upstream_web.access.operations import grants
from upstream_web.access.roles import (
    Administrator,
    Analyst,
    BoardMember,
    Lead,
    Manager,
    Navigator,
    PanelMember,
    Role,
    ServiceManager,
    Steward,
)
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import operation, tell
from upstream_web.core.workbench import get_partnership

EXAMPLE_FILE = "example-sign-in.txt"


@dataclass(frozen=True)
class ExamplePerson:
    """An invented person of the worked example; `at` is the kind of member they work for, empty for the partnership.

    They sign in by the key of their role, or `by` another word where a role has more than one.
    """

    role: type[Role]
    name: str
    at: str = ""
    by: str = ""

    @property
    def username(self) -> str:
        """Give the name by which they sign in."""
        return f"{self.by or self.role.key}@example"


EXAMPLE_PEOPLE = (
    ExamplePerson(Analyst, "Ash Example"),
    ExamplePerson(Steward, "Sam Example"),
    ExamplePerson(Navigator, "Nic Example", "commissioned_provider"),
    ExamplePerson(ServiceManager, "Sasha Example", "commissioned_provider"),
    ExamplePerson(Manager, "Alex Example"),
    ExamplePerson(Lead, "Lee Example", "police"),
    ExamplePerson(BoardMember, "Bo Example", "local_policing_body"),
    ExamplePerson(PanelMember, "Pat Example", "scrutiny"),
    ExamplePerson(Administrator, "Ali Example"),
    # Each office agrees its own part of a response, so the example needs somebody who speaks for the chief constable.
    ExamplePerson(BoardMember, "Chris Example", "police", by="chief"),
)


@dataclass(frozen=True)
class ExampleSignIn:
    """How to sign in to the worked example: one password for everybody in it."""

    usernames: tuple[str, ...]
    password: str
    kept_in: Path


@operation("user made", ActKind.ACCESS)
def make(
    *,
    username: str,
    name: str,
    password: str | None,
    role: type[Role] | None = None,
    body: str = "",
    email: str = "",
    reason: str = "Given when the person was added.",
    by: User | str,
    at: datetime,
) -> User:
    """Make a person who can sign in, with `role` in `body` (or in the whole partnership), or with no access yet.

    Without a password they sign in through the partnership's own sign-in service, or by a passkey. Raises
    IntegrityError when the name is taken.
    """
    user = User(username=username, name=name, email=email, made_at=at)
    user.set_password(password)
    user.save()
    if role is not None:
        grants.give(user=user, role=role, body=body, reason=reason, by=by, at=at)
    tell(user, role=role.key if role else "", body=body)
    return user


@operation("user changed", ActKind.ACCESS)
def change(*, user: User, name: str, email: str, by: User | str, at: datetime) -> User:
    """Correct how a person is called and where they are written to."""
    changed = [field for field, value in (("name", name), ("email", email)) if getattr(user, field) != value]
    user.name, user.email = name, email
    user.save(update_fields=["name", "email"])
    tell(user, changed=changed)
    return user


@operation("user stopped", ActKind.ACCESS)
def stop(*, user: User, reason: str, by: User | str, at: datetime) -> User:
    """Let a person no longer sign in and end everything they were given; raises `OwnAccess` for oneself."""
    grants.check_not_own(user, by)
    today = timezone.localdate(at)
    for grant in [given for given in user.all_grants if not given.is_over(today)]:
        grants.end(grant=grant, reason=reason, by=by, at=at)
    user.is_active = False
    user.save(update_fields=["is_active"])
    tell(user, reason=reason)
    return user


@operation("user let back in", ActKind.ACCESS)
def let_back(*, user: User, by: User | str, at: datetime) -> User:
    """Let a person sign in again; what they may do is given anew."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


@operation("password changed", ActKind.ACCESS)
def change_password(*, user: User, password: str, by: User | str, at: datetime) -> User:
    """Give `user` a new password: chosen by themselves, or handed out by somebody who gives access."""
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def new_password() -> str:
    """Think of a password to hand out, which its owner then changes: 64 random bits in four groups."""
    return "-".join(secrets.token_hex(2) for _ in range(4))


def _kept_password(path: Path) -> str:
    """Read the password of the example people from its file, making it on the first run, for the owner's eyes only."""
    if path.is_file():
        return path.read_text(encoding="utf-8").splitlines()[0].strip()
    password = new_password()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(f"{password}\n")
    return password


def _member_key(kind: str) -> str:
    """Give the key of the first member of that kind, or of whichever there is."""
    config = get_partnership().config
    keys = [member.key for member in config.members if member.kind == kind]
    return next(iter([*keys, *(member.key for member in config.members), config.slug]))


def ensure_example_users(data: DataFolder, *, at: datetime) -> ExampleSignIn:
    """Make the people of the worked example where they are missing, and give their names and password.

    Only for the worked example. A password that somebody changed is left as it is.
    """
    path = data.root / EXAMPLE_FILE
    password = _kept_password(path)
    usernames = tuple(person.username for person in EXAMPLE_PEOPLE)
    present = set(User.objects.filter(username__in=usernames).values_list("username", flat=True))
    for person, username in zip(EXAMPLE_PEOPLE, usernames, strict=True):
        if username not in present:
            body = _member_key(person.at) if person.at else ""
            make(
                username=username, name=person.name, role=person.role, body=body, password=password, by="set-up", at=at
            )
    return ExampleSignIn(usernames=usernames, password=password, kept_in=path)
