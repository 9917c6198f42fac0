"""Who may open what hangs on records. Whether the record itself is open to them is asked again inside."""

from integration.web.access_matrix.rows import EVERYONE, SIGNED_IN, STAFF, Row, but, posted

# Those who may say something on at least some records; the service's people on their own only.
SAYERS = but("panel", "administrator")
ATTACHERS = but("panel", "administrator", "board")
NOTE = {"kind": "note", "key": 1}

ROWS = {
    "comment-add": posted(SAYERS, NOTE),
    "comment-change": Row(SAYERS, {"comment_id": 1}),
    "comment-withdraw": posted(SAYERS, {"comment_id": 1}),
    "mention-list": Row(SAYERS, NOTE),
    "attachment-add": Row(ATTACHERS, NOTE),
    "attachment": Row(STAFF, {"attachment_id": 1}),
    "publication-withdraw": Row(STAFF, {"key": 999_999}),
    "attachment-withdraw": posted(ATTACHERS, {"attachment_id": 1}),
    "link-add": Row(SAYERS, NOTE),
    "link-search": Row(SAYERS, NOTE),
    "link-remove": posted(SAYERS, {"link_id": 1}),
    "record-chain": Row(STAFF, NOTE),
    "follow": posted(STAFF, NOTE),
    "notice-list": Row(SIGNED_IN),
    "notice-read": posted(SIGNED_IN, {"notice_id": 1}),
    "notice-read-all": posted(SIGNED_IN),
    "digest-choose": posted(SIGNED_IN, data={"often": "daily"}),
    "filter-save": posted(but("administrator"), {"kind": "note"}),
    "filter-delete": posted(STAFF, {"filter_id": 1}),
    "filter-default": posted(STAFF, {"filter_id": 1}),
    "calendar": Row(but("panel", "administrator")),
    "calendar-feed": Row(EVERYONE, {"token": "none"}),
}
