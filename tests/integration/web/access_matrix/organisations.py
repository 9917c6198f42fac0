"""Who may open organisations, people and what these may do."""

from integration.web.access_matrix.rows import Row, but, only, posted

KEEP = only("manager", "administrator")
SEE_ACCESS = only("steward", "manager", "administrator")
GIVE = only("administrator")

ROWS = {
    "organisation-list": Row(but("panel")),
    "organisation-export": Row(but("panel"), {"form": "csv"}),
    "organisation": Row(but("panel"), {"key": 1}),
    "organisation-history": Row(but("panel"), {"key": 1}),
    "organisation-new": Row(KEEP),
    "organisation-edit": Row(KEEP, {"key": 1}),
    "organisation-remove": Row(KEEP, {"key": 1}),
    "organisation-restore": posted(KEEP, {"key": 1, "version": 1}),
    "person-list": Row(SEE_ACCESS),
    "person": Row(SEE_ACCESS, {"person_id": 1}),
    "person-new": Row(GIVE),
    "person-edit": Row(GIVE, {"person_id": 1}),
    "person-stop": Row(GIVE, {"person_id": 1}),
    "person-let-back": posted(GIVE, {"person_id": 999_999}),
    "person-factors": Row(GIVE, {"person_id": 1}),
    "person-password": posted(GIVE, {"person_id": 999_999}),
    "grant-give": Row(GIVE, {"person_id": 1}),
    "grant-change": Row(GIVE, {"grant_id": 1}),
    "access-changes": Row(SEE_ACCESS),
    "access-changes-export": Row(SEE_ACCESS),
    "access-review": Row(KEEP),
    "access-confirm": posted(KEEP, {"grant_id": 999_999}),
    "dormant-list": Row(SEE_ACCESS),
    "dormant-end": posted(GIVE),
}
