"""Who may let programs act for them."""

from integration.web.access_matrix.rows import Row, only, posted

PROGRAMMERS = only("analyst", "steward", "manager", "lead")
NOTE = {"kind": "note", "key": 1}

ROWS = {
    "api-guide": Row(PROGRAMMERS),
    "api-document": Row(PROGRAMMERS),
    "token-list": Row(PROGRAMMERS),
    "token-revoke": posted(PROGRAMMERS, {"token_id": 1}),
    "api-records": Row(PROGRAMMERS, {"kind": "note"}),
    "api-record": Row(PROGRAMMERS, NOTE),
    "api-history": Row(PROGRAMMERS, NOTE),
    "api-comments": Row(PROGRAMMERS, NOTE),
}
