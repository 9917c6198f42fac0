"""Opening kept papers to the public, and withdrawing them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.core.operations import name_of, operation, tell, under_way
from upstream_web.records.models import Publication
from upstream_web.records.models.kept_paper import KeptPaper


class AlreadyWithdrawn(WrongUse):
    """A version that the public no longer reads cannot be withdrawn again."""


def open_to_public(kept: KeptPaper, *, by: Any, at: datetime) -> Publication:
    """Let everybody read a kept paper from now on, within the operation that publishes it."""
    under_way()
    publication = Publication(paper=kept, opened_at=at, opened_by=name_of(by))
    publication.save(force_insert=True)
    tell(public=kept.number)
    return publication


@operation("publication withdrawn")
def withdraw(*, publication: Publication, because: str, by: Any, at: datetime) -> Publication:
    """Take a version off the public site at once; its address then says that it was withdrawn, and why.

    Raises `AlreadyWithdrawn`, and `WrongUse` without a reason.
    """
    publication = Publication.objects.select_for_update().select_related("paper").get(pk=publication.pk)
    if not publication.is_open:
        raise AlreadyWithdrawn(f"{publication} was withdrawn already.", do="Look at what is published now.")
    if not because.strip():
        raise WrongUse("There is no reason.", do="Say in words that everybody may read why it is withdrawn.")
    publication.withdrawn_at, publication.withdrawn_by = at, name_of(by)
    publication.withdrawn_because = because.strip()[:500]
    publication.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    tell(publication.paper, number=publication.paper.number, reason=publication.withdrawn_because)
    return publication
