"""Opening the records of a workbench from the command line."""

from __future__ import annotations

from upstream.exceptions import WrongUse
from upstream.partnership import Partnership


def open_records(partnership: Partnership) -> None:
    """Make the records of a partnership ready; raises `WrongUse` where no site has been run since the last renewal."""
    from upstream_web import serving

    serving.open_site(partnership)
    from django.db import connection

    if "audit_head" not in connection.introspection.table_names():
        raise WrongUse("There is no audit trail yet, or it is of an earlier version.", do="Run `upstream run` once.")
