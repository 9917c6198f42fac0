"""Who may open the pages of signing in and of one's own account."""

from integration.web.access_matrix.rows import EVERYONE, SIGNED_IN, Row

ROWS = {
    "sign-in": Row(EVERYONE),
    "sign-out": Row(EVERYONE),
    "password-change": Row(SIGNED_IN),
}
