"""Django settings. What an installation may choose is listed in `settings_registry`; the rest is fixed here."""

from __future__ import annotations

from datetime import timedelta

from csp.constants import NONE, SELF

from upstream.partnership import open_partnership
from upstream_web import settings_registry as registry
from upstream_web.database_url import postgresql_database, sqlite_database
from upstream_web.front_end import COLLECTED, PREPARED
from upstream_web.logs import logging_settings
from upstream_web.mail_server import NO_MAIL, mail_server, site_address
from upstream_web.secret_key import read_or_make
from upstream_web.sign_in_provider import providers

# ---- Where things are -------------------------------------------------------------------------------------
PARTNERSHIP_FOLDER = registry.text_of("partnership")
DATA_ROOT = registry.text_of("data")
_DATA = open_partnership(PARTNERSHIP_FOLDER, data=DATA_ROOT).data
UPLOADS = _DATA.root / "uploads"
ATTACHMENTS = _DATA.attachments

# ---- Security ---------------------------------------------------------------------------------------------
SECRET_KEY = registry.text_of("secret_key") or read_or_make(_DATA.secret_key)
AUDIT_KEY_FILE = registry.text_of("audit_key_file") or str(_DATA.audit_key)
DEBUG = registry.is_on("debug")
ALLOWED_HOSTS = [name.strip() for name in registry.text_of("allowed_hosts").split(",") if name.strip()]
HTTPS = registry.is_on("https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Other services of the same domain, and the browsers' built-in list, are not this site's to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if registry.is_on("trusted_proxy") else None
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "upstream_web.core.errors.forged"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if HTTPS else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # MapLibre and the select arrow draw from data addresses
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# ---- Sessions and sign-in ---------------------------------------------------------------------------------
SESSION_COOKIE_AGE = registry.number_of("session_hours") * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Kept in the database only: a cache of its own in each process would let a session live on after signing out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = registry.number_of("sign_in_failures")
AXES_COOLOFF_TIME = timedelta(minutes=registry.number_of("lock_out_minutes"))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "upstream_web.access.views.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SECOND_FACTOR = registry.text_of("second_factor")
EMERGENCY_HOURS = registry.number_of("emergency_hours")

# The library behind second factors, passkeys and OpenID Connect. Nobody can make an account for themselves.
ACCOUNT_ADAPTER = "upstream_web.access.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are written down by whoever gives access
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_USER_DISPLAY = "upstream_web.access.adapters.display_name"
# Failures are counted for each name by the lock-out above; one address may stand for a whole building.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/300s/key"}
MFA_ADAPTER = "upstream_web.access.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Upstream"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds by which a telephone's clock may be wrong
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
SOCIALACCOUNT_ADAPTER = "upstream_web.access.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = providers()
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form would have to post to another site, which the content policy refuses
OIDC_EMAIL_VERIFIED = registry.is_on("oidc_email_verified")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if registry.is_on("trusted_proxy") else 0

# ---- E-mail -----------------------------------------------------------------------------------------------
_MAIL = mail_server(registry.text_of("mail_url"))
SENDS_MAIL = _MAIL != NO_MAIL
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _MAIL.backend, _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _MAIL.use_starttls, _MAIL.use_tls, 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = registry.text_of("mail_from")
SITE_ADDRESS = site_address(registry.text_of("site_address"))

# ---- Parts of the site, lowest first ----------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "reversion",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "upstream_web.core",
    "upstream_web.access",
    "upstream_web.audit",
    "upstream_web.records",
    "upstream_web.organisations",
    "upstream_web.assets",
    "upstream_web.geography",
    "upstream_web.measures",
    "upstream_web.strategy",
    "upstream_web.performance",
    "upstream_web.governance",
    "upstream_web.inspections",
    "upstream_web.duty",
    "upstream_web.commissioning",
    "upstream_web.awareness",
    "upstream_web.reviews",
    "upstream_web.panel_updates",
    "upstream_web.reports",
    "upstream_web.public",
    "upstream_web.today",
    "upstream_web.search",
    "upstream_web.api",
    "upstream_web.guide",
    "django.forms",  # after ours, so that a template of a widget may be ours
]
MIDDLEWARE = [
    "upstream_web.core.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "upstream_web.core.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "upstream_web.core.middleware.ExplainFailures",
    "allauth.account.middleware.AccountMiddleware",
    "upstream_web.access.middleware.DenyUnlessDeclared",
    "upstream_web.access.middleware.SecondFactorWhereRequired",
    "upstream_web.access.middleware.LeadToGate",
    "upstream_web.access.middleware.RememberVisits",
    "axes.middleware.AxesMiddleware",
]
MESSAGE_TAGS = {20: "info", 25: "done", 30: "concern", 40: "danger"}  # by level, as the design names its notes
ROOT_URLCONF = "upstream_web.urls"
WSGI_APPLICATION = "upstream_web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "upstream_web.access.context.access",
                "upstream_web.core.context.site",
                "upstream_web.records.context.notices",
            ],
            "builtins": ["upstream_web.core.templatetags.parts", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ---- Records ----------------------------------------------------------------------------------------------
_DATABASE_URL = registry.text_of("database_url")
DATABASES = {"default": postgresql_database(_DATABASE_URL) if _DATABASE_URL else sqlite_database(_DATA.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes: it remembers codes that were used and attempts that were made.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

# ---- Styles, scripts and uploads --------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = COLLECTED
STATICFILES_DIRS = [PREPARED]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "upstream_web.static_files.HashedStaticFiles"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
UPLOAD_BYTES = registry.number_of("upload_megabytes") * 1_000_000
ATTACHMENT_BYTES = registry.number_of("attachment_megabytes") * 1_000_000
VIRUS_SCANNER = registry.text_of("virus_scanner")

# ---- Background work, words and times ---------------------------------------------------------------------
JOB_LEASE_SECONDS = registry.number_of("job_lease_seconds")
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DATE_FORMAT = "j F Y"
LOGGING = logging_settings(registry.text_of("log_level"), registry.text_of("log_format"))
