"""What all kinds of record of education and awareness share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from upstream_web.access.permissions import Permission
from upstream_web.awareness.school_year import SchoolYear
from upstream_web.records.register import Register


class AwarenessRegister(Register[Any]):
    """A register of education and awareness."""

    area, section = "act", "awareness"
    see, change = Permission.AWARENESS_VIEW, Permission.AWARENESS_CHANGE

    def crumbs(self, record: Any = None) -> list[tuple[str, str]]:
        """Below the front page of education."""
        return [("Education", reverse("awareness")), (self.title, self.address())]

    def there(self, person: Any) -> Any:
        """Give the records that this person may see and that were not removed."""
        seen: Any = self.visible_to(person)
        return seen.present()

    def to_act_on(self, person: Any) -> Any:
        """Give the records that this person may change, and so is reminded of."""
        records: Any = self.records()
        return records.present().visible_to(person, Permission.AWARENESS_CHANGE)


def this_year() -> SchoolYear:
    """Give the school year of today."""
    return SchoolYear.of(timezone.localdate())
