"""Who may do what. A role is a class that can be read aloud: its title, what it is for, what it may do.

What a role may do reaches over the whole partnership (`permissions`), over the organisation for which it was given
(`own_body_permissions`), or over records on which the person is named (`own_permissions`). A role given for the
partnership as a whole has every organisation for its own, but speaks for none of them: what is said in the name of one
organisation (`office_permissions`) takes a role given for that one.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from upstream_web.access.permissions import Permission
from upstream_web.access.purposes import ONLY_ORDINARY, FieldClass, Purpose

Permissions = frozenset[Permission]
NONE: Permissions = frozenset()

READS_FIGURES = frozenset(
    {
        Permission.HOME_VIEW,
        Permission.MEASURE_VIEW,
        Permission.AREA_VIEW,
        Permission.ASSESSMENT_VIEW,
        Permission.ASSESSMENT_DOWNLOAD,
        Permission.FEED_VIEW,
        Permission.BUILD_VIEW,
        Permission.SITE_SEARCH,
        Permission.GLOSSARY_VIEW,
    }
)
READS_THE_PLAN = frozenset(
    {
        Permission.PLAN_VIEW,
        Permission.INDICATOR_VIEW,
        Permission.DUTY_VIEW,
        Permission.INSPECTION_VIEW,
        Permission.PRACTICE_VIEW,
        Permission.AWARENESS_VIEW,
        Permission.ORGANISATION_VIEW,
        Permission.CALENDAR_VIEW,
    }
)
READS_GOVERNANCE = frozenset(
    {
        Permission.MEETING_VIEW,
        Permission.BOARD_PACK_VIEW,
        Permission.RISK_VIEW,
        Permission.ESCALATION_VIEW,
        Permission.PANEL_UPDATE_VIEW,
    }
)
# What those who help a person see of that person, on the records that are theirs.
SEES_A_PERSON = frozenset(FieldClass) - {FieldClass.PATIENT_INFORMATION}

# Everybody who signs in has an account, whether or not they were given anything else.
OF_EVERYBODY = frozenset({Permission.OWN_ACCOUNT_CHANGE})


class Role:
    """What a kind of person does in the partnership, and the permissions that this takes."""

    key: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    permissions: ClassVar[Permissions] = NONE
    own_body_permissions: ClassVar[Permissions] = NONE
    office_permissions: ClassVar[Permissions] = NONE
    own_permissions: ClassVar[Permissions] = NONE
    purposes: ClassVar[frozenset[Purpose]] = frozenset()
    field_classes: ClassVar[frozenset[FieldClass]] = ONLY_ORDINARY
    works_in_one_body: ClassVar[bool] = False

    @classmethod
    @cache
    def holds(cls, permission: Permission) -> bool:
        """Whether the role holds `permission` over anything at all."""
        held = (cls.permissions, cls.own_body_permissions, cls.office_permissions, cls.own_permissions)
        return any(permission in each for each in held)


class Analyst(Role):
    """Turns feeds into figures and figures into the needs assessment; never sees a name."""

    key = "analyst"
    title = "Partnership analyst"
    description = "Loads files, makes builds, works with measures and indicators, makes the needs assessment."
    permissions = (
        READS_FIGURES
        | READS_THE_PLAN
        | {
            Permission.MEASURE_DOWNLOAD,
            Permission.FEED_LOAD,
            Permission.REJECTED_ROW_DOWNLOAD,
            Permission.BUILD_MAKE,
            Permission.ASSESSMENT_MAKE,
            Permission.INDICATOR_CHANGE,
            Permission.INDICATOR_REPORT,
            Permission.QUARTER_FREEZE,
            Permission.BOARD_PACK_VIEW,
            Permission.BOARD_PACK_MAKE,
            Permission.PANEL_UPDATE_VIEW,
            Permission.RECORD_COMMENT,
            Permission.RECORD_ATTACH,
            Permission.API_USE,
        }
    )
    own_permissions = frozenset({Permission.ACTION_REPORT, Permission.BID_SCORE})
    purposes = frozenset({Purpose.PLANNING, Purpose.RESEARCH})


class Steward(Role):
    """Answers for what comes in, from whom and on what terms, and for who looked at what."""

    key = "steward"
    title = "Data steward"
    description = (
        "Answers for the feeds: loads files, sends refused rows back, makes builds, sees all background work. "
        "Reads the audit trail and reviews emergency access."
    )
    permissions = (
        READS_FIGURES
        | READS_THE_PLAN
        | {
            Permission.MEASURE_DOWNLOAD,
            Permission.FEED_LOAD,
            Permission.REJECTED_ROW_DOWNLOAD,
            Permission.BUILD_MAKE,
            Permission.JOB_VIEW,
            Permission.ACCESS_VIEW,
            Permission.EMERGENCY_ACCESS_REVIEW,
            Permission.TRAIL_VIEW,
            Permission.RECORD_COMMENT,
            Permission.RECORD_ATTACH,
            Permission.API_USE,
        }
    )
    own_permissions = frozenset({Permission.ACTION_REPORT})
    purposes = frozenset({Purpose.PLANNING, Purpose.RESEARCH, Purpose.ADMINISTRATION})


class Navigator(Role):
    """Helps people, in one service; sees another service's record only with a reason that is logged."""

    key = "navigator"
    title = "Practitioner"
    description = (
        "Helps people as a navigator, exploitation worker or violence reduction officer of one service. "
        "Reports on actions of their own, and keeps the sessions of their service."
    )
    permissions = READS_FIGURES | {
        Permission.PLAN_VIEW,
        Permission.AWARENESS_VIEW,
        Permission.ORGANISATION_VIEW,
        Permission.CALENDAR_VIEW,
        Permission.EMERGENCY_ACCESS_USE,
    }
    own_body_permissions = frozenset({Permission.AWARENESS_CHANGE})
    own_permissions = frozenset({Permission.ACTION_REPORT, Permission.RECORD_COMMENT, Permission.RECORD_ATTACH})
    purposes = frozenset({Purpose.SAFEGUARDING})
    field_classes = SEES_A_PERSON
    works_in_one_body = True


class ServiceManager(Role):
    """Runs a commissioned service and answers for its contract."""

    key = "service_manager"
    title = "Service manager"
    description = "Runs one service: its people, its sessions, its grants and contracts, and the returns it owes."
    permissions = READS_FIGURES | {
        Permission.PLAN_VIEW,
        Permission.INDICATOR_VIEW,
        Permission.AWARENESS_VIEW,
        Permission.PRACTICE_VIEW,
        Permission.ORGANISATION_VIEW,
        Permission.CALENDAR_VIEW,
        Permission.EMERGENCY_ACCESS_USE,
    }
    own_body_permissions = frozenset(
        {
            Permission.ACTION_REPORT,
            Permission.AWARENESS_CHANGE,
            Permission.FUND_VIEW,
            Permission.PROVIDER_RETURN_MAKE,
            Permission.INDICATOR_REPORT,
            Permission.RECORD_COMMENT,
            Permission.RECORD_ATTACH,
        }
    )
    purposes = frozenset({Purpose.COMMISSIONING, Purpose.SAFEGUARDING})
    field_classes = SEES_A_PERSON
    works_in_one_body = True


class Manager(Role):
    """Runs the partnership from day to day; never sees casework."""

    key = "manager"
    title = "Partnership manager"
    description = (
        "Runs the plan, meetings, risks, inspections, the duty and commissioning; makes the board pack and the needs "
        "assessment; publishes. Agrees nothing on behalf of a member, and loads no files."
    )
    permissions = (
        READS_FIGURES
        | READS_THE_PLAN
        | READS_GOVERNANCE
        | {
            Permission.MEASURE_DOWNLOAD,
            Permission.ASSESSMENT_MAKE,
            Permission.JOB_VIEW,
            Permission.ORGANISATION_CHANGE,
            Permission.ACCESS_VIEW,
            Permission.ACCESS_REVIEW,
            Permission.EMERGENCY_ACCESS_USE,
            Permission.EMERGENCY_ACCESS_REVIEW,
            Permission.RECORD_COMMENT,
            Permission.RECORD_ATTACH,
            Permission.RECORD_RESTORE,
            Permission.API_USE,
            Permission.STRATEGY_CHANGE,
            Permission.STRATEGY_PUBLISH,
            Permission.ACTION_CHANGE,
            Permission.ACTION_REPORT,
            Permission.INDICATOR_CHANGE,
            Permission.INDICATOR_REPORT,
            Permission.QUARTER_FREEZE,
            Permission.BOARD_PACK_MAKE,
            Permission.MEETING_CHANGE,
            Permission.RISK_CHANGE,
            Permission.ESCALATION_CHANGE,
            Permission.DUTY_CHANGE,
            Permission.INSPECTION_CHANGE,
            Permission.RESPONSE_DRAFT,
            Permission.RESPONSE_PUBLISH,
            Permission.RECOMMENDATION_REPORT,
            Permission.EVIDENCE_REVIEW,
            Permission.CLOSURE_DECIDE,
            Permission.PRACTICE_CHANGE,
            Permission.PRACTICE_BENCHMARK,
            Permission.AWARENESS_CHANGE,
            Permission.FUND_VIEW,
            Permission.FUND_CHANGE,
            Permission.FUND_APPROVE,
            Permission.BID_SCORE,
            Permission.REVIEW_VIEW,
            Permission.REVIEW_CHANGE,
            Permission.PANEL_UPDATE_DRAFT,
            Permission.PANEL_UPDATE_PUBLISH,
        }
    )
    purposes = frozenset({Purpose.PLANNING, Purpose.COMMISSIONING, Purpose.SCRUTINY, Purpose.ADMINISTRATION})


class Lead(Role):
    """Leads the work of one body of the partnership."""

    key = "lead"
    title = "Lead in a member body"
    description = (
        "Sees the plan and its governance; reports on the actions, indicators and recommendations of their own "
        "organisation, adds evidence, drafts its responses and compares practice with its own work."
    )
    permissions = READS_FIGURES | READS_THE_PLAN | READS_GOVERNANCE | {Permission.RECORD_COMMENT, Permission.API_USE}
    own_body_permissions = frozenset(
        {
            Permission.ACTION_REPORT,
            Permission.INDICATOR_REPORT,
            Permission.RECOMMENDATION_REPORT,
            Permission.RESPONSE_DRAFT,
            Permission.PRACTICE_BENCHMARK,
            Permission.ESCALATION_CHANGE,
            Permission.AWARENESS_CHANGE,
            Permission.FUND_VIEW,
            Permission.REVIEW_VIEW,
            Permission.RECORD_ATTACH,
        }
    )
    office_permissions = frozenset({Permission.ESCALATION_ACKNOWLEDGE})
    own_permissions = frozenset({Permission.RISK_CHANGE, Permission.BID_SCORE, Permission.ESCALATION_ACKNOWLEDGE})
    purposes = frozenset({Purpose.PLANNING, Purpose.SCRUTINY})
    works_in_one_body = True


class BoardMember(Role):
    """Decides on the strength of the figures; never sees an individual."""

    key = "board"
    title = "Board member"
    description = (
        "Sees the whole plan and how it is governed; agrees the responses of their own office, acknowledges what was "
        "escalated to their boards, approves minutes, signs statutory returns and decides on closure."
    )
    permissions = (
        READS_FIGURES
        | READS_THE_PLAN
        | READS_GOVERNANCE
        | {
            Permission.FUND_VIEW,
            Permission.FUND_APPROVE,
            Permission.BID_SCORE,
            Permission.REVIEW_VIEW,
            Permission.RECORD_COMMENT,
            Permission.MINUTES_APPROVE,
            Permission.RETURN_SIGN,
            Permission.CLOSURE_DECIDE,
        }
    )
    office_permissions = frozenset({Permission.RESPONSE_AGREE, Permission.ESCALATION_ACKNOWLEDGE})
    own_permissions = frozenset({Permission.ESCALATION_ACKNOWLEDGE})
    purposes = frozenset({Purpose.PLANNING, Purpose.COMMISSIONING, Purpose.SCRUTINY})


class PanelMember(Role):
    """Holds power to account from outside; never sees identities."""

    key = "panel"
    title = "Scrutiny panel member"
    description = "Reads the published plan, inspections and what came of them, and the updates made for the panel."
    permissions = READS_FIGURES | {
        Permission.PLAN_VIEW,
        Permission.INDICATOR_VIEW,
        Permission.INSPECTION_VIEW,
        Permission.PANEL_UPDATE_VIEW,
    }
    purposes = frozenset({Purpose.SCRUTINY})


class Administrator(Role):
    """Lets people in and out; sees neither the plan's papers nor casework."""

    key = "administrator"
    title = "Administrator"
    description = "Keeps organisations and people, gives and ends access, and has it confirmed once a year."
    permissions = READS_FIGURES | {
        Permission.ORGANISATION_VIEW,
        Permission.ORGANISATION_CHANGE,
        Permission.ACCESS_VIEW,
        Permission.ACCESS_CHANGE,
        Permission.ACCESS_REVIEW,
    }
    purposes = frozenset({Purpose.ADMINISTRATION})


ROLES: tuple[type[Role], ...] = (
    Analyst,
    Steward,
    Navigator,
    ServiceManager,
    Manager,
    Lead,
    BoardMember,
    PanelMember,
    Administrator,
)
ROLE_BY_KEY: dict[str, type[Role]] = {role.key: role for role in ROLES}
