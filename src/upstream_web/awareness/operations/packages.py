"""What is decided about packages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.awareness.models import EvidenceRating, Package, PackageState
from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping


class CriteriaNotMet(WrongUse):
    """A package is approved only when it meets every criterion, and does no harm."""


class PackageStateImpossible(WrongUse):
    """A package is in this state already, or cannot come to it from where it is."""


@operation("package approved")
def approve(*, package: Package, words: str = "", by: Any, at: datetime) -> Package:
    """Approve a package for use; raises `CriteriaNotMet` with what is missing."""
    if package.state == PackageState.APPROVED:
        raise PackageStateImpossible(f"{package} is approved already.")
    if package.unmet:
        raise CriteriaNotMet(
            f"{package} does not meet: {'; '.join(package.unmet)}.", do="Put it right, tick the criterion, and approve."
        )
    if package.rating == EvidenceRating.HARMFUL:
        raise CriteriaNotMet(f"{package} did harm in studies.", do="Retire it.")
    package.state, package.state_words = PackageState.APPROVED, words
    package.checked_on = package.checked_on or timezone.localdate(at)
    tell(package, criteria=package.criteria)
    return keeping.keep(package, by=by, at=at)


@operation("package retired")
def retire(*, package: Package, reason: str, by: Any, at: datetime) -> Package:
    """Take a package out of use; its sessions stay."""
    if package.state == PackageState.RETIRED:
        raise PackageStateImpossible(f"{package} is retired already.")
    package.state, package.state_words = PackageState.RETIRED, reason
    tell(package, reason=reason)
    return keeping.keep(package, by=by, at=at)
