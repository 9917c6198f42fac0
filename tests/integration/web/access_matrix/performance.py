"""Who may see, keep and report on the performance framework, and who makes board packs."""

from integration.web.access_matrix.rows import Row, but, only, posted

READERS = but("navigator", "administrator")
KEEPERS = only("analyst", "manager")
REPORTERS = only("analyst", "service_manager", "manager", "lead")
FREEZERS = only("analyst", "manager")
PACK_READERS = only("analyst", "manager", "lead", "board")
PACK_MAKERS = only("analyst", "manager")

ROWS = {
    "indicator-list": Row(READERS),
    "indicator-export": Row(READERS, {"form": "csv"}),
    "indicator": Row(READERS, {"key": 1}),
    "indicator-history": Row(READERS, {"key": 1}),
    "indicator-new": Row(KEEPERS),
    "indicator-edit": Row(KEEPERS, {"key": 1}),
    "indicator-remove": Row(KEEPERS, {"key": 1}),
    "indicator-restore": posted(KEEPERS, {"key": 1, "version": 1}),
    "indicator-retire": Row(KEEPERS, {"key": 1}),
    "value-entry": Row(REPORTERS),
    "value-check": Row(REPORTERS, {"key": 1}),
    "quarter-list": Row(READERS),
    "quarter-export": Row(READERS, {"form": "csv"}),
    "quarter": Row(READERS, {"key": 1}),
    "quarter-history": Row(READERS, {"key": 1}),
    "quarter-version": Row(READERS, {"key": 1, "number": 1}),
    "quarter-freeze": Row(FREEZERS, {"label": "2026-Q3"}),
    "board-pack-list": Row(PACK_READERS),
    "board-pack": Row(PACK_READERS, {"key": 1, "number": 1}),
    "board-pack-file": Row(PACK_READERS, {"key": 1, "number": 1, "form": "pdf"}),
    "board-pack-make": posted(PACK_MAKERS),
}
for _kind in ("target", "baseline", "rebase", "quality-mark", "commentary", "annotation"):
    _who = REPORTERS if _kind in ("commentary", "annotation") else KEEPERS
    ROWS |= {
        f"{_kind}-new": Row(_who, {"parent": 1}),
        f"{_kind}-edit": Row(_who, {"key": 1}),
        f"{_kind}-remove": posted(_who, {"key": 1}),
    }
