"""A result on its outlines, for a geographic information system (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from upstream.measures.files.metadata import describe
from upstream.measures.result import MeasureResult


def to_geojson(result: MeasureResult, outlines: Mapping[str, Any], attribution: Sequence[str] = ()) -> bytes:
    """Write every row of the result as a feature on its area's outline.

    `outlines` is a feature collection whose features have the code of their area as `id`. An area without an outline is
    kept with an empty geometry, so that nothing is lost. Longitude and latitude are WGS84.
    """
    shapes = {feature["id"]: feature["geometry"] for feature in outlines["features"]}
    features = [
        {"type": "Feature", "geometry": shapes.get(row["area_code"]), "properties": _plain(row)}
        for row in result.frame.iter_rows(named=True)
    ]
    collection = {
        "type": "FeatureCollection",
        "name": result.definition.name,
        "about": [{"about": fact.about, "text": fact.text} for fact in describe(result, attribution)],
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
