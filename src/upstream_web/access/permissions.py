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

    # People, organisations and trust
    ORGANISATION_VIEW = "see organisations and their people"
    ORGANISATION_CHANGE = "change organisations"
    ACCESS_VIEW = "see who may do what"
    ACCESS_CHANGE = "give, change and end access"
    ACCESS_REVIEW = "confirm access once a year"
    EMERGENCY_ACCESS_USE = "open a closed record in an emergency"
    EMERGENCY_ACCESS_REVIEW = "review emergency access"
    TRAIL_VIEW = "read the audit trail"

    # What every record has
    RECORD_COMMENT = "comment on records"
    RECORD_ATTACH = "attach files to records"
    RECORD_RESTORE = "restore an earlier state of a record"
    CALENDAR_VIEW = "subscribe to a calendar of dates"
    API_USE = "use the programming interface"

    # Strategy and delivery plan
    PLAN_VIEW = "see the strategy and the delivery plan"
    STRATEGY_CHANGE = "change the strategy"
    STRATEGY_PUBLISH = "publish the strategy"
    ACTION_CHANGE = "change the delivery plan"
    ACTION_REPORT = "report progress on actions"

    # Performance framework
    INDICATOR_VIEW = "see indicators"
    INDICATOR_CHANGE = "change indicators and targets"
    INDICATOR_REPORT = "type in values and comment on indicators"
    QUARTER_FREEZE = "freeze a quarter"
    BOARD_PACK_VIEW = "read board packs"
    BOARD_PACK_MAKE = "make a board pack"

    # Governance
    MEETING_VIEW = "see meetings, papers and minutes"
    MEETING_CHANGE = "prepare and minute meetings"
    MINUTES_APPROVE = "approve minutes"
    RISK_VIEW = "see risks and issues"
    RISK_CHANGE = "change risks and issues"
    ESCALATION_VIEW = "see escalations"
    ESCALATION_CHANGE = "raise and keep escalations"
    ESCALATION_ACKNOWLEDGE = "acknowledge escalations"

    # Serious Violence Duty
    DUTY_VIEW = "see how the duty is met"
    DUTY_CHANGE = "keep the record of the duty"
    RETURN_SIGN = "sign off statutory returns"

    # Inspections and practice
    INSPECTION_VIEW = "see inspections and recommendations"
    INSPECTION_CHANGE = "keep the register of inspections"
    RESPONSE_DRAFT = "draft responses to inspections"
    RESPONSE_AGREE = "agree a response in one's own office"
    RESPONSE_PUBLISH = "publish responses"
    RECOMMENDATION_REPORT = "report on recommendations and add evidence"
    EVIDENCE_REVIEW = "review evidence for its effect"
    CLOSURE_DECIDE = "decide on closure"
    PRACTICE_VIEW = "see the practice database"
    PRACTICE_CHANGE = "keep the practice database"
    PRACTICE_BENCHMARK = "compare practice with one's own work"

    # Education, awareness, commissioning, reviews
    AWARENESS_VIEW = "see education, training and campaigns"
    AWARENESS_CHANGE = "keep education, training and campaigns"
    FUND_VIEW = "see funds, grants and contracts"
    FUND_CHANGE = "keep funds, grants and contracts"
    FUND_APPROVE = "decide on bids, check returns and approve payments"
    BID_SCORE = "score bids as a member of a panel"
    PROVIDER_RETURN_MAKE = "make returns of one's own service"
    REVIEW_VIEW = "see serious incident reviews"
    REVIEW_CHANGE = "keep serious incident reviews"

    # Plan update to the panel
    PANEL_UPDATE_VIEW = "read plan updates"
    PANEL_UPDATE_DRAFT = "draft plan updates"
    PANEL_UPDATE_PUBLISH = "publish plan updates"
