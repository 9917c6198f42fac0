"""Code lists by name, for contracts that check a column against one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from upstream.codes.ethnicity import labels
from upstream.codes.outcomes import police_uk_outcomes
from upstream.codes.police_forces import police_forces
from upstream.codes.police_uk_crime_types import police_uk_crime_types
from upstream.codes.reading import UnknownCode, read_toml
from upstream.codes.specified_authorities import authorities


@cache
def code_list(name: str) -> frozenset[str]:
    """Give every value that the code list `name` allows; raises `UnknownCode` naming the lists there are.

    >>> "Robbery" in code_list("police_uk_crime_types")
    True
    """
    if name not in _LISTS:
        raise UnknownCode(f"There is no code list “{name}”.", expected="one of " + ", ".join(code_list_names()))
    return frozenset(_LISTS[name]())


def code_list_names() -> tuple[str, ...]:
    """Name every code list that a contract may refer to."""
    return tuple(sorted(_LISTS))


def _outcome_words() -> set[str]:
    return {word for item in police_uk_outcomes() for word in (item.name, *item.variants)}


def _ethnicity_labels(feed: str, basis: str, scheme: str) -> Callable[[], set[str]]:
    return lambda: set(labels(feed, basis, scheme))


def _stop_search(column: str) -> Callable[[], set[str]]:
    return lambda: set(read_toml("stop_search.toml")[column])


_LISTS: dict[str, Callable[[], set[str]]] = {
    "police_uk_crime_types": lambda: {item.name for item in police_uk_crime_types()},
    "outcomes": _outcome_words,
    "police_uk_forces": lambda: {force.police_uk_name for force in police_forces()},
    "police_uk_force_slugs": lambda: {force.slug for force in police_forces()},
    "authorities": lambda: {item.code for item in authorities()},
    "stop_search_outcome": _stop_search("outcome"),
    "stop_search_type": _stop_search("search_type"),
    "stop_search_gender": _stop_search("gender"),
    "stop_search_age_range": _stop_search("age_range"),
    "stop_search_self_defined_ethnicity": _ethnicity_labels("police_stop_search", "self-defined", "18+1"),
    "stop_search_officer_defined_ethnicity": _ethnicity_labels("police_stop_search", "officer-defined", "5+1"),
    "stop_search_year_ethnicity": _ethnicity_labels("stop_search_year", "self-defined", "16+1"),
    "census_ethnicity": _ethnicity_labels("census_ethnicity_districts", "self-defined", "18+1"),
}
