"""Which information a body may disclose under which gateway: a table, with the reason for every answer."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from upstream.exceptions import WrongUse

TABLE = Path(__file__).parent / "gateways.toml"


class Information(StrEnum):
    """Classes of information that a gateway tells apart."""

    COUNTS = "counts without identity"
    PERSONAL = "personal information"
    PATIENT = "patient information"


class Discloser(StrEnum):
    """Who discloses: the law treats health and social care authorities apart."""

    ANY = "any"
    HEALTH_OR_CARE = "health or care"


class GatewayRefused(WrongUse):
    """A gateway does not carry this information from this body."""


@dataclass(frozen=True)
class Decision:
    """Whether a gateway carries something, on whose words, and why."""

    information: Information
    discloser: Discloser
    allowed: bool
    law: str
    why: str


@dataclass(frozen=True)
class Gateway:
    """One power to disclose, with its table."""

    key: str
    title: str
    rows: tuple[Decision, ...]

    def decide(self, information: Information, *, is_health_or_care: bool) -> Decision:
        """Give the first row that fits; a pair without a row is refused."""
        who = Discloser.HEALTH_OR_CARE if is_health_or_care else Discloser.ANY
        for row in self.rows:
            if row.information is information and row.discloser in (who, Discloser.ANY):
                return row
        return Decision(information, who, False, "", f"{self.title} says nothing of {information}.")


@cache
def gateways() -> dict[str, Gateway]:
    """Read the gateways by their keys."""
    told = tomllib.loads(TABLE.read_text(encoding="utf-8"))["gateway"]
    return {each["key"]: Gateway(each["key"], each["title"], tuple(map(_row, each["row"]))) for each in told}


def _row(told: dict[str, str | bool]) -> Decision:
    information, discloser = Information(str(told["information"])), Discloser(str(told["from"]))
    return Decision(information, discloser, bool(told["allowed"]), str(told["law"]), str(told["why"]))


def check_may_disclose(gateway: str, information: Information, *, is_health_or_care: bool) -> Decision:
    """Give the decision where disclosure is allowed; raises `GatewayRefused` with the reason where it is not."""
    kept = gateways().get(gateway)
    if kept is None:
        raise GatewayRefused(f"There is no gateway {gateway!r}.", expected=f"One of {', '.join(gateways())}.")
    found = kept.decide(information, is_health_or_care=is_health_or_care)
    if not found.allowed:
        raise GatewayRefused(found.why, do=f"{kept.title}, {found.law}." if found.law else "")
    return found
