"""Who may open meetings, risks and escalations: those who govern see them, the manager keeps them, members approve."""

from integration.web.access_matrix.rows import STAFF, Row, only, posted

READERS = only("manager", "lead", "board")
KEEPERS = only("manager")
MEMBERS = only("board")
# Leads own risks and raise concerns of their own body.
RAISERS = only("manager", "lead")
# Those who sit on a board, or answer for an organisation, acknowledge what was escalated to it.
RECEIVERS = only("lead", "board")
# Everybody who reports on actions where they are named, or of their own body.
REPORTERS = only("analyst", "steward", "navigator", "service_manager", "manager", "lead")
ONE = {"key": 1}


def record(kind, readers, writers, can_be_made=True):
    """Give the rows that every kind of record has."""
    rows = {
        f"{kind}-list": Row(readers),
        f"{kind}-export": Row(readers, {"form": "csv"}),
        kind: Row(readers, ONE),
        f"{kind}-history": Row(readers, ONE),
        f"{kind}-edit": Row(writers, ONE),
        f"{kind}-remove": Row(writers, ONE),
        f"{kind}-restore": posted(writers, {"key": 1, "version": 1}),
    }
    return rows | {f"{kind}-new": Row(writers)} if can_be_made else rows


ROWS = {
    "clock-list": Row(STAFF),
    "clock-export": Row(STAFF),
    **record("meeting", READERS, KEEPERS),
    **record("board", READERS, KEEPERS),
    **record("seat", READERS, KEEPERS),
    **record("decision", READERS, KEEPERS, can_be_made=False),
    **record("meeting-action", READERS, KEEPERS, can_be_made=False),
    **record("risk", READERS, RAISERS),
    **record("escalation", READERS, RAISERS),
    "forward-plan": Row(READERS),
    "forward-plan-make": posted(KEEPERS, ONE),
    "attendance-overview": Row(READERS),
    "meeting-step": posted(KEEPERS, {"key": 1, "step": "call"}),
    "meeting-move": Row(KEEPERS, ONE),
    "meeting-agenda": Row(KEEPERS, ONE),
    "meeting-agenda-fill": posted(KEEPERS, ONE),
    "meeting-agenda-unfill": posted(KEEPERS, ONE),
    "meeting-agenda-take": posted(KEEPERS, ONE),
    "agenda-item-edit": Row(KEEPERS, ONE),
    "agenda-item-act": posted(KEEPERS, {"key": 1, "act": "up"}),
    "meeting-day": Row(KEEPERS, ONE),
    "meeting-mark": posted(KEEPERS, ONE),
    "meeting-guest": posted(KEEPERS, ONE),
    "meeting-declare": posted(KEEPERS, ONE),
    "agenda-item-note": posted(KEEPERS, ONE),
    "agenda-item-decide": posted(KEEPERS, ONE),
    "agenda-item-arise": posted(KEEPERS, ONE),
    "meeting-minutes": Row(READERS, ONE),
    "meeting-minutes-draft": posted(KEEPERS, ONE),
    "meeting-minutes-send": posted(KEEPERS, ONE),
    "meeting-minutes-approve": Row(MEMBERS, ONE),
    "meeting-papers-keep": posted(KEEPERS, ONE),
    "minute-edit": Row(KEEPERS, ONE),
    "meeting-paper": Row(READERS, {"key": 1, "paper": "agenda", "form": "pdf"}),
    "decision-end": Row(KEEPERS, ONE),
    "meeting-action-end": Row(REPORTERS, ONE),
    "risk-review": Row(RAISERS, ONE),
    "risk-state": Row(RAISERS, ONE),
    "escalation-acknowledge": posted(RECEIVERS, ONE),
    "escalation-move": Row(RAISERS, {"key": 1, "move": "record-acknowledgement"}),
    "escalation-further": Row(RAISERS, ONE),
}
