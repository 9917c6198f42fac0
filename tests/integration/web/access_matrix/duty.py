"""Who may see how the duty is met, keep its record, and sign its returns."""

from integration.web.access_matrix.rows import Row, only, posted

# Those who read the plan of the partnership.
READERS = only("analyst", "steward", "manager", "lead", "board")
KEEPERS = only("manager")
ONE = {"key": 1}


def record(kind, can_be_made=True):
    """Give the rows that every kind of record has."""
    rows = {
        f"{kind}-list": Row(READERS),
        f"{kind}-export": Row(READERS, {"form": "csv"}),
        kind: Row(READERS, ONE),
        f"{kind}-history": Row(READERS, ONE),
        f"{kind}-edit": Row(KEEPERS, ONE),
        f"{kind}-remove": Row(KEEPERS, ONE),
        f"{kind}-restore": posted(KEEPERS, {"key": 1, "version": 1}),
    }
    return rows | {f"{kind}-new": Row(KEEPERS)} if can_be_made else rows


ROWS = {
    "duty": Row(READERS),
    "gateway-table": Row(READERS),
    **record("duty-body"),
    **record("contribution"),
    **record("agreement"),
    **record("violence-definition"),
    **record("duty-date"),
    **record("duty-notice"),
    **record("consultation"),
    **record("funding-year"),
    **record("funding-line", can_be_made=False),
    "signature-sign": Row(KEEPERS, {"key": 1, "place": 1}),
    "consultation-invite": Row(KEEPERS),
    "consultation-reply": Row(KEEPERS, ONE),
    "consultation-changed": Row(KEEPERS, ONE),
    "consultation-remind": posted(KEEPERS, ONE),
}
SIGNERS = only("board")
ROWS |= {
    **record("duty-return"),
    "duty-return-fill": Row(KEEPERS, ONE),
    "duty-return-step": posted(KEEPERS, {"key": 1, "step": "check"}),
    "duty-return-sign": posted(SIGNERS, ONE),
    # Any reader comes through the guard; the page then asks for either permission about the return itself.
    "duty-return-send-back": Row(READERS, ONE),
    "duty-return-send": Row(KEEPERS, ONE),
    "duty-return-open-again": Row(KEEPERS, ONE),
    "duty-return-preview": Row(READERS, {"key": 1, "form": "pdf"}),
    "duty-return-file": Row(READERS, {"key": 1, "number": 1, "form": "pdf"}),
}
ROWS |= {
    **record("disclosure"),
    **record("duty-evaluation"),
    **record("duty-judgement", can_be_made=False),
    # Any reader comes through the guard; the page asks whether they may speak on it and judged nothing of it.
    "duty-evaluation-moderate": Row(READERS, ONE),
    "duty-evaluation-sign": posted(SIGNERS, ONE),
    "duty-evaluation-open-again": Row(KEEPERS, ONE),
    "duty-judgement-close-gap": Row(KEEPERS, ONE),
    "duty-judgement-open-gap": Row(KEEPERS, ONE),
    "duty-evaluation-preview": Row(READERS, {"key": 1, "form": "pdf"}),
    "duty-evaluation-file": Row(READERS, {"key": 1, "number": 1, "form": "pdf"}),
    "consultation-letter": Row(KEEPERS, {"key": 1, "form": "pdf"}),
    "contribution-letter": Row(KEEPERS, {"key": 1, "form": "pdf"}),
}
