"""Background work as the person who asked for it sees it."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from upstream.ingestion import Receipt
from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.models import Job


def _get_job(request: SignedInRequest, job_id: uuid.UUID) -> Job:
    """Fetch a job that the person asked for, or any for those who see the work of others."""
    jobs = Job.objects.filter(pk=job_id)
    if not may(request.user, Permission.JOB_VIEW):
        jobs = jobs.filter(queued_by=request.user.get_username())
    job = jobs.first()
    if job is None:
        raise Http404("There is no such work, or somebody else asked for it.")
    return job


@requires(Permission.HOME_VIEW)
def job_page(request: SignedInRequest, job_id: uuid.UUID) -> HttpResponse:
    """Show how far the work has got; when it is done, go to what it made.

    The page asks for its own middle part again and again until the work is finished; without script it is
    loaded again by hand.
    """
    job = _get_job(request, job_id)
    address = job.result.get("address", "")
    if job.state == Job.State.DONE and address:
        return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
    receipt = Receipt.from_json(job.result["receipt"]) if "receipt" in job.result else None
    context = {"job": job, "receipt": receipt, "area": "know", "section": "", "feed": job.payload.get("feed", "")}
    part = request.htmx and not job.is_finished
    if request.htmx and job.is_finished:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "assets/parts/job.html" if part else "assets/job.html", context)
