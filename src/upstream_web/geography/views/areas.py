"""Pages of areas: finding one, and everything about one."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from upstream import geography
from upstream.exceptions import UpstreamFailure
from upstream.geography import Area
from upstream.geography.levels import UnknownLevel
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.core.workbench import find_build, get_build, kept_for_build
from upstream_web.geography import levels, profiles
from upstream_web.geography.levels import WITH_PAGES

WHERE = {"area": "know", "section": "areas"}
MOST_FOUND = 60


@requires(Permission.AREA_VIEW)
@require_safe
def area_list(request: HttpRequest) -> HttpResponse:
    """Find an area by name or code, or go down from its district."""
    find = request.GET.get("find", "").strip()[:60]
    context: dict[str, Any] = {**WHERE, "section_page": True, "find": find}
    if find_build() is not None:
        context["found"] = found_areas(find) if find else []
        context["districts"] = kept_for_build("areas by district", by_district)
        context["most"] = MOST_FOUND
    return render(request, "geography/area_list.html", context)


def found_areas(text: str) -> list[dict[str, str]]:
    """The areas that fit, best first, as far as they have pages."""
    frame = geography.find_areas(get_build(), text, limit=MOST_FOUND).filter(pl.col("level").is_in(WITH_PAGES))
    return [
        {
            "title": row["title"],
            "kind": levels.level_named(row["level"]).singular,
            "district": row["district_name"] or "",
            "code": row["area_code"],
            "address": profiles.area_address(row["level"], row["area_code"]),
        }
        for row in frame.iter_rows(named=True)
    ]


def by_district() -> list[dict[str, Any]]:
    """Every district with its wards and middle areas."""
    build = get_build()
    listed = []
    for row in geography.areas(build, "district").filter("in_partnership").sort("area_name").iter_rows(named=True):
        inside = []
        for level in ("ward", "msoa21"):
            found = geography.children(build, row["area_code"], level, "district").sort("local_name", "area_name")
            links = [
                profiles.Link(local or name, name if local else "", profiles.area_address(level, code))
                for code, name, local in found.select("area_code", "area_name", "local_name").iter_rows()
            ]
            if links:
                inside.append((levels.counted(level, len(links)), links))
        address = profiles.area_address("district", row["area_code"])
        listed.append({"name": row["area_name"], "address": address, "inside": inside})
    return listed


@requires(Permission.AREA_VIEW)
@require_safe
def area(request: HttpRequest, level: str, code: str) -> HttpResponse:
    """Show everything about one area; an unknown one gets a page that says where to look."""
    try:
        if level not in WITH_PAGES:
            raise UnknownLevel(f"There are no pages of level {level}.")
        found = profiles.get_area(code, level)
    except UpstreamFailure as failure:
        context = {**WHERE, "code": code, "failure": failure}
        return render(request, "geography/area_unknown.html", context, status=404)
    context = kept_for_build("page of area", lambda: page_of(found), level, code)
    return render(request, "geography/area_detail.html", {**WHERE, **context})


def page_of(found: Area) -> dict[str, Any]:
    """All that the page of an area shows."""
    beside = profiles.neighbours_of(found)
    themes = profiles.themes_of(found, list(beside))
    figure, why_no_figure = profiles.series_of(found)
    return {
        "place": found,
        "level": levels.level_named(found.level),
        "crumbs": [("Know", ""), ("Areas", reverse("area-list")), *_crumbs(found)],
        "residents": profiles.residents_words(found),
        "who": [theme for theme in themes if theme.name in profiles.WHO],
        "themes": [theme for theme in themes if theme.name not in profiles.WHO],
        "domains": profiles.deprivation_by_domain(found),
        "figure": figure,
        "why_no_figure": why_no_figure,
        "map": profiles.map_around(found, beside),
        "up": profiles.links_up(found),
        "down": profiles.links_down(found),
        "beside": [(name, profiles.area_address(found.level, code)) for code, name in beside.items()],
        "notes": geography.outline_notes(get_build(), found.level),
    }


def _crumbs(found: Area) -> list[tuple[str, str]]:
    if not found.district or found.level == "district":
        return []
    return [(found.district_name or found.district, profiles.area_address("district", found.district))]
