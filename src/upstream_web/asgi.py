"""Where an asynchronous server finds the site."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstream_web.settings")

application = get_asgi_application()
