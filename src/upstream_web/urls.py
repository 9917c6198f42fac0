"""Every address of the site. Each part brings its own; a test holds that each has a row in the access matrix.

A part of one area lies beneath that area's word, which is said here and nowhere else: `funds/` of a part that stands
under `act/` is found at `/act/funds/`.
"""

from __future__ import annotations

from django.urls import include, path

PARTS = {
    "": ("records", "access", "guide", "assets", "reports", "public", "today", "search", "api"),
    "know/": ("measures", "geography"),
    "act/": ("strategy", "performance", "governance", "commissioning", "awareness"),
    "account/": ("audit", "organisations", "inspections", "duty", "reviews", "panel_updates"),
}

urlpatterns = [path(area, include(f"upstream_web.{part}.urls")) for area, parts in PARTS.items() for part in parts]

handler400 = "upstream_web.core.errors.bad_request"
handler403 = "upstream_web.core.errors.refused"
handler404 = "upstream_web.core.errors.not_found"
handler500 = "upstream_web.core.errors.failed"
