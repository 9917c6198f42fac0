"""A form as a browser fills it in: what the page says stands in it, and what a person types over."""

from __future__ import annotations

from typing import Any

import lxml.html


def filled_in(page: bytes, **typed: str) -> dict[str, Any]:
    """Give what the form of a page sends when a person types these fields over; hidden fields are sent along."""
    (form,) = lxml.html.fromstring(page.decode()).xpath("//main//form[@method='post'][not(@action)]")
    hidden = {each.get("name"): each.get("value", "") for each in form.xpath(".//input[@type='hidden']")}
    return hidden | dict(form.form_values()) | typed
