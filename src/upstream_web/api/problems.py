"""Failures as programs read them: `application/problem+json` (RFC 9457) with what was found, expected, and to do."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from upstream.exceptions import UpstreamFailure

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Not understood",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not offered here",
    409: "Changed meanwhile",
    422: "Not as it must be",
}


def problem(status: int, found: str, *, expected: str = "", do: str = "", **more: Any) -> HttpResponse:
    """Answer that something is wrong."""
    body = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": found, "found": found,
            "expected": expected, "do": do, **more}  # fmt: skip
    response = HttpResponse(json.dumps(body), content_type=MEDIA_TYPE, status=status)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="upstream"'
    return response


def problem_of(status: int, failure: UpstreamFailure) -> HttpResponse:
    """Answer with a failure that says itself what is wrong."""
    return problem(status, failure.found, expected=failure.expected, do=failure.do)
