"""Who may open measures."""

from integration.web.access_matrix.rows import STAFF, Row, only

ROWS = {
    "measure-list": Row(STAFF),
    "measure": Row(STAFF, {"name": "violence_rate"}),
    "measure-map": Row(STAFF, {"name": "violence_rate"}),
    "measure-download": Row(only("analyst", "steward", "manager"), {"name": "violence_rate", "kind": "csv"}),
}
