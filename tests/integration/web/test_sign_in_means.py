"""Second factors, recovery codes, sessions, a new password by e-mail, and the sign-in service of an organisation."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse
from factories.sign_in_service import CLIENT_ID, SECRET, sign_in_service
from integration.web.conftest import PASSWORD

from upstream_web.audit.models import Event

HOME = "/"


def code_at(secret: str, moment: float) -> str:
    """Work out the code of RFC 6238 with the defaults of every app: SHA-1, 30 seconds, 6 figures."""
    counter = struct.pack(">Q", int(moment) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_our_codes_are_those_of_the_standard():
    # RFC 6238, appendix B, SHA-1: at 59 seconds 94287082, of which apps show the last six figures.
    assert code_at(base64.b32encode(b"12345678901234567890").decode(), 59) == "287082"


def sign_in(client, who="steward", password=PASSWORD):
    return client.post(reverse("sign-in"), {"username": f"{who}@test", "password": password})


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


@pytest.fixture
def with_app(cast, settings, django_capture_on_commit_callbacks):
    """A browser signed in as the steward, who has set up an app; the secret of the app; the recovery codes."""
    settings.MFA_TOTP_TOLERANCE = 1
    browser = Client()
    sign_in(browser)
    again = browser.get(reverse("mfa_activate_totp"))
    assert again.headers["Location"].startswith(reverse("account_reauthenticate"))
    browser.post(again.headers["Location"], {"password": PASSWORD})
    shown = browser.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="hash">([A-Z2-7]+)<', shown).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(reverse("mfa_activate_totp"), {"code": code_at(secret, time.time())}, follow=True)
    codes = re.findall(r"<code>(\d+)</code>", done.content.decode())
    return browser, secret, codes


def test_app_is_set_up_after_saying_once_more_who_one_is(with_app):
    _, _, codes = with_app
    assert len(codes) == 10
    assert actions().count("second factor added") == 2  # the app and the recovery codes that come with it


def test_secret_of_an_app_is_not_readable_in_the_database(with_app):
    _, secret, _ = with_app
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_code_is_asked_for_after_the_password(with_app, client):
    _, secret, _ = with_app
    response = sign_in(client)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(HOME).status_code == 302, "the password alone lets nobody in"
    # The code that set the app up counts as used, so the one of the next half minute is shown.
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    entered = client.post(reverse("mfa_authenticate"), {"code": code_at(secret, time.time() + 30)})
    assert entered.headers["Location"] == reverse("today")
    assert client.get(HOME).status_code == 200
    assert actions()[-2:] == ["sign-in failed", "signed in"]


def test_code_that_was_used_is_not_taken_again(with_app, client):
    _, secret, _ = with_app
    code = code_at(secret, time.time() + 30)
    for browser, enters in ((Client(), True), (client, False)):
        sign_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert (browser.get(HOME).status_code == 200) == enters


def test_recovery_code_lets_in_once(with_app, client):
    _, _, codes = with_app
    for browser, enters in ((Client(), True), (client, False)):
        sign_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert (browser.get(HOME).status_code == 200) == enters


def test_wrong_codes_lock_the_name_out_like_wrong_passwords(with_app, client, settings):
    settings.AXES_FAILURE_LIMIT = 3
    sign_in(client)
    for _ in range(3):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    _, secret, _ = with_app
    locked = client.post(reverse("mfa_authenticate"), {"code": code_at(secret, time.time() + 30)})
    assert locked.status_code == 429
    assert sign_in(Client()).status_code == 429


def test_app_is_removed_and_recovery_codes_with_it(with_app, client):
    browser, _, _ = with_app
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert "second factor removed" in actions()
    assert sign_in(client).headers["Location"] == reverse("today")


def test_administrator_takes_away_the_factors_of_somebody_who_lost_them(with_app, browser_of, cast, client):
    steward_browser, _, _ = with_app
    browser_of("administrator").post(
        reverse("person-factors", args=[cast["steward"].pk]), {"reason": "Lost telephone, came in person"}
    )
    assert steward_browser.get(HOME).status_code == 302, "signed out everywhere"
    assert sign_in(client).headers["Location"] == reverse("today")
    assert "second factors taken away" in actions()


@pytest.mark.parametrize(
    ("asked_of", "who", "is_asked"),
    [
        ("offered", "administrator", False),
        ("keepers", "administrator", True),
        ("keepers", "steward", True),
        ("keepers", "board", False),
        ("everybody", "board", True),
    ],
)
def test_second_factor_is_asked_of_those_whom_the_setting_names(browser_of, settings, asked_of, who, is_asked):
    settings.SECOND_FACTOR = asked_of
    browser = browser_of(who)
    response = browser.get(HOME)
    assert (response.status_code == 302) == is_asked
    if is_asked:
        assert response.headers["Location"] == reverse("account")
        assert b"Second factor needed" in browser.get(reverse("account")).content
        assert browser.get(reverse("help")).status_code == 200


def test_second_factor_that_was_set_up_is_enough(with_app, settings):
    settings.SECOND_FACTOR = "everybody"
    browser, _, _ = with_app
    assert browser.get(HOME).status_code == 200


# ---- where one is signed in ------------------------------------------------------------------------------------------


def test_sessions_are_listed_and_ended_one_by_one_and_all_but_this(cast):
    here, there, elsewhere = Client(), Client(), Client()
    for browser in (here, there, elsewhere):
        sign_in(browser, "board")
    assert UserSession.objects.count() == 3
    shown = here.get(reverse("account")).content.decode()
    assert shown.count("Sign out there") == 2
    session = UserSession.objects.get(session_key=there.session.session_key)
    here.post(reverse("session-end", args=[session.pk]))
    assert (there.get(HOME).status_code, elsewhere.get(HOME).status_code) == (302, 200)
    here.post(reverse("session-end-others"))
    assert (here.get(HOME).status_code, elsewhere.get(HOME).status_code) == (200, 302)
    assert actions()[-2:] == ["session ended", "all sessions ended"]


def test_session_of_somebody_else_is_not_ended(cast):
    mine, theirs = Client(), Client()
    sign_in(mine, "board")
    sign_in(theirs, "lead")
    session = UserSession.objects.get(user=cast["lead"])
    assert mine.post(reverse("session-end", args=[session.pk])).status_code == 404
    assert theirs.get(HOME).status_code == 200


def test_person_without_access_comes_to_their_own_account(client, cast):
    response = sign_in(client, "outsider")
    assert response.headers["Location"] == reverse("account")
    shown = client.get(reverse("account")).content.decode()
    assert "nobody has given you access" in shown
    assert client.get(HOME).status_code == 403


# ---- a new password by e-mail ----------------------------------------------------------------------------------------


@pytest.fixture
def mailed(cast, settings):
    """An installation that sends e-mail, and a person whose address it has."""
    settings.SENDS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cast["board"].email = "bo@example.org"
    cast["board"].save()
    return cast["board"]


def test_link_by_e_mail_leads_to_a_new_password_once(client, mailed):
    client.post(reverse("account_reset_password"), {"email": "BO@example.org"})
    assert [letter.to for letter in mail.outbox] == [["bo@example.org"]]
    link = urlsplit(re.search(r"http\S+", mail.outbox[0].body).group(0)).path
    form_at = client.get(link).headers["Location"]
    new = "four quite different words"
    done = client.post(form_at, {"password1": new, "password2": new})
    assert done.headers["Location"] == reverse("account_reset_password_from_key_done")
    assert sign_in(Client(), "board", new).headers["Location"] == reverse("today")
    assert ("board@test", "password changed") in Event.objects.values_list("actor", "action")
    assert b"no longer works" in Client().get(link).content


def test_nobody_learns_whether_an_address_is_known(client, mailed):
    said = [
        client.post(reverse("account_reset_password"), {"email": address}, follow=True).content
        for address in ("bo@example.org", "nobody@example.org")
    ]
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert strip.sub(b"", said[0]) == strip.sub(b"", said[1])
    assert len(mail.outbox) == 1


def test_installation_without_e_mail_offers_no_link(client, cast):
    assert client.get(reverse("account_reset_password")).status_code == 404
    assert b"by e-mail" not in client.get(reverse("sign-in")).content


# ---- the sign-in service of an organisation --------------------------------------------------------------------------


@pytest.fixture
def service(settings):
    """A stand-in for the sign-in service, and the settings that lead to it."""
    with sign_in_service() as stand_in:
        app = {"provider_id": "own", "name": "the council", "client_id": CLIENT_ID, "secret": SECRET}
        app["settings"] = {"server_url": stand_in.address}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        yield stand_in


def come_back(client, **more):
    """Go to the service and come back as it sends people back."""
    there = client.get(reverse("openid_connect_login", args=["own"]), more)
    assert there.status_code == 302
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there.headers["Location"]).query).items()}
    back = client.get(reverse("openid_connect_callback", args=["own"]), {"code": "a code", "state": asked["state"]})
    return asked, back


def test_person_with_the_verified_address_comes_in_by_the_service(client, cast, service):
    cast["lead"].email = "lee@example.org"
    cast["lead"].save()
    service.person = {"sub": "0815", "email": "LEE@example.org", "email_verified": True, "role": "administrator"}
    asked, back = come_back(client, next="/know/feeds/")
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert service.asked[0]["client_secret"] == SECRET
    digest = hashlib.sha256(service.asked[0]["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
    assert back.headers["Location"] == "/know/feeds/"
    assert SocialAccount.objects.get().user == cast["lead"]
    assert cast["lead"].role_title == "Lead in a member body", "a role is never taken from the service"
    assert actions()[-2:] == ["sign-in service tied", "signed in"]


def test_person_is_known_by_the_service_s_own_name_afterwards(client, cast, service):
    test_person_with_the_verified_address_comes_in_by_the_service(Client(), cast, service)
    service.person = {"sub": "0815", "email": "another@example.org", "email_verified": False}
    _, back = come_back(client)
    assert back.headers["Location"] == reverse("today")
    assert sign_in(Client(), "lead").headers["Location"] == reverse("today"), "the password still works"


@pytest.mark.parametrize(
    "said",
    [
        {"sub": "1", "email": "stranger@example.org", "email_verified": True},
        {"sub": "1", "email": "lee@example.org", "email_verified": False},
        {"sub": "1", "email": "lee@example.org"},
        {"sub": "1"},
    ],
    ids=["stranger", "not verified", "nothing said of it", "no address"],
)
def test_nobody_else_comes_in_and_nobody_is_made(client, cast, service, said):
    cast["lead"].email = "lee@example.org"
    cast["lead"].save()
    service.person = said
    before = type(cast["lead"]).objects.count()
    _, back = come_back(client)
    assert back.status_code == 403
    assert b"You are not signed in" in back.content
    assert client.get(HOME).status_code == 302
    assert type(cast["lead"]).objects.count() == before
    assert not SocialAccount.objects.exists()


def test_address_counts_where_the_service_gives_out_addresses_itself(client, cast, service, settings):
    settings.OIDC_EMAIL_VERIFIED = True
    cast["lead"].email = "lee@example.org"
    cast["lead"].save()
    service.person = {"sub": "1", "email": "lee@example.org"}
    assert come_back(client)[1].headers["Location"] == reverse("today")


def test_token_for_another_site_is_refused(client, cast, service):
    cast["lead"].email = "lee@example.org"
    cast["lead"].save()
    service.person = {"sub": "1", "email": "lee@example.org", "email_verified": True}
    service.audience = "another site"
    assert come_back(client)[1].status_code == 403
    assert client.get(HOME).status_code == 302


def test_answer_that_nobody_asked_for_is_refused(client, cast, service):
    back = client.get(reverse("openid_connect_callback", args=["own"]), {"code": "a code", "state": "forged"})
    assert back.status_code == 403
    assert service.asked == []


def test_stopped_person_does_not_come_in_by_the_service(client, cast, service):
    cast["lead"].email, cast["lead"].is_active = "lee@example.org", False
    cast["lead"].save()
    service.person = {"sub": "1", "email": "lee@example.org", "email_verified": True}
    back = come_back(client)[1]
    assert (back.status_code, client.get(HOME).status_code) == (403, 302)


def test_installation_without_a_service_offers_none(client, cast):
    assert client.get(reverse("openid_connect_login", args=["own"])).status_code == 404
    assert b"Sign in with" not in client.get(reverse("sign-in")).content.replace(b"Sign in with a passkey", b"")


# ---- nothing of the library is open that is not named ----------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/signup/",
        "/accounts/signup/",
        "/account/email/",
        "/3rdparty/signup/",
        "/2fa/",
        "/sessions/",
        "/accounts/login/",
    ],
)
def test_pages_of_the_library_are_not_there(client, db, address):
    assert client.get(address).status_code == 404


def test_settings_of_the_service_come_from_the_surroundings(monkeypatch, tmp_path):
    from upstream_web.settings_registry import SettingNotUnderstood
    from upstream_web.sign_in_provider import providers

    assert providers() == {}
    monkeypatch.setenv("UPSTREAM_OIDC_ISSUER", "https://sign-in.example.org/tenant")
    with pytest.raises(SettingNotUnderstood, match="CLIENT_ID"):
        providers()
    (tmp_path / "secret").write_text("hush\n")
    monkeypatch.setenv("UPSTREAM_OIDC_CLIENT_ID", "upstream")
    monkeypatch.setenv("UPSTREAM_OIDC_CLIENT_SECRET_FILE", str(tmp_path / "secret"))
    app = providers()["openid_connect"]["APPS"][0]
    assert (app["client_id"], app["secret"]) == ("upstream", "hush")
    monkeypatch.setenv("UPSTREAM_OIDC_CLIENT_SECRET_FILE", str(tmp_path / "missing"))
    with pytest.raises(SettingNotUnderstood, match="cannot be read"):
        providers()


@pytest.mark.parametrize(
    ("url", "host", "port", "starttls", "tls"),
    [
        ("smtp://u:p%40ss@mail.example.org", "mail.example.org", 587, True, False),
        ("smtps://mail.example.org", "mail.example.org", 465, False, True),
        ("smtp-plain://localhost:1025", "localhost", 1025, False, False),
    ],
)
def test_address_of_a_mail_server_is_read(url, host, port, starttls, tls):
    from upstream_web.mail_server import mail_server

    server = mail_server(url)
    assert (server.host, server.port, server.use_starttls, server.use_tls) == (host, port, starttls, tls)
    assert server.password in {"p@ss", ""}


def test_address_that_is_no_mail_server_is_refused():
    from upstream_web.mail_server import NO_MAIL, mail_server
    from upstream_web.settings_registry import SettingNotUnderstood

    assert mail_server("") == NO_MAIL
    with pytest.raises(SettingNotUnderstood, match="smtp://"):
        mail_server("mail.example.org")
