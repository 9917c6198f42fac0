"""What the site writes to standard error: one line an event, for people or for machines."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

EXTRA_FIELDS = ("request_id", "method", "path", "status", "milliseconds", "user", "job", "kind")


class JsonLines(logging.Formatter):
    """Writes each record as one JSON object with the fields that a log search needs."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the record as a line of JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in EXTRA_FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def logging_settings(level: str, form: str) -> dict[str, Any]:
    """Give Django's LOGGING for a least level and a form (`text` or `json`)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
            "json": {"()": "upstream_web.logs.JsonLines"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": form if form == "json" else "text"},
        },
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "django.request": {"level": "ERROR"},  # a refused or missing page is not a fault of ours
            "axes": {"level": "ERROR"},
            "upstream_web": {"level": level.upper()},
        },
    }
