"""What the pages of comments, attachments and links share: the record that they hang on."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseRedirect

from upstream_web.access.authorisation import check_may
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.models import Hanging, Record
from upstream_web.records.register import Register, get_register


def get_hung_on(request: SignedInRequest, kind: str, key: int) -> tuple[Register[Any], Record]:
    """Give a record that the person may see, with its register; raises Http404 or `RecordClosed`."""
    register = get_register(kind)
    return register, register.get(request.user, key)


def get_for(request: SignedInRequest, kind: str, key: int, permission: Permission) -> tuple[Register[Any], Record]:
    """Give a record on which the person may do this; raises Http404 or `PermissionDenied`."""
    register, record = get_hung_on(request, kind, key)
    check_may(request.user, permission, about=record)
    return register, record


def get_hanging(request: SignedInRequest, model: Any, key: int) -> tuple[Register[Any], Record, Any]:
    """Give something that hangs on a record which the person may see, with both; raises Http404."""
    found: Hanging | None = model.objects.filter(pk=key).first()
    if found is None:
        raise Http404("It is not there.")
    return *get_hung_on(request, *found.record_name), found


def back_to(record: Record, part: str) -> HttpResponseRedirect:
    """Send the person back to a part of the record's page."""
    return HttpResponseRedirect(f"{record.get_absolute_url()}#{part}")
