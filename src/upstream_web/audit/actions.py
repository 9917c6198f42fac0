"""The acts of sign-in, feeds, builds and papers. Newer parts of the site declare theirs where they are done."""

from __future__ import annotations

from enum import StrEnum

from upstream_web.core.acts import ActKind, declare


class Action(StrEnum):
    """One kind of act, as the trail writes it."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_FAILED = "sign-in failed"
    LOCKED_OUT = "locked out"
    FILE_CHECKED = "file checked"
    FILE_LOADED = "file loaded"
    FILE_REFUSED = "file refused"
    BUILD_MADE = "build made"
    ASSESSMENT_MADE = "assessment made"
    FIGURES_DOWNLOADED = "figures downloaded"
    REJECTED_ROWS_DOWNLOADED = "refused rows downloaded"
    DOCUMENT_DOWNLOADED = "document downloaded"
    TRAIL_READ = "audit trail read"
    TRAIL_EXPORTED = "audit trail exported"


KINDS = {
    Action.SIGNED_IN: ActKind.ACCESS,
    Action.SIGNED_OUT: ActKind.ACCESS,
    Action.SIGN_IN_FAILED: ActKind.ACCESS,
    Action.LOCKED_OUT: ActKind.ACCESS,
    Action.FILE_CHECKED: ActKind.COLLECTION,
    Action.FILE_LOADED: ActKind.COLLECTION,
    Action.FILE_REFUSED: ActKind.COLLECTION,
    Action.BUILD_MADE: ActKind.COMBINATION,
    Action.ASSESSMENT_MADE: ActKind.COMBINATION,
    Action.FIGURES_DOWNLOADED: ActKind.DISCLOSURE,
    Action.REJECTED_ROWS_DOWNLOADED: ActKind.DISCLOSURE,
    Action.DOCUMENT_DOWNLOADED: ActKind.DISCLOSURE,
    Action.TRAIL_READ: ActKind.CONSULTATION,
    Action.TRAIL_EXPORTED: ActKind.DISCLOSURE,
}

for _action, _kind in KINDS.items():
    declare(_action.value, _kind)
