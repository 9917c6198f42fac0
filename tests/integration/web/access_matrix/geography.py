"""Who may open areas."""

from integration.web.access_matrix.rows import STAFF, Row

ROWS = {
    "area-outlines": Row(STAFF, {"level": "district"}),
    "area-list": Row(STAFF),
    "area": Row(STAFF, {"level": "district", "code": "E06000021"}),
}
