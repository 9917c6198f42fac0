"""Who may see and keep reviews after serious incidents, and read the learning briefs that come of them.

Whether a review itself opens is asked again about each: most are open to the people named on them only.
"""

from integration.web.access_matrix.rows import Row, but, only, posted

READERS = only("manager", "lead", "board")
KEEPERS = only("manager")
READERS_OF_BRIEFS = but("administrator")
ONE = {"key": 1}


def record(kind):
    """Give the rows that every kind of record has."""
    return {
        f"{kind}-list": Row(READERS),
        f"{kind}-export": Row(READERS, {"form": "csv"}),
        kind: Row(READERS, ONE),
        f"{kind}-history": Row(READERS, ONE),
        f"{kind}-edit": Row(KEEPERS, ONE),
        f"{kind}-remove": Row(KEEPERS, ONE),
        f"{kind}-restore": posted(KEEPERS, {"key": 1, "version": 1}),
        f"{kind}-new": Row(KEEPERS),
    }


ROWS = {
    "review-themes": Row(READERS),
    **record("incident-review"),
    **record("review-part"),
    **record("review-reader"),
    **record("learning-point"),
    **record("review-action"),
    **record("brief-draft"),
    "learning-brief-list": Row(READERS_OF_BRIEFS),
    "learning-brief-export": Row(READERS_OF_BRIEFS, {"form": "csv"}),
    "learning-brief": Row(READERS_OF_BRIEFS, ONE),
    "learning-brief-history": Row(READERS_OF_BRIEFS, ONE),
    "review-step-done": Row(KEEPERS, {"key": 1, "place": 1}),
    "review-step-left-out": Row(KEEPERS, {"key": 1, "place": 1}),
    "review-step-open": posted(KEEPERS, {"key": 1, "place": 1}),
    "review-agree": Row(KEEPERS, ONE),
    "review-publication": Row(KEEPERS, ONE),
    "review-close": Row(KEEPERS, ONE),
    "review-open-again": Row(KEEPERS, ONE),
    "review-part-given": Row(KEEPERS, ONE),
    "review-action-done": Row(KEEPERS, ONE),
    "review-action-recheck": Row(KEEPERS, {"key": 1, "check": 1}),
    # A second person checks: whoever reads reviews comes through the guard, the page asks about the review itself.
    "brief-check": Row(READERS, ONE),
    "brief-issue": Row(KEEPERS, ONE),
    "brief-open-again": Row(KEEPERS, ONE),
    "brief-preview": Row(READERS, {"key": 1, "form": "pdf"}),
    "brief-file": Row(READERS_OF_BRIEFS, {"key": 1, "number": 1, "form": "pdf"}),
}
