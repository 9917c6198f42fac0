"""Who may see education, training and campaigns, and keep them."""

from integration.web.access_matrix.rows import Row, only, posted

READERS = only("analyst", "steward", "manager", "lead", "board", "navigator", "service_manager")
# Those who keep what is their own body's come through the guard; each page then asks again about the record itself.
KEEPERS = only("manager", "lead", "navigator", "service_manager")
ONE = {"key": 1}
KINDS = (
    "education-package", "education-setting", "education-session", "session-observation", "training-course",
    "workforce-team", "training-requirement", "team-headcount", "training-completion", "campaign", "campaign-reach",
    "charter", "charter-sign-up", "activity-programme", "activity-session",
)  # fmt: skip


def record(kind):
    """Give the rows that every kind of record has."""
    return {
        f"{kind}-list": Row(READERS),
        f"{kind}-export": Row(READERS, {"form": "csv"}),
        kind: Row(READERS, ONE),
        f"{kind}-history": Row(READERS, ONE),
        f"{kind}-edit": Row(KEEPERS, ONE),
        f"{kind}-remove": Row(KEEPERS, ONE),
        f"{kind}-restore": posted(KEEPERS, {"key": 1, "version": 1}),
        f"{kind}-new": Row(KEEPERS),
    }


ROWS = {name: row for kind in KINDS for name, row in record(kind).items()}
ROWS |= {
    "awareness": Row(READERS),
    "package-approve": Row(KEEPERS, ONE),
    "package-retire": Row(KEEPERS, ONE),
    "session-report": Row(KEEPERS, ONE),
    "session-move": Row(KEEPERS, ONE),
    "session-cancel": Row(KEEPERS, ONE),
    "coverage-export": Row(READERS, {"key": 1, "form": "csv"}),
    "training-sheet": Row(KEEPERS),
    "training-template": Row(KEEPERS),
    "training-take": posted(KEEPERS),
    "signature-renew": Row(KEEPERS, ONE),
    "signature-visit": Row(KEEPERS, ONE),
    "signature-leave": Row(KEEPERS, ONE),
}
