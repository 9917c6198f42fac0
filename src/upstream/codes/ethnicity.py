"""Ethnic groups in the classifications that feeds use, and who said so.

What a person said of themselves and what an officer saw are different facts: they are different types here, and
no function takes both. Not stated and not recorded differ as well, and neither is ever given to a group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from upstream.codes.reading import UnknownCode, plain, read_toml
from upstream.exceptions import WrongUse

SCHEMES = ("5+1", "16+1", "18+1")
NOT_STATED, NOT_RECORDED, NOT_KNOWN_WHICH = "NS", "NR", "NK"
MISSING = (NOT_STATED, NOT_RECORDED, NOT_KNOWN_WHICH)


class EthnicityBasesMixed(WrongUse):
    """Self-defined and officer-defined ethnicity were to be put together."""


class EthnicGroupNotSeparable(WrongUse):
    """A group of a coarser classification was to be taken apart into a finer one."""


@dataclass(frozen=True)
class _Ethnicity:
    """A group (or a reason why there is none) in one classification."""

    code: str
    scheme: str

    def __post_init__(self) -> None:
        if self.code not in (*_scheme_codes(self.scheme), *MISSING):
            raise UnknownCode(
                f"“{self.code}” is not a group of the classification {self.scheme}.",
                expected="one of " + ", ".join((*_scheme_codes(self.scheme), *MISSING)),
            )

    @property
    def name(self) -> str:
        """Name of the group in our words."""
        return group_name(self.code)

    @property
    def is_known(self) -> bool:
        """Whether a group was stated and recorded."""
        return self.code not in MISSING


@dataclass(frozen=True)
class SelfDefinedEthnicity(_Ethnicity):
    """What the person said."""


@dataclass(frozen=True)
class OfficerDefinedEthnicity(_Ethnicity):
    """What the officer saw: broad groups only."""


Ethnicity = TypeVar("Ethnicity", SelfDefinedEthnicity, OfficerDefinedEthnicity)


@dataclass(frozen=True)
class EthnicityCounts:
    """How many of each group, all on one basis and in one classification."""

    basis: type[SelfDefinedEthnicity] | type[OfficerDefinedEthnicity]
    scheme: str
    counts: Mapping[str, int]

    def __add__(self, other: EthnicityCounts) -> EthnicityCounts:
        """Add counts of the same basis and classification; raises `EthnicityBasesMixed` or `WrongUse`."""
        if self.basis is not other.basis:
            raise EthnicityBasesMixed(
                "Self-defined and officer-defined ethnicity were to be added.",
                do="Report the two side by side; they answer different questions.",
            )
        if self.scheme != other.scheme:
            raise WrongUse(
                f"Counts by {self.scheme} and {other.scheme} were to be added.",
                do="Take both to the coarser classification with `convert` first.",
            )
        codes = sorted({*self.counts, *other.counts})
        summed = {code: self.counts.get(code, 0) + other.counts.get(code, 0) for code in codes}
        return EthnicityCounts(self.basis, self.scheme, summed)


def count_ethnicities(values: list[Ethnicity]) -> EthnicityCounts:
    """Count values of one basis and classification; raises `EthnicityBasesMixed` when there are two.

    An empty list cannot say its basis and is refused as `WrongUse`.
    """
    kinds = {type(value) for value in values}
    if len(kinds) > 1:
        raise EthnicityBasesMixed("Self-defined and officer-defined ethnicity were to be counted together.")
    schemes = {value.scheme for value in values}
    if len(schemes) != 1:
        raise WrongUse(f"Expected values of one classification, found {len(schemes)}.")
    counts: dict[str, int] = {}
    for value in values:
        counts[value.code] = counts.get(value.code, 0) + 1
    return EthnicityCounts(kinds.pop(), schemes.pop(), counts)


def read_self_defined(label: str, feed: str, scheme: str) -> SelfDefinedEthnicity:
    """Read what `feed` wrote for what the person said; raises `UnknownCode` for words that feed does not use.

    >>> read_self_defined("White - Irish", "police_stop_search", "18+1").code
    'W2'
    """
    return SelfDefinedEthnicity(_code(label, feed, "self-defined", scheme), scheme)


def read_officer_defined(label: str, feed: str) -> OfficerDefinedEthnicity:
    """Read what `feed` wrote for what the officer saw; raises `UnknownCode` for words that feed does not use."""
    return OfficerDefinedEthnicity(_code(label, feed, "officer-defined", "5+1"), "5+1")


def convert(value: Ethnicity, scheme: str) -> Ethnicity:
    """Take a group to another classification, keeping who said so.

    From finer to coarser always; from 16+1 to 18+1 where the group is the same in both. Raises
    `EthnicGroupNotSeparable` where the finer group cannot be told. The broad groups follow the classification
    that the value comes from: Chinese is Other from 16+1 and Asian from 18+1, so broad groups from the two must
    not be compared without saying so.

    >>> convert(SelfDefinedEthnicity("A4", "18+1"), "16+1").name
    'Other: Chinese'
    """
    if value.scheme == scheme or not value.is_known:
        return type(value)(value.code, scheme)
    if scheme == "5+1":
        return type(value)(read_toml("ethnicity.toml")["groups"][value.code]["broad"], scheme)
    changes = read_toml("ethnicity.toml")[{"16+1": "to_16", "18+1": "to_18"}[scheme]]
    code = changes.get(value.code, value.code)
    if value.scheme == "5+1" or (scheme == "18+1" and code in ("W9", "O9")):
        raise EthnicGroupNotSeparable(
            f"“{value.name}” of {value.scheme} cannot be told apart into {scheme}.",
            do="Take the finer data to the coarser classification instead.",
        )
    return type(value)(code, scheme)


def group_name(code: str) -> str:
    """Name a group, broad group or reason for none in our words; raises `UnknownCode`."""
    lists = read_toml("ethnicity.toml")
    names = {**lists["missing"], **lists["broad"], **{k: group["name"] for k, group in lists["groups"].items()}}
    if code not in names:
        raise UnknownCode(f"“{code}” is not the code of an ethnic group.")
    return str(names[code])


def labels(feed: str, basis: str, scheme: str) -> dict[str, str]:
    """Give the code of every label that `feed` uses on that basis and in that classification."""
    for entry in read_toml("ethnicity.toml")["labels"]:
        if (entry["feed"], entry["basis"], entry["scheme"]) == (feed, basis, scheme):
            return dict(entry["codes"])
    raise UnknownCode(f"No {basis} labels of {feed} in {scheme} are held.")


def _code(label: str, feed: str, basis: str, scheme: str) -> str:
    codes = _plain_labels(feed, basis, scheme)
    if plain(label) not in codes:
        raise UnknownCode(
            f"“{label}” is not a label of {feed} for {basis} ethnicity.",
            do="If the supplier has a new one, add it to codes/ethnicity.toml.",
        )
    return codes[plain(label)]


@cache
def _plain_labels(feed: str, basis: str, scheme: str) -> dict[str, str]:
    return {plain(label): code for label, code in labels(feed, basis, scheme).items()}


def _scheme_codes(scheme: str) -> tuple[str, ...]:
    schemes: dict[str, Any] = read_toml("ethnicity.toml")["schemes"]
    if scheme not in schemes:
        raise UnknownCode(f"“{scheme}” is not a classification of ethnic groups.", expected=" or ".join(SCHEMES))
    return tuple(schemes[scheme]["groups"])
