"""How the sign-in library behaves here: nobody signs up, secrets are encrypted, refusals are pages of ours."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from upstream.exceptions import UpstreamFailure
from upstream_web.access.home import home_of
from upstream_web.access.models import User
from upstream_web.access.operations import sign_in_means

QUIET_MESSAGES = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
NO_LONGER = "You can no longer sign in here. Ask an administrator of the partnership."


class SecretUnreadable(UpstreamFailure):
    """A second factor was encrypted under a key that is no longer here."""


def display_name(user: User) -> str:
    """Give the name by which a person's device lists their passkey."""
    return user.name


def not_let_in(request: HttpRequest, why: str) -> HttpResponse:
    """Say why somebody is not let in, and whom to ask."""
    return render(request, "access/not_let_in.html", {"why": why}, status=403)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by those who give access, never by their owners."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead a person who has signed in to what they may see."""
        return home_of(request.user)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Say that the person can no longer sign in."""
        return not_let_in(request, NO_LONGER)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say what happened, but not that somebody who sees the page has signed in."""
        if message_template not in QUIET_MESSAGES:
            super().add_message(request, level, message_template, *args, **kwargs)


def _ciphers() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    hashed = [hashlib.sha256(b"second factors\0" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in hashed])


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets behind codes are kept encrypted under the site's key."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret; raises `SecretUnreadable` when the site's key has changed."""
        try:
            return _ciphers().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise SecretUnreadable(
                "Your second factor cannot be read: the key of the site has changed.",
                do="Ask an administrator to take it away, and set it up again.",
            ) from error


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Only people who exist here come in through the provider; what they may do is never taken from it."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the provider's name for a person to the one here with the same verified address, or refuse."""
        if sociallogin.is_existing:
            return
        user = _same_address(sociallogin)
        if user is None:
            raise ImmediateHttpResponse(
                not_let_in(
                    request,
                    "Nobody here has the verified address that your organisation gave for you. Ask an administrator "
                    "of the partnership to add it.",
                )
            )
        sign_in_means.connect(sociallogin=sociallogin, request=request, user=user, by=user, at=timezone.now())

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> NoReturn:
        """Say that the provider did not confirm who somebody is."""
        raise ImmediateHttpResponse(
            not_let_in(request, "Your organisation's sign-in service did not confirm who you are. Try again.")
        )


def _same_address(sociallogin: Any) -> User | None:
    addresses = [
        each.email
        for each in sociallogin.email_addresses
        if each.email and (each.verified or settings.OIDC_EMAIL_VERIFIED)
    ]
    return next((user for address in addresses if (user := User.objects.filter(email__iexact=address).first())), None)
