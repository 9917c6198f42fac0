"""A column of small facts, kept as text."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from upstream_web.audit.chain import facts_as_text


class FactsField(models.TextField):
    """JSON kept as the text that was sealed.

    A column of PostgreSQL's own JSON type would write the text anew, with other blanks, order and numbers.
    """

    # Tells the type checker what may be assigned and what is read.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Read the facts; what is not JSON was put there by somebody else, and is given as it is."""
        if value is None:
            return None
        try:
            return json.loads(value)
        except ValueError:
            return {"not readable": value}

    def get_prep_value(self, value: Any) -> Any:
        """Write the facts, always the same way."""
        return value if value is None or isinstance(value, str) else facts_as_text(value)
