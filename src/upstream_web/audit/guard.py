"""Triggers that hold the rule of adding only, for whoever writes to the database by other ways than this site.

They stop mistakes and make tampering an act of will; what finds tampering is the chain. A migration that makes SQLite
write the table anew takes its triggers away, and has to end with `put`.
"""

from __future__ import annotations

from typing import Any

EVENTS = "audit_event"
CHANGED = "A line of the trail is never changed."
REMOVED = "A line of the trail is never removed before its time is up."
TAKEN = "That line of the trail is written already."
# Lines are erased by `operations.erasure.erase` alone, which says so in the sealed head first.
NOT_ERASED = "OLD.chain > COALESCE((SELECT max(erased_to) FROM audit_head), 0)"

SQLITE = {
    "trail_never_changed": f"BEFORE UPDATE ON {EVENTS} BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END",
    "trail_never_removed": (f"BEFORE DELETE ON {EVENTS} WHEN {NOT_ERASED} BEGIN SELECT RAISE(ABORT, '{REMOVED}'); END"),
    # Without this, INSERT OR REPLACE would put another line in the place of one without any trigger hearing of it.
    "trail_never_replaced": (
        f"BEFORE INSERT ON {EVENTS} WHEN EXISTS (SELECT 1 FROM {EVENTS} WHERE chain = NEW.chain) "
        f"BEGIN SELECT RAISE(ABORT, '{TAKEN}'); END"
    ),
}
POSTGRESQL_REFUSE = f"""
CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{CHANGED}'; END IF;
    IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION '{REMOVED}'; END IF;
    IF {NOT_ERASED} THEN RAISE EXCEPTION '{REMOVED}'; END IF;
    RETURN OLD;
END $$
"""
POSTGRESQL = {
    "trail_never_changed": f"BEFORE UPDATE OR DELETE ON {EVENTS} FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "trail_never_emptied": f"BEFORE TRUNCATE ON {EVENTS} FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
}


def statements_to_put(vendor: str) -> list[str]:
    """Give the statements that put the triggers in place, or put them there again."""
    triggers = SQLITE if vendor == "sqlite" else POSTGRESQL
    before = [] if vendor == "sqlite" else [POSTGRESQL_REFUSE]
    made = [f"CREATE TRIGGER {name} {rule}" for name, rule in triggers.items()]
    return [*statements_to_lift(vendor), *before, *made]


def statements_to_lift(vendor: str) -> list[str]:
    """Give the statements that take the triggers away."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE]
    return [f"DROP TRIGGER IF EXISTS {name} ON {EVENTS}" for name in POSTGRESQL]


def put(connection: Any) -> None:
    """Put the triggers in place on an open connection of Django's."""
    _run(connection, statements_to_put(connection.vendor))


def lift(connection: Any) -> None:
    """Take the triggers away: for tests of tampering and for filling a trail of a benchmark, never for the site."""
    _run(connection, statements_to_lift(connection.vendor))


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
