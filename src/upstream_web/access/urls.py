"""Addresses of pages about oneself."""

from django.urls import path

from upstream_web.access.views.password import password_change
from upstream_web.access.views.sign_in import sign_in, sign_out

urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
    path("account/password/", password_change, name="password-change"),
]
