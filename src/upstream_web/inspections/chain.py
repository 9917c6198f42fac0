"""The chain on both sides of a recommendation: the actions that answer it, the priority it serves."""

from __future__ import annotations

from typing import Any

from upstream_web.inspections.models import Recommendation


def linked_actions(recommendation: Recommendation) -> list[Any]:
    """Give the actions of the delivery plan that answer the recommendation."""
    return []
