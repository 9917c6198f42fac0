"""Who reads the words of a response while they are being written."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.inspections.models import ResponsePart, ResponseRecord


def open_parts(person: Any, parts: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow parts to those whose words as they stand now are open to a person.

    Once a response of ours is published, a correction of it is for those who keep the register, and for those who
    draft or agree one of its parts; the others read what was published. Another area's response is no draft.
    """
    if may(person, Permission.INSPECTION_CHANGE):
        return parts
    every = ResponsePart.objects.present()
    own = [every.visible_to(person, each) for each in (Permission.RESPONSE_DRAFT, Permission.RESPONSE_AGREE)]
    theirs = Q(*(("response__in", each.values("response")) for each in own), _connector=Q.OR)
    return parts.filter(theirs | Q(response__is_ours=False) | Q(response__published_on=None))


def may_see_draft(response: ResponseRecord, person: Any) -> bool:
    """Tell whether a response as it stands now is open to a person."""
    return open_parts(person, ResponsePart.objects.filter(response=response)).exists()
