"""Sending a file through the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.assets.forms import CHECK, CheckedFileForm, FileForm
from upstream_web.assets.operations import uploads
from upstream_web.assets.queries import get_source
from upstream_web.assets.views.crumbs import feed_crumbs


@requires(Permission.FEED_LOAD)
def feed_load(request: HttpRequest, feed: str) -> HttpResponse:
    """Take a file and hand it to the background worker, to be checked or loaded."""
    source = get_source(feed)
    if request.method == "POST" and "upload" in request.POST:
        return _load_checked(request, feed, source.title)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = uploads.keep(form.cleaned_data["file"])
        return _ask(
            request, feed, source.title, upload,
            only_check=form.cleaned_data["act"] == CHECK, then_build=form.cleaned_data["then_build"],
        )  # fmt: skip
    context = {
        "area": "know", "section": "feeds", "source": source, "form": form,
        "crumbs": [*feed_crumbs(feed, source.title), ("Load a file", "")],
    }  # fmt: skip
    return render(request, "assets/feed_load.html", context, status=400 if form.is_bound else 200)


def _load_checked(request: HttpRequest, feed: str, title: str) -> HttpResponse:
    form = CheckedFileForm(request.POST)
    if not form.is_valid():
        return redirect("feed-load", feed)
    upload = uploads.find(form.cleaned_data["upload"], form.cleaned_data["name"])
    return _ask(request, feed, title, upload, only_check=False, then_build=True)


def _ask(
    request: HttpRequest, feed: str, title: str, upload: uploads.Upload, *, only_check: bool, then_build: bool
) -> HttpResponse:
    job = uploads.ask_for_load(
        feed=feed,
        title=title,
        upload=upload,
        only_check=only_check,
        then_build=then_build,
        by=request.user.get_username(),
        at=timezone.now(),
    )
    return redirect("job", job.id)
