"""Who may read the audit trail."""

from integration.web.access_matrix.rows import Row, only, posted

READERS = only("steward")

ROWS = {
    "trail-list": Row(READERS),
    "trail-event": Row(READERS, {"chain": 1}),
    "trail-person": Row(READERS),
    "trail-export": Row(READERS),
    "trail-check": posted(READERS),
}
