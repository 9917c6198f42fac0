"""Where a server finds the site."""

from __future__ import annotations

import gc
import logging
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstream_web.settings")

application = get_wsgi_application()


def calculate_ahead() -> None:
    """Calculate what the first pages need while nobody waits for it; a fault here shows again on the page itself."""
    from upstream_web.measures.headlines import by_theme
    from upstream_web.today.headlines import headlines

    try:
        headlines()
        by_theme()
    except Exception:
        logging.getLogger("upstream_web").warning("Headlines not calculated ahead", exc_info=True)
    # What a server loads it keeps to its end: left out of the rounds of the collector, which took a tenth of the time.
    gc.collect()
    gc.freeze()


threading.Thread(target=calculate_ahead, daemon=True, name="calculate ahead").start()
