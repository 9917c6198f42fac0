"""How much risk is accepted in each category, as data of the partnership, and whether a risk lies outside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from upstream.exceptions import InputRefused
from upstream_web.governance.models import Impact, Likelihood, Risk

OWN = Path("records/governance/appetite.toml")
FIELDS = {"key", "title", "appetite", "most", "why"}
HIGHEST = 25
BANDS = ((15, "very high"), (10, "high"), (5, "moderate"), (1, "low"))


class AppetiteIncomplete(InputRefused):
    """The file of appetites lacks something or says something impossible; lists every fault."""


@dataclass(frozen=True)
class Category:
    """A category of risk with the highest score that is accepted in it."""

    key: str
    title: str
    appetite: str
    most: int
    why: str


def read_categories(path: Path) -> tuple[Category, ...]:
    """Read the categories from a file; raises `AppetiteIncomplete` with every fault at once."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("category", [])
    faults = [] if rows else ["it has no [[category]]"]
    for number, row in enumerate(rows, start=1):
        name = row.get("key") or f"category {number}"
        faults += [f"{name} lacks {field}" for field in sorted(FIELDS - row.keys())]
        faults += [f"{name} has {field}, which nothing reads" for field in sorted(row.keys() - FIELDS)]
        if not 1 <= row.get("most", 1) <= HIGHEST:
            faults.append(f"{name} accepts a score of {row['most']}; scores are 1 to {HIGHEST}")
    keys = [row.get("key") for row in rows]
    faults += [f"{key} stands twice" for key in dict.fromkeys(keys) if keys.count(key) > 1]
    if faults:
        raise AppetiteIncomplete(
            f"{path} cannot be used: {'; '.join(faults)}.", expected=f"[[category]] with {', '.join(sorted(FIELDS))}."
        )
    return tuple(Category(**row) for row in rows)


@lru_cache(maxsize=8)
def _categories(folder: str) -> tuple[Category, ...]:
    own = Path(folder) / OWN
    return read_categories(own if own.exists() else Path(__file__).parent / "appetite.toml")


def categories() -> tuple[Category, ...]:
    """Give the categories of this partnership."""
    return _categories(str(settings.PARTNERSHIP_FOLDER))


def category_choices() -> list[tuple[str, str]]:
    """Give the categories for a form: key and title."""
    return [(each.key, each.title) for each in categories()]


def category_of(risk: Risk) -> Category:
    """Give the category of a risk; one that is no longer kept accepts nothing, so that somebody looks."""
    found = next((each for each in categories() if each.key == risk.category), None)
    return found or Category(risk.category, risk.category, "Not known", 0, "This category is no longer kept.")


def band(score: int) -> str:
    """Say a score in a word."""
    return next(word for least, word in BANDS if score >= least)


def is_outside(risk: Risk) -> bool:
    """Whether an open risk lies outside the appetite of its category."""
    return risk.is_open and risk.score > category_of(risk).most


def reason(risk: Risk) -> str:
    """Say by which rule a risk lies within or outside appetite."""
    category = category_of(risk)
    score = f"{Likelihood(risk.likelihood).label[2:].lower()} × {Impact(risk.impact).label[2:].lower()} = {risk.score}"
    if not risk.is_open:
        return f"Closed; it last stood at {score}."
    if risk.score > category.most:
        return f"Outside appetite: {score}, and {category.title.lower()} accepts at most {category.most}."
    return f"Within appetite: {score}, and {category.title.lower()} accepts up to {category.most}."
