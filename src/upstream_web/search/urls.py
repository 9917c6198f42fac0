"""Address of the search."""

from django.urls import path

from upstream_web.search.views import search

urlpatterns = [path("search/", search, name="search")]
