"""Who may see funds, agreements and payments, keep them, approve, make returns, and score bids."""

from integration.web.access_matrix.rows import Row, only, posted

# Those who see all of it, and those who come through the guard to see what is their own body's.
READERS = only("manager", "board", "service_manager", "lead")
KEEPERS = only("manager")
APPROVERS = only("manager", "board")
# Whoever may be named on a panel; they see their own assessments.
ASSESSORS = only("manager", "board", "lead", "analyst")
ONE = {"key": 1}


def record(kind, *, changes=True, can_be_made=True, readers=READERS):
    """Give the rows that every kind of record has."""
    rows = {
        f"{kind}-list": Row(readers),
        f"{kind}-export": Row(readers, {"form": "csv"}),
        kind: Row(readers, ONE),
        f"{kind}-history": Row(readers, ONE),
    }
    if changes:
        rows |= {
            f"{kind}-edit": Row(KEEPERS, ONE),
            f"{kind}-remove": Row(KEEPERS, ONE),
            f"{kind}-restore": posted(KEEPERS, {"key": 1, "version": 1}),
        }
    return rows | {f"{kind}-new": Row(KEEPERS)} if changes and can_be_made else rows


ROWS = {
    **record("fund"),
    **record("fund-year"),
    **record("grant"),
    **record("grant-target"),
    **record("grant-variation", changes=False),
    **record("provider-return", changes=False),
    **record("grant-payment"),
    **record("funding-round"),
    **record("round-criterion"),
    **record("bid"),
    **record("bid-assessment", changes=False, readers=ASSESSORS),
    "commissioning-costs": Row(READERS),
    "award-list": Row(READERS),
    "award-file": Row(READERS),
    "grant-sign": Row(KEEPERS, ONE),
    "grant-vary": Row(KEEPERS, ONE),
    "grant-end": Row(KEEPERS, ONE),
    "grant-hand-over": Row(KEEPERS, ONE),
    "grant-paper": Row(READERS, {"key": 1, "form": "pdf"}),
    # Any reader comes through the guard; the page then asks for either permission about the return itself.
    "provider-return-fill": Row(READERS, ONE),
    "provider-return-send": posted(READERS, ONE),
    "provider-return-accept": posted(APPROVERS, ONE),
    "provider-return-back": Row(APPROVERS, ONE),
    "grant-payment-ask": Row(KEEPERS, ONE),
    "grant-payment-approve": posted(APPROVERS, ONE),
    # As above: whoever approves gives back, whoever asked takes back.
    "grant-payment-refuse": Row(READERS, ONE),
    "grant-payment-pay": Row(KEEPERS, ONE),
    "grant-payment-cancel": Row(KEEPERS, ONE),
    "funding-round-panel": Row(KEEPERS, ONE),
    "funding-round-announce": posted(KEEPERS, ONE),
    "bid-decide": Row(APPROVERS, ONE),
    "bid-withdraw": Row(KEEPERS, ONE),
    "bid-letter": Row(READERS, {"key": 1, "number": 1, "form": "pdf"}),
    "bid-declare": Row(ASSESSORS, ONE),
    "bid-score": Row(ASSESSORS, ONE),
}
