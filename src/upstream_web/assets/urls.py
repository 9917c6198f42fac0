"""Addresses of feeds, receipts, builds and background work."""

from django.urls import path

from upstream_web.assets.views import builds, feeds, jobs, loads, receipts

urlpatterns = [
    path("know/feeds/", feeds.feed_list, name="feed-list"),
    path("know/feeds/<slug:feed>/", feeds.feed_page, name="feed"),
    path("know/feeds/<slug:feed>/load/", loads.feed_load, name="feed-load"),
    path("know/feeds/<slug:feed>/receipts/<str:receipt_id>/", receipts.receipt_page, name="receipt"),
    path(
        "know/feeds/<slug:feed>/receipts/<str:receipt_id>/rejected.csv",
        receipts.rejected_rows,
        name="receipt-rejected",
    ),
    path("know/builds/", builds.build_list, name="build-list"),
    path("know/builds/make/", builds.build_make, name="build-make"),
    path("know/builds/<str:build_id>/", builds.build_page, name="build"),
    path("jobs/<uuid:job_id>/", jobs.job_page, name="job"),
]
