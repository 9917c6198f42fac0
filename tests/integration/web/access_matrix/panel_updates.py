"""Who may read, draft and publish plan updates."""

from integration.web.access_matrix.rows import Row, only, posted

READERS = only("analyst", "manager", "lead", "board", "panel")
MANAGER = only("manager")

ROWS = {
    "panel-update-list": Row(READERS),
    "panel-update-export": Row(READERS, {"form": "csv"}),
    "panel-update": Row(READERS, {"key": 1}),
    "panel-update-history": Row(READERS, {"key": 1}),
    "panel-update-file": Row(READERS, {"key": 1, "number": 1, "form": "pdf"}),
    "panel-update-new": Row(MANAGER),
    "panel-update-edit": Row(MANAGER, {"key": 1}),
    "panel-update-remove": Row(MANAGER, {"key": 1}),
    "panel-update-restore": posted(MANAGER, {"key": 1, "version": 1}),
    "panel-update-preview": Row(MANAGER, {"key": 1, "form": "pdf"}),
    "panel-update-draft": posted(MANAGER, {"key": 1}),
    "panel-update-publish": posted(MANAGER, {"key": 1}),
    "update-section-list": Row(READERS),
    "update-section-export": Row(READERS, {"form": "csv"}),
    "update-section": Row(READERS, {"key": 1}),
    "update-section-history": Row(READERS, {"key": 1}),
    "update-section-edit": Row(MANAGER, {"key": 1}),
    "update-section-remove": Row(MANAGER, {"key": 1}),
    "update-section-restore": posted(MANAGER, {"key": 1, "version": 1}),
    "update-section-take": posted(MANAGER, {"key": 1}),
}
