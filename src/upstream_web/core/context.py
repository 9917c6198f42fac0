"""What every template may use without being handed it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from upstream_web.core import navigation
from upstream_web.core.words import data_sentence
from upstream_web.core.workbench import find_build, get_partnership, kept_for_build


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the partnership, the build and the links of the frame; nothing is read until a template asks."""
    return {
        "partnership": SimpleLazyObject(lambda: get_partnership().config),
        "build": SimpleLazyObject(find_build),
        "data_sentence": SimpleLazyObject(lambda: kept_for_build("data sentence", lambda: data_sentence(find_build()))),
        "areas": SimpleLazyObject(navigation.areas),
    }
