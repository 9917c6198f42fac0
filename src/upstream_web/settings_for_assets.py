"""Settings with which styles and scripts are collected: no partnership, no database, no key is needed for that."""

from __future__ import annotations

import os
from pathlib import Path

from upstream_web.front_end import COLLECTED, DIST, DRAFT_VARIABLE, PACKAGE, PREPARED

_DRAFT = Path(os.environ.get(DRAFT_VARIABLE, DIST))

SECRET_KEY = "collects files and signs nothing"
USE_TZ = True
INSTALLED_APPS = ["django.contrib.staticfiles"]  # an app of ours could not start without its tables
STATIC_URL = "static/"
STATIC_ROOT = _DRAFT / COLLECTED.name
STATICFILES_DIRS = [_DRAFT / PREPARED.name, *sorted(PACKAGE.glob("*/static"))]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "upstream_web.static_files.HashedStaticFiles"},
}
