"""Who may open the strategy and the delivery plan."""

from integration.web.access_matrix.rows import Row, but, only, posted

READS = but("administrator")
MANAGES = only("manager")
REPORTS = only("analyst", "steward", "navigator", "service_manager", "manager", "lead")
ONE = {"key": 999_999}


def _register(kind: str, *, changed: bool) -> dict[str, Row]:
    rows = {
        f"{kind}-list": Row(READS),
        f"{kind}-export": Row(READS, {"form": "csv"}),
        kind: Row(READS, ONE),
        f"{kind}-history": Row(READS, ONE),
    }
    if changed:
        rows |= {
            f"{kind}-new": Row(MANAGES),
            f"{kind}-edit": Row(MANAGES, ONE),
            f"{kind}-remove": Row(MANAGES, ONE),
            f"{kind}-restore": posted(MANAGES, {**ONE, "version": 1}),
        }
    return rows


def _part(kind: str, may: frozenset[str]) -> dict[str, Row]:
    return {
        f"{kind}-new": Row(may, {"parent": 999_999}),
        f"{kind}-edit": Row(may, ONE),
        f"{kind}-remove": posted(may, ONE),
    }


ROWS = {
    **_register("action", changed=True),
    **_register("strategy", changed=True),
    **_register("priority", changed=False),
    **_register("commitment", changed=False),
    **_register("commitment-evidence", changed=False),
    **_register("progress-note", changed=False),
    **_register("strategy-review", changed=False),
    **_part("strategy-section", MANAGES),
    **_part("priority", MANAGES),
    **_part("commitment", MANAGES),
    **_part("commitment-evidence", MANAGES),
    **_part("milestone", REPORTS),
    **_part("action-body", MANAGES),
    **_part("action-dependency", MANAGES),
    "action-board": Row(READS),
    "action-timeline": Row(READS),
    "action-bulk": posted(MANAGES),
    "action-import": Row(MANAGES),
    "action-template": Row(MANAGES),
    "change-set": Row(MANAGES, ONE),
    "change-set-apply": posted(MANAGES, ONE),
    "change-set-undo": posted(MANAGES, ONE),
    "action-report": Row(REPORTS, ONE),
    "action-part-report": Row(REPORTS, ONE),
    "action-move": Row(REPORTS, ONE),
    "action-rebaseline": Row(MANAGES, ONE),
    "action-comment": Row(REPORTS, ONE),
    "action-escalate": Row(REPORTS, ONE),
    "milestone-reach": posted(REPORTS, ONE),
    "strategy-publish": posted(MANAGES, ONE),
    "strategy-open-to-public": Row(MANAGES, ONE),
    "strategy-compare": Row(READS, ONE),
    "strategy-review-begin": posted(MANAGES, ONE),
    "strategy-review-step": Row(MANAGES, {**ONE, "step": "evidence"}),
    "commitment-mark": posted(MANAGES, ONE),
}
