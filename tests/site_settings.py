"""The site's settings in tests: the worked example, accumulating in a folder of this run's own."""

from __future__ import annotations

import os
from pathlib import Path

from run_folder import run_folder

ROOT = Path(__file__).resolve().parent.parent

os.environ["UPSTREAM_DATA"] = str(run_folder())
os.environ["UPSTREAM_PARTNERSHIP"] = str(ROOT / "partnerships" / "staffordshire")
os.environ["UPSTREAM_SECRET_KEY"] = "known to everybody and used in tests only, never anywhere else"
for name in ("UPSTREAM_DATABASE_URL", "UPSTREAM_DEBUG", "UPSTREAM_HTTPS", "UPSTREAM_ALLOWED_HOSTS"):
    os.environ.pop(name, None)  # What the person running the tests has set must not change them.

from upstream_web.settings import *  # noqa: E402, F403

INSTALLED_APPS = [*INSTALLED_APPS, "integration.web.notebook.apps.NotebookConfig"]  # noqa: F405
ROOT_URLCONF = "integration.web.notebook.urls"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Quick; the passwords here guard nothing.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # Looks for a file when it is asked for; every client of a test would read all of them.
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
if os.environ.get("UPSTREAM_TEST_DATABASE_URL"):
    from upstream_web.database_url import postgresql_database

    DATABASES = {"default": postgresql_database(os.environ["UPSTREAM_TEST_DATABASE_URL"])}
