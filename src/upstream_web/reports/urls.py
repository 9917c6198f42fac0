"""Addresses of the needs assessment."""

from django.urls import path

from upstream_web.reports.views import assessments

urlpatterns = [
    path("know/assessments/", assessments.assessment_list, name="assessment-list"),
    path("know/assessments/make/", assessments.assessment_make, name="assessment-make"),
    path("know/assessments/<str:version_id>/", assessments.assessment, name="assessment"),
    path("know/assessments/<str:version_id>/files/<str:name>", assessments.assessment_file, name="assessment-file"),
    path("know/assessments/<str:version_id>/<slug:slug>/", assessments.assessment_chapter, name="assessment-chapter"),
]
