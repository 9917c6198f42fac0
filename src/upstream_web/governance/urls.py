"""Addresses of governance."""

from __future__ import annotations

from django.urls import path

from upstream_web.governance.register import BOARDS, DECISIONS, ESCALATIONS, MEETING_ACTIONS, MEETINGS, RISKS, SEATS
from upstream_web.governance.views import agendas, day, looks, meetings, minutes, risks
from upstream_web.records.urls import register_urls
from upstream_web.records.views import clocks

MEETING, ITEM, MINUTE = "meetings/<int:key>", "agenda-items/<int:key>", "minutes/<int:key>"

urlpatterns = [
    path("time-limits/", clocks.clock_list, name="clock-list"),
    path("time-limits/export.csv", clocks.clock_export, name="clock-export"),
    path("meetings/forward-plan/", looks.forward_plan, name="forward-plan"),
    path("meetings/forward-plan/<int:key>/", looks.forward_plan_make, name="forward-plan-make"),
    path("meetings/attendance/", looks.attendance_overview, name="attendance-overview"),
    *register_urls(MEETINGS),
    *register_urls(BOARDS),
    *register_urls(SEATS),
    *register_urls(DECISIONS),
    *register_urls(MEETING_ACTIONS),
    *register_urls(RISKS),
    *register_urls(ESCALATIONS),
    path(f"{MEETING}/step/<slug:step>/", meetings.meeting_step, name="meeting-step"),
    path(f"{MEETING}/move/", meetings.meeting_move, name="meeting-move"),
    path(f"{MEETING}/agenda/", agendas.meeting_agenda, name="meeting-agenda"),
    path(f"{MEETING}/agenda/fill/", agendas.meeting_agenda_fill, name="meeting-agenda-fill"),
    path(f"{MEETING}/agenda/undo/", agendas.meeting_agenda_unfill, name="meeting-agenda-unfill"),
    path(f"{MEETING}/agenda/take/", agendas.meeting_agenda_take, name="meeting-agenda-take"),
    path(f"{MEETING}/record/", day.meeting_day, name="meeting-day"),
    path(f"{MEETING}/record/attendance/", day.meeting_mark, name="meeting-mark"),
    path(f"{MEETING}/record/guests/", day.meeting_guest, name="meeting-guest"),
    path(f"{MEETING}/record/declarations/", day.meeting_declare, name="meeting-declare"),
    path(f"{MEETING}/minutes/", minutes.meeting_minutes, name="meeting-minutes"),
    path(f"{MEETING}/minutes/draft/", minutes.meeting_minutes_draft, name="meeting-minutes-draft"),
    path(f"{MEETING}/minutes/send/", minutes.meeting_minutes_send, name="meeting-minutes-send"),
    path(f"{MEETING}/minutes/approve/", minutes.meeting_minutes_approve, name="meeting-minutes-approve"),
    path(f"{MEETING}/papers/keep/", minutes.meeting_papers_keep, name="meeting-papers-keep"),
    path(f"{MEETING}/<slug:paper>.<slug:form>", minutes.meeting_paper, name="meeting-paper"),
    path(f"{ITEM}/change/", agendas.agenda_item_edit, name="agenda-item-edit"),
    path(f"{ITEM}/note/", day.item_note, name="agenda-item-note"),
    path(f"{ITEM}/decide/", day.item_decide, name="agenda-item-decide"),
    path(f"{ITEM}/arise/", day.item_arise, name="agenda-item-arise"),
    path(f"{ITEM}/<slug:act>/", agendas.agenda_item_act, name="agenda-item-act"),
    path(f"{MINUTE}/change/", minutes.minute_edit, name="minute-edit"),
    path("decisions/<int:key>/follow/", meetings.decision_end, name="decision-end"),
    path("actions-arising/<int:key>/end/", meetings.meeting_action_end, name="meeting-action-end"),
    path("risks/<int:key>/review/", risks.risk_review, name="risk-review"),
    path("risks/<int:key>/state/", risks.risk_state, name="risk-state"),
    path("escalations/<int:key>/further/", risks.escalation_further, name="escalation-further"),
    path("escalations/<int:key>/acknowledge/", risks.escalation_acknowledge, name="escalation-acknowledge"),
    path("escalations/<int:key>/<slug:move>/", risks.escalation_move, name="escalation-move"),
]
