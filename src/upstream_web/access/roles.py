"""Who may do what. A role is a class that can be read aloud: its title, what it is for, what it may do."""

from __future__ import annotations

from typing import ClassVar

from upstream_web.access.permissions import Permission

READS_FIGURES = frozenset(
    {
        Permission.HOME_VIEW,
        Permission.MEASURE_VIEW,
        Permission.AREA_VIEW,
        Permission.ASSESSMENT_VIEW,
        Permission.ASSESSMENT_DOWNLOAD,
        Permission.SITE_SEARCH,
        Permission.GLOSSARY_VIEW,
        Permission.OWN_ACCOUNT_CHANGE,
    }
)
SEES_WHERE_FIGURES_COME_FROM = frozenset({Permission.FEED_VIEW, Permission.BUILD_VIEW, Permission.MEASURE_DOWNLOAD})


class Role:
    """What a kind of person does in the partnership, and the permissions that this takes."""

    key: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    permissions: ClassVar[frozenset[Permission]]


class Analyst(Role):
    """Turns feeds into figures and figures into the needs assessment."""

    key = "analyst"
    title = "Partnership analyst"
    description = "Loads files, makes builds, works with measures and makes the needs assessment."
    permissions = (
        READS_FIGURES
        | SEES_WHERE_FIGURES_COME_FROM
        | {
            Permission.FEED_LOAD,
            Permission.REJECTED_ROW_DOWNLOAD,
            Permission.BUILD_MAKE,
            Permission.ASSESSMENT_MAKE,
        }
    )


class Steward(Role):
    """Answers for what comes in, from whom and on what terms."""

    key = "steward"
    title = "Data steward"
    description = "Answers for the feeds: loads files, sends refused rows back, makes builds, sees all background work."
    permissions = (
        READS_FIGURES
        | SEES_WHERE_FIGURES_COME_FROM
        | {
            Permission.FEED_LOAD,
            Permission.REJECTED_ROW_DOWNLOAD,
            Permission.BUILD_MAKE,
            Permission.JOB_VIEW,
        }
    )


class Manager(Role):
    """Runs the partnership from day to day."""

    key = "manager"
    title = "Partnership manager"
    description = "Reads and downloads everything, and makes the needs assessment; loads no files."
    permissions = READS_FIGURES | SEES_WHERE_FIGURES_COME_FROM | {Permission.ASSESSMENT_MAKE, Permission.JOB_VIEW}


class BoardMember(Role):
    """Decides on the strength of the figures."""

    key = "board"
    title = "Board member"
    description = "Reads figures, areas and the needs assessment, and sees which feeds they rest on."
    permissions = READS_FIGURES | {Permission.FEED_VIEW, Permission.BUILD_VIEW}


ROLES: tuple[type[Role], ...] = (Analyst, Steward, Manager, BoardMember)
ROLE_BY_KEY: dict[str, type[Role]] = {role.key: role for role in ROLES}
