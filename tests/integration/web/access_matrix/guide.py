"""Who may open the pages of help."""

from integration.web.access_matrix.rows import EVERYONE, STAFF, Row

ROWS = {
    "help": Row(EVERYONE),
    "accessibility": Row(EVERYONE),
    "privacy": Row(EVERYONE),
    "healthz": Row(EVERYONE),
    "glossary": Row(STAFF),
}
