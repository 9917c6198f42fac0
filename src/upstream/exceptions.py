"""Failures that a person can act on, each with the exit code the command gives for it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command answers to the shell."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    INPUT_REFUSED = 3


class UpstreamFailure(Exception):
    """Something that can be put right: what was found, what was expected, what to do next.

    Subclasses are named for the condition. The command and the site show the message without a traceback.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, found: str, *, expected: str = "", do: str = "") -> None:
        self.found = found
        self.expected = expected
        self.do = do
        super().__init__(" ".join(part for part in (found, _sentence(expected), do) if part))


def _sentence(expected: str) -> str:
    """Write what was expected as a sentence between the two others; a mere list or example is introduced."""
    if not expected:
        return ""
    said = expected if expected[0].isupper() else f"Expected: {expected}"
    return said if said.endswith((".", "!", "?", "…", ".”")) else f"{said}."


class WrongUse(UpstreamFailure):
    """The call itself is off: an unknown name, an impossible combination."""

    exit_code = ExitCode.WRONG_USE


class Overtaken(UpstreamFailure):
    """Somebody else changed the same meanwhile; nothing of theirs was written over."""


class InputRefused(UpstreamFailure):
    """A file or folder that cannot be taken as it is."""

    exit_code = ExitCode.INPUT_REFUSED


class PartnershipNotFound(WrongUse):
    """There is no partnership at the folder given."""


class PartnershipIncomplete(InputRefused):
    """`partnership.toml` lacks something or says something impossible; lists every fault."""


class NoBuildYet(UpstreamFailure):
    """A figure was asked for before the first build was made."""


class UnknownMeasure(WrongUse):
    """No measure has that name; the message lists the nearest names."""


class MeasureCannotBeCutThatWay(WrongUse):
    """The measure is not carried at that level, period or breakdown; the message lists those it is."""


class UnknownFeed(WrongUse):
    """No contract has that name."""


class UnknownArea(WrongUse):
    """No area has that code in the geography held."""
