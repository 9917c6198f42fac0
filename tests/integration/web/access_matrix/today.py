"""Who may open the home page."""

from integration.web.access_matrix.rows import STAFF, Row

ROWS = {"today": Row(STAFF)}
