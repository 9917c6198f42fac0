"""Who may open notes, the records of the tests' own app: they follow the delivery plan and its reports."""

from integration.web.access_matrix.rows import Row, but, only, posted

READERS = but("administrator")
# Analyst, steward and navigator report where they are named, lead and service manager for their own body.
WRITERS = only("analyst", "steward", "navigator", "service_manager", "manager", "lead")

ROWS = {
    "note-list": Row(READERS),
    "note-export": Row(READERS, {"form": "csv"}),
    "note": Row(READERS, {"key": 1}),
    "note-history": Row(READERS, {"key": 1}),
    "note-new": Row(WRITERS),
    "note-edit": Row(WRITERS, {"key": 1}),
    "note-remove": Row(WRITERS, {"key": 1}),
    "note-restore": posted(WRITERS, {"key": 1, "version": 1}),
}
