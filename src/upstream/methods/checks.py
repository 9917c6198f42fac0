"""Checks of what a method is given; each failure names the argument and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from upstream.exceptions import WrongUse

Floats = NDArray[np.float64]


class ArgumentImpossible(WrongUse):
    """A method was given a number that cannot be: a negative count, a level outside 0 to 1."""


def check_confidence_level(confidence_level: float) -> float:
    """Accept a level as a proportion strictly between 0 and 1; 95 is refused rather than guessed at."""
    if not 0 < confidence_level < 1:
        raise ArgumentImpossible(
            f"confidence_level is {confidence_level}.",
            expected="A proportion between 0 and 1, such as 0.95.",
            do="Divide a percentage by 100.",
        )
    return float(confidence_level)


def check_counts(name: str, values: ArrayLike) -> Floats:
    """Give counts as floats. Not-a-number stands for unknown and stays so; negative counts are refused."""
    counts = np.asarray(values, dtype=float)
    if np.any(counts < 0) or np.any(np.isinf(counts)):
        raise ArgumentImpossible(
            f"{name} holds {_first(counts, (counts < 0) | np.isinf(counts))}.",
            expected="Counts of zero or more.",
            do="Give an unknown count as not-a-number (nan), not as a code.",
        )
    return counts


def check_denominators(name: str, values: ArrayLike) -> Floats:
    """Give denominators as floats with zero turned into unknown: there is no rate for nobody."""
    denominators = check_counts(name, values)
    return np.where(denominators > 0, denominators, np.nan)


def check_part_of(name: str, part: Floats, whole_name: str, whole: Floats) -> None:
    """Refuse a part that is larger than its whole."""
    excess = part > whole
    if np.any(excess):
        raise ArgumentImpossible(
            f"{name} holds {_first(part, excess)}, more than {whole_name}.",
            expected=f"Each of {name} to lie between 0 and {whole_name}.",
            do="Check that both were counted over the same rows.",
        )


def check_same_length(**arrays: Floats) -> None:
    """Refuse arrays that should be parallel and are not."""
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ArgumentImpossible(f"{found}.", expected="One entry for each, in the same order.")


def check_same_strata(**mappings: Mapping[str, object]) -> tuple[str, ...]:
    """Refuse mappings whose strata differ, naming what is missing where."""
    names = tuple(mappings["standard"])
    for name, mapping in mappings.items():
        lacking, spare = set(names) - set(mapping), set(mapping) - set(names)
        if lacking or spare or not names:
            raise ArgumentImpossible(
                f"{name} lacks the strata {sorted(lacking)} and has {sorted(spare)} besides.",
                expected=f"The same strata as the standard: {list(names)}.",
                do="Give zero events for a stratum in which nothing happened.",
            )
    return names


def broadcast(*arrays: Floats) -> tuple[Floats, ...]:
    """Give arrays of one shape, so that a single denominator can serve many counts."""
    return tuple(np.array(array) for array in np.broadcast_arrays(*arrays))


def divide(numerator: Any, denominator: Any) -> Floats:
    """Divide, giving not-a-number instead of a warning where the denominator is zero or unknown."""
    top, bottom = broadcast(np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float))
    answer = np.full(top.shape, np.nan)
    np.divide(top, bottom, out=answer, where=(bottom != 0) & np.isfinite(bottom))
    return answer


def _first(values: Floats, wrong: NDArray[np.bool_]) -> str:
    return f"{np.broadcast_to(values, wrong.shape)[wrong].flat[0]:g}"
