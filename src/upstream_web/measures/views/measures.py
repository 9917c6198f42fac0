"""Pages of the explorer: the list of measures, and everything about one."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from upstream.exceptions import UnknownMeasure
from upstream.measures import MeasureDefinition, MeasureResult
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.core.workbench import find_build, get_partnership, kept_for_build
from upstream_web.geography import levels, outlines
from upstream_web.measures import choices, comparisons, headlines, page, queries, series, tables, words
from upstream_web.measures.choices import Choice, read_choice

WHERE = {"area": "know", "section": "measures"}


@requires(Permission.MEASURE_VIEW)
@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    """List every measure by theme, each with its latest value, what it tells and its shape."""
    find = request.GET.get("find", "").strip()[:60]
    theme = request.GET.get("theme", "")
    themes = headlines.by_theme(find=find, theme=theme)
    context = {
        **WHERE,
        "section_page": True,
        "find": find,
        "theme": theme,
        "theme_names": list(queries.by_theme()),
        "themes": themes,
        "count": sum(len(group.lines) for group in themes),
        "of": len(queries.definitions()),
    }
    return render(request, "measures/measure_list.html", context)


@requires(Permission.MEASURE_VIEW)
@require_safe
def measure(request: HttpRequest, name: str) -> HttpResponse:
    """Show everything about one measure."""
    try:
        definition = queries.get_definition(name)
    except UnknownMeasure as failure:
        return no_such_measure(request, name, failure)
    other = request.GET.get("measure") or request.GET.get("per") or name
    if other != name and other in queries.definitions():
        return redirect_to(request, other)
    choice = read_choice(request.GET, definition)
    if find_build() is None:
        return render(request, "measures/measure_empty.html", {**WHERE, "definition": definition})
    return render(request, "measures/measure_detail.html", {**WHERE, **frame_of(choice), **parts_of(choice)})


def redirect_to(request: HttpRequest, name: str) -> HttpResponse:
    """Go to another measure with the same period and level."""
    kept = request.GET.copy()
    for key in ("measure", "per", "page", "area", "find"):
        kept.pop(key, None)
    query = kept.urlencode()
    return redirect(f"{reverse('measure', args=[name])}{'?' if query else ''}{query}")


def no_such_measure(request: HttpRequest, name: str, failure: UnknownMeasure) -> HttpResponse:
    """Say that there is no such measure, and offer those with the nearest names."""
    near = [queries.definitions()[one] for one in queries.nearest_names(name)]
    context = {**WHERE, "name": name, "near": near, "failure": failure}
    return render(request, "measures/measure_unknown.html", context, status=404)


def frame_of(choice: Choice) -> dict[str, Any]:
    """What the filters and the head of the page need."""
    definition = choice.definition
    return {
        "definition": definition,
        "choice": choice,
        "themes": queries.by_theme(told_once=True, keep=definition),
        "siblings": queries.sibling_names(definition),
        "periods": choices.grouped(choices.periods_held(definition)),
        "level_links": [
            (levels.level_named(key).plural, choice.address(level=key, area="", find="", page=""))
            for key in choices.small_levels(definition)
            if key != "district"
        ],
        "levels": [(key, levels.choice_words(key)) for key in choices.small_levels(definition)],
        "crumbs": [("Know", ""), ("Measures", reverse("measure-list")), (definition.theme, theme_link(definition))],
        "lede": page.lede(choice),
        "area_note": page.area_note(choice),
        "map_title": page.map_title(choice),
    }


def theme_link(definition: MeasureDefinition) -> str:
    """The list of measures of the same theme."""
    return f"{reverse('measure-list')}?{urlencode({'theme': definition.theme})}"


def parts_of(choice: Choice) -> dict[str, Any]:
    """The parts that depend on the data, calculated once for each look."""
    key = (choice.definition.name, choice.period, choice.level, choice.area, choice.find, choice.sort)
    return kept_for_build("parts of measure", lambda: _parts(choice), *key, choice.descending, choice.page)


def _parts(choice: Choice) -> dict[str, Any]:
    small = queries.in_period(choice, choice.level)
    shown = small or queries.in_period(choice, choices.widest_level(choice.definition))
    return {
        **places_of(choice, small),
        "districts": tables.districts_table(choice),
        "whole": tables.whole_table(choice) if small is None else None,
        "trend": series.trend(choice),
        "comparisons": comparisons.figures(choice),
        "breakdowns": tables.breakdown_tables(choice),
        "facts": page.facts(shown, choice.definition),
        "citation": page.cite(shown) if shown else "",
        "snippet": page.snippet(choice, choice.level or choices.widest_level(choice.definition)),
        "value_heading": words.value_heading(choice.definition),
        "count_heading": words.count_heading(choice.definition),
        "interval_note": interval_note(choice, shown),
    }


def places_of(choice: Choice, small: MeasureResult | None) -> dict[str, Any]:
    """The map and the tables of the chosen level; empty for measures that do not go down to places."""
    if small is None:
        level = levels.level_named(choices.widest_level(choice.definition))
        when = f", {choice.period.words}" if choice.period else ""
        return {"files": files(choice), "take_words": f"{level.singular.capitalize()}{when}"}
    count = levels.counted(choice.level, small.frame.height)
    has_page = choice.level in levels.WITH_PAGES
    first = f"{reverse('area', args=[choice.level, 'CODE'])}" if has_page else ""
    return {
        "map": page.map_of(choice, small.frame),
        "small_notes": small.provenance.notes,
        "small": tables.small_table(choice, small.frame),
        "all_title": f"All {count}",
        "first": tables.first_table(choice, small.frame),
        "first_title": f"{'Lowest' if choices.best_is_high(choice.definition) else 'Highest'} five "
        f"{levels.level_named(choice.level).plural}",
        "level_words": levels.level_named(choice.level),
        "area_pages": first.removesuffix("CODE/"),
        "places_json": json.dumps(places_for_map(), ensure_ascii=False),
        "files": files(choice),
        "take_words": f"{count}, {choice.period.words if choice.period else ''}",
    }


def files(choice: Choice) -> list[tuple[str, str]]:
    """The kinds of file to take away; a map only where there are outlines."""
    kinds = [("csv", "CSV"), ("xlsx", "Excel"), ("ods", "ODS")]
    return [*kinds, ("geojson", "Map")] if choice.level and outlines.has_outlines(choice.level) else kinds


def interval_note(choice: Choice, shown: MeasureResult | None) -> str:
    """Say what the intervals are and what the dotted line is."""
    value = tables.reference_value(choice)
    parts = [f"{shown.provenance.method}."] if shown and shown.provenance.confidence_level else []
    if value is not None:
        parts.append(f"Dotted line: whole area, {words.value_words(choice.definition, value)}.")
    return " ".join(parts)


def places_for_map() -> list[tuple[str, float, float]]:
    """The towns that the map that zooms names."""
    config = get_partnership().config
    inside = [place for inset in config.insets for place in inset.places]
    return [*config.places, *(place for place in inside if place[0] not in {one[0] for one in config.places})]
