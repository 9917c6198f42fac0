"""What the trail records."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """One kind of act, as the trail writes it."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_FAILED = "sign-in failed"
    LOCKED_OUT = "locked out"
    PASSWORD_CHANGED = "password changed"
    USER_MADE = "user made"
    FILE_CHECKED = "file checked"
    FILE_LOADED = "file loaded"
    FILE_REFUSED = "file refused"
    BUILD_MADE = "build made"
    ASSESSMENT_MADE = "assessment made"
    FIGURES_DOWNLOADED = "figures downloaded"
    REJECTED_ROWS_DOWNLOADED = "refused rows downloaded"
    DOCUMENT_DOWNLOADED = "document downloaded"
