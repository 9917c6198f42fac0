"""School years: from 1 September to 31 August, both included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_MONTH = 9


@dataclass(frozen=True, order=True)
class SchoolYear:
    """The school year that begins on 1 September of `begins`.

    >>> SchoolYear(2025).label, SchoolYear.of(date(2026, 8, 31)), SchoolYear.of(date(2026, 9, 1))
    ('2025/26', SchoolYear(begins=2025), SchoolYear(begins=2026))
    """

    begins: int

    @classmethod
    def of(cls, on: date) -> SchoolYear:
        """Give the school year in which a day lies."""
        return cls(on.year if on.month >= FIRST_MONTH else on.year - 1)

    @property
    def since(self) -> date:
        """Its first day."""
        return date(self.begins, FIRST_MONTH, 1)

    @property
    def until(self) -> date:
        """Its last day."""
        return date(self.begins + 1, 8, 31)

    @property
    def label(self) -> str:
        """How it is written."""
        return f"{self.begins}/{(self.begins + 1) % 100:02d}"
