"""A measure as a file, and the values that the map that zooms asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream.exceptions import UnknownMeasure
from upstream.measures import MeasureResult
from upstream.measures.files import to_csv, to_geojson, to_ods, to_xlsx
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.core.acts import announce
from upstream_web.core.workbench import get_partnership, kept_for_build
from upstream_web.geography import outlines
from upstream_web.measures import mapping, queries
from upstream_web.measures.choices import Choice, read_choice, widest_level

Attribution = Sequence[str]
KINDS: dict[str, tuple[str, Callable[[MeasureResult, Attribution], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", to_ods),
    "geojson": (
        "application/geo+json",
        lambda result, attribution: to_geojson(result, outlines.outlines(result.query.level), attribution),
    ),
}


@requires(Permission.MEASURE_DOWNLOAD)
@require_safe
def measure_download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Send a measure for every area of one level and the chosen period as a file."""
    choice = read(request, name)
    result = asked_result(choice, request.GET.get("level", ""))
    content_type, write = KINDS[kind]
    if kind == "geojson" and not outlines.has_outlines(result.query.level):
        raise Http404(f"There are no outlines of level {result.query.level}, so there is no map of it.")
    content = write(result, get_partnership().config.attribution)
    response = HttpResponse(content, content_type=content_type)
    when = f"-{choice.period.label.replace(' ', '-')}" if choice.period else ""
    response["Content-Disposition"] = f'attachment; filename="{name}-{result.query.level}{when}.{kind}"'
    detail = {"kind": kind, "level": result.query.level, "rows": result.frame.height}
    announce("figures downloaded", by=request.user.get_username(), at=timezone.now(), kind="measure", about=name,
             detail=detail)  # fmt: skip
    return response


@requires(Permission.MEASURE_VIEW)
@require_safe
def measure_map(request: HttpRequest, name: str) -> HttpResponse:
    """Send what each area of the map says and how it is painted."""
    choice = read(request, name)
    result = queries.in_period(choice, choice.level)
    if result is None:
        raise Http404(f"{name} has nothing to map.")
    text = kept_for_build(
        "values for map",
        lambda: json.dumps(mapping.values_for_map(choice, result.frame), ensure_ascii=False, separators=(",", ":")),
        name, choice.level, choice.period,
    )  # fmt: skip
    return HttpResponse(text, content_type="application/json")


def read(request: HttpRequest, name: str) -> Choice:
    """Read the measure and the look from the address; raises `Http404` for an unknown measure."""
    try:
        return read_choice(request.GET, queries.get_definition(name))
    except UnknownMeasure as failure:
        raise Http404(str(failure)) from failure


def asked_result(choice: Choice, level: str) -> MeasureResult:
    """The level asked for where the measure carries it, else the one shown; raises `Http404` when nothing is known."""
    wanted = level if level in choice.definition.levels else choice.level or widest_level(choice.definition)
    result = queries.in_period(choice, wanted)
    if result is None:
        raise Http404(f"Nothing is held of {choice.definition.name}.")
    return result
