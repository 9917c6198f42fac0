"""Addresses of the public site. They stay what they are: people link to them."""

from __future__ import annotations

from django.urls import path, register_converter

from upstream_web.public.feed import feed
from upstream_web.public.shelves import ShelfConverter
from upstream_web.public.views import documents, front

register_converter(ShelfConverter, "shelf")

urlpatterns = [
    path("robots.txt", front.robots, name="robots"),
    path("public/", front.front, name="public"),
    path("public/sitemap.xml", front.sitemap, name="public-sitemap"),
    path("public/feed/", feed, name="public-feed"),
    path("public/you-said/", documents.rows, name="public-rows"),
    path("public/<shelf:shelf>/", documents.shelf, name="public-shelf"),
    path("public/<shelf:shelf>/<int:key>/", documents.document, name="public-document"),
    path("public/<shelf:shelf>/<int:key>/version-<int:number>/", documents.version, name="public-version"),
    path("public/<shelf:shelf>/<int:key>/version-<int:number>.<slug:form>", documents.file, name="public-file"),
]
