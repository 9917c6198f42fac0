"""The front of the public site, and what search engines ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape

from upstream_web.public import reading
from upstream_web.public.answering import for_everybody, page

NEWEST = 6


@for_everybody
def front(request: HttpRequest) -> HttpResponse:
    """Show what stands on the shelves, and what was published last."""
    context = {"shelves": reading.shelves(), "latest": reading.latest(NEWEST), "reports": reading.rows()}
    return page(request, "front", context, changed_at=reading.last_change())


@for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to look at what is public, and at nothing else."""
    where = request.build_absolute_uri(reverse("public-sitemap"))
    lines = ("User-agent: *", f"Allow: {reverse('public')}", "Disallow: /", f"Sitemap: {where}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@for_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages for search engines."""
    fixed = [reverse("public"), reverse("public-rows")]
    shelves = reading.shelves()
    fixed += [reverse("public-shelf", args=[shelf]) for shelf, _ in shelves]
    found = [line.address for _, lines in shelves for line in lines if line.newest.is_open]
    entries = "".join(f"<url><loc>{escape(request.build_absolute_uri(each))}</loc></url>" for each in [*fixed, *found])
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    return HttpResponse(content, content_type="application/xml; charset=utf-8")
