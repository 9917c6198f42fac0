"""Who may search."""

from integration.web.access_matrix.rows import STAFF, Row

ROWS = {"search": Row(STAFF)}
