"""Who may open feeds, receipts, builds and background work."""

import uuid

from integration.web.access_matrix.rows import STAFF, Row, only

LOADERS = only("analyst", "steward")

ROWS = {
    "job": Row(STAFF, {"job_id": uuid.UUID(int=1)}),
    "feed-list": Row(STAFF),
    "feed": Row(STAFF, {"feed": "police_street"}),
    "receipt": Row(STAFF, {"feed": "police_street", "receipt_id": "none"}),
    "build-list": Row(STAFF),
    "build": Row(STAFF, {"build_id": "2026-11-20.1"}),
    "feed-load": Row(LOADERS, {"feed": "police_street"}),
    "receipt-rejected": Row(LOADERS, {"feed": "police_street", "receipt_id": "none"}),
    "build-make": Row(LOADERS),
}
