"""Who may open inspections, recommendations, responses and practice."""

from integration.web.access_matrix.rows import Row, but, only, posted

SEE = but("navigator", "service_manager", "administrator")
SEE_PRACTICE = but("navigator", "panel", "administrator")
KEEP = only("manager")
DRAFT = only("manager", "lead")
REPORT = only("manager", "lead")
NONE = 999_999

ROWS = {
    "recommendation-summary": Row(SEE),
    "recommendation-summary-export": Row(SEE, {"form": "csv"}),
    "public-row-list": Row(SEE),
    "public-row-edit": Row(KEEP, {"key": NONE}),
    "public-row-approve": posted(KEEP, {"key": NONE}),
    "response-import-new": Row(KEEP),
    "response-import": Row(KEEP, {"key": NONE}),
    "imported-field": posted(KEEP, {"key": NONE, "field": NONE}),
    "response-import-line": posted(KEEP, {"key": NONE}),
    "response-import-sure": posted(KEEP, {"key": NONE}),
    "response-import-undo": posted(KEEP, {"key": NONE}),
    "response-import-take-over": posted(KEEP, {"key": NONE}),
    "response-import-set-aside": posted(KEEP, {"key": NONE}),
    "response-import-file": Row(SEE, {"key": NONE}),
    "recommendation-step": Row(SEE, {"key": NONE, "name": "hold-plenary"}),
    "response-publish": Row(KEEP, {"key": NONE}),
    "response-preview": Row(SEE, {"key": NONE}),
    "response-preview-file": Row(SEE, {"key": NONE, "form": "pdf"}),
    "response-send": Row(KEEP, {"key": NONE}),
    "response-version": Row(SEE, {"key": NONE, "number": 1}),
    "response-version-file": Row(SEE, {"key": NONE, "number": 1, "form": "pdf"}),
    "response-part-agree": posted(only("board"), {"key": NONE}),
    "response-part-withdraw": posted(SEE, {"key": NONE}),
    "answer-edit": Row(DRAFT, {"key": NONE, "recommendation": NONE}),
    "evidence-review": posted(KEEP, {"key": NONE}),
    "practice-to-table": Row(SEE_PRACTICE),
}
for kind in ("inspection", "recommendation", "response", "response-part", "evidence", "practice", "benchmark"):
    see = SEE_PRACTICE if kind in ("practice", "benchmark") else SEE
    change = {
        "response-part": DRAFT,
        "evidence": REPORT,
        "benchmark": only("manager", "lead"),
    }.get(kind, KEEP)
    ROWS |= {
        f"{kind}-list": Row(see),
        f"{kind}-export": Row(see, {"form": "csv"}),
        kind: Row(see, {"key": NONE}),
        f"{kind}-history": Row(see, {"key": NONE}),
        f"{kind}-edit": Row(change, {"key": NONE}),
        f"{kind}-remove": Row(change, {"key": NONE}),
        f"{kind}-restore": posted(change, {"key": NONE, "version": 1}),
    }
    if kind != "response-part":
        ROWS[f"{kind}-new"] = Row(change)
