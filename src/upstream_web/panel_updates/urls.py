"""The addresses of plan updates."""

from __future__ import annotations

from django.urls import path

from upstream_web.panel_updates.registers import PANEL_UPDATES, UPDATE_SECTIONS
from upstream_web.panel_updates.views import panel_updates
from upstream_web.records.urls import register_urls

urlpatterns = [
    path("plan-updates/<int:key>/draft/", panel_updates.update_draft, name="panel-update-draft"),
    path("plan-updates/<int:key>/publish/", panel_updates.update_publish, name="panel-update-publish"),
    path("plan-updates/<int:key>/paper.<slug:form>", panel_updates.update_preview, name="panel-update-preview"),
    path("plan-updates/<int:key>/<int:number>.<slug:form>", panel_updates.update_file, name="panel-update-file"),
    path("sections-of-updates/<int:key>/take/", panel_updates.section_take, name="update-section-take"),
    *register_urls(PANEL_UPDATES),
    *register_urls(UPDATE_SECTIONS),
]
