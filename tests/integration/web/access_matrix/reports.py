"""Who may read and make the needs assessment."""

from integration.web.access_matrix.rows import STAFF, Row, only

ROWS = {
    "assessment-list": Row(STAFF),
    "assessment": Row(STAFF, {"version_id": "2026-11-20.1"}),
    "assessment-chapter": Row(STAFF, {"version_id": "2026-11-20.1", "slug": "where"}),
    "assessment-file": Row(STAFF, {"version_id": "2026-11-20.1", "name": "needs-assessment.pdf"}),
    "assessment-make": Row(only("analyst", "manager")),
}
