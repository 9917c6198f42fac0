"""Wraps every request: a line in the log, and headers that Django does not set by itself."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from upstream.exceptions import UpstreamFailure
from upstream_web.core.acts import under
from upstream_web.core.errors import explain, only_sent

logger = logging.getLogger("upstream_web.requests")
Respond = Callable[[HttpRequest], HttpResponse]

METHOD_NOT_ALLOWED = 405

# Nothing of this site needs the sensors or devices of the person's machine.
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class RequestLog:
    """Writes one line for each request, with an identifier that the error page shows."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and log it."""
        request.request_id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        began = time.perf_counter()
        with under(request_id=request.request_id):  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("X-Request-ID", request.request_id)  # type: ignore[attr-defined]
        user = getattr(request, "_cached_user", None)  # nobody is looked up for the log alone
        logger.info(
            "%s %s %s",
            request.method,
            request.path,
            response.status_code,
            extra={
                "request_id": request.request_id,  # type: ignore[attr-defined]
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                "user": getattr(user, "pk", None),
            },
        )
        return response


class SecurityHeaders:
    """Adds the headers that keep other sites and shared caches out."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and add the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class ExplainFailures:
    """Turns a failure that a person can act on into a page that says what was found and what to do."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a browser that asks for what is only sent there is led back to the button."""
        response = self.get_response(request)
        reads = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code != METHOD_NOT_ALLOWED or not reads:
            return response
        shown = only_sent(request)
        shown.headers["Allow"] = response.headers["Allow"]
        return shown

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a failure of the library; anything else goes on to Django."""
        return explain(request, exception) if isinstance(exception, UpstreamFailure) else None
