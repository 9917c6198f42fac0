"""`upstream users`: who may sign in."""

from __future__ import annotations

import argparse
import getpass
import sys

from upstream.exceptions import ExitCode, WrongUse
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "users"
SUMMARY = "who may sign in; add a person; help one who cannot get in"
DESCRIPTION = """\
Without an argument: list the people who may sign in. With a sign-in name: add that person. The password is asked for,
or read from standard input when that is not a terminal.

  upstream users j.doe@example.org --name "Jo Doe" --role analyst
  upstream users j.doe@example.org --lost          a new password, and no second factor any more
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("username", metavar="USERNAME", nargs="?", help="sign-in name of a person to add")
    parser.add_argument("--name", metavar="TEXT", help="the person's name as others see it")
    parser.add_argument("--role", metavar="ROLE", help="what they may do, such as analyst; a wrong one lists them all")
    parser.add_argument("--lost", action="store_true", help="the person has lost their password or second factor")
    parser.add_argument("--body", metavar="KEY", default="", help="organisation for which they get the role")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """List the people or add one."""
    from upstream_web import serving

    serving.prepare_site(chosen_partnership(arguments), at=now())
    if not arguments.username:
        return list_all(output)
    return let_in_again(arguments, output) if arguments.lost else add(arguments, output)


def list_all(output: Output) -> ExitCode:
    """Print everybody who may sign in."""
    from upstream_web.access.models import User

    everybody = User.objects.prefetch_related("grants").order_by("username")
    people = [(user.username, user.name, ", ".join(grant.role for grant in user.grants_on())) for user in everybody]
    output.table(("sign-in name", "name", "role"), people)
    output.document([{"username": username, "name": name, "role": role} for username, name, role in people])
    return ExitCode.DONE


def add(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Make a person who can sign in, after checking what was given."""
    from upstream_web.access.models import User
    from upstream_web.access.operations import users
    from upstream_web.access.roles import ROLES

    roles = {role.key: role for role in ROLES}
    if arguments.role not in roles:
        raise WrongUse(f"{arguments.role or 'No role'} was given.", expected=f"--role with one of {', '.join(roles)}")
    if User.objects.filter(username=arguments.username).exists():
        raise WrongUse(f"{arguments.username} can sign in already.", do="Choose another name.")
    password = read_password()
    users.make(
        username=arguments.username,
        name=arguments.name or arguments.username,
        role=roles[arguments.role],
        body=arguments.body,
        password=password,
        by=f"command line ({getpass.getuser()})",
        at=now(),
    )
    output.line(f"{arguments.username} may sign in as {arguments.role}.")
    output.document({"username": arguments.username, "role": arguments.role})
    return ExitCode.DONE


def let_in_again(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Give a person a new password and take their second factors away; for when no administrator can."""
    from upstream_web.access.models import User
    from upstream_web.access.operations import sign_in_means, users

    user = User.objects.filter(username__iexact=arguments.username).first()
    if user is None:
        raise WrongUse(f"Nobody signs in as {arguments.username}.", do="`upstream users` lists everybody.")
    by, at = f"command line ({getpass.getuser()})", now()
    users.change_password(user=user, password=read_password(), by=by, at=at)
    sign_in_means.take_away(user=user, reason="Lost, helped from the command line", by=by, at=at)
    output.line(f"{user.username} signs in with the new password, and is signed out everywhere.")
    output.document({"username": user.username})
    return ExitCode.DONE


def read_password() -> str:
    """Ask for a password twice without showing it, or read a line when nobody is there to ask; refuse a weak one."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if sys.stdin.isatty():
        password = getpass.getpass("Password (at least 12 characters): ")
        if password != getpass.getpass("The same again: "):
            raise WrongUse("The two passwords differ.", do="Try again.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as refusal:
        raise WrongUse(" ".join(refusal.messages), do="Choose another password.") from refusal
    return password
