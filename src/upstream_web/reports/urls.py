"""Addresses of the needs assessment and the board packs."""

from django.urls import path

from upstream_web.reports.views import assessments, board_packs

urlpatterns = [
    path("know/assessments/", assessments.assessment_list, name="assessment-list"),
    path("know/assessments/make/", assessments.assessment_make, name="assessment-make"),
    path("know/assessments/<str:version_id>/", assessments.assessment, name="assessment"),
    path("know/assessments/<str:version_id>/files/<str:name>", assessments.assessment_file, name="assessment-file"),
    path("know/assessments/<str:version_id>/<slug:slug>/", assessments.assessment_chapter, name="assessment-chapter"),
    path("act/board-packs/", board_packs.board_pack_list, name="board-pack-list"),
    path("act/board-packs/make/", board_packs.board_pack_make, name="board-pack-make"),
    path("act/board-packs/<int:key>/<int:number>/", board_packs.board_pack, name="board-pack"),
    path("act/board-packs/<int:key>/<int:number>/<slug:form>/", board_packs.board_pack_file, name="board-pack-file"),
]
