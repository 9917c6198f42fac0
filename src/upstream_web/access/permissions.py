"""Everything that a person may be allowed to do, each named NOUN_VERB."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One act on one kind of thing; the value is what the audit trail and the access matrix print."""

    HOME_VIEW = "see what changed"
    MEASURE_VIEW = "see measures"
    MEASURE_DOWNLOAD = "download figures"
    AREA_VIEW = "see areas"
    ASSESSMENT_VIEW = "read needs assessments"
    ASSESSMENT_DOWNLOAD = "download needs assessments"
    ASSESSMENT_MAKE = "make a needs assessment"
    FEED_VIEW = "see feeds and receipts"
    FEED_LOAD = "check and load files"
    REJECTED_ROW_DOWNLOAD = "download refused rows"
    BUILD_VIEW = "see builds"
    BUILD_MAKE = "make a build"
    JOB_VIEW = "see the background work of others"
    SITE_SEARCH = "search the workbench"
    GLOSSARY_VIEW = "read the glossary"
    OWN_ACCOUNT_CHANGE = "change one's own password"
