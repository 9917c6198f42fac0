"""Background work as the person who asked for it sees it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission


@requires(Permission.HOME_VIEW)
def job_page(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Show how far a piece of background work has got."""
    return render(request, "assets/job.html", {"area": "know"})
