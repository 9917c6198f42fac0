"""How numbers are put into words. Every choice of a word for an amount is made here, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from upstream.charts.words import capital as capital

SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times", 7: "seven times"}
TIMES |= {8: "eight times", 9: "nine times", 10: "ten times"}

# Fractions that people say. A share is given one only when it lies within half a percentage point of it.
FRACTIONS = (
    (0.01, "one in a hundred"),
    (0.02, "one in fifty"),
    (0.05, "one in twenty"),
    (0.1, "one in ten"),
    (0.2, "one in five"),
    (0.25, "a quarter"),
    (1 / 3, "a third"),
    (0.5, "half"),
    (2 / 3, "two thirds"),
    (0.75, "three quarters"),
)
CLOSE = 0.005
# Wider, for texts that say "about".
ABOUT = 0.02


def spelled(count: int) -> str:
    """A count in words up to ten, in figures above."""
    return SPELLED[count] if 0 <= count < len(SPELLED) else f"{count:,}"


def counted(value: float) -> str:
    """A count with its thousands parted: 41,429."""
    return f"{value:,.0f}"


def rounded(value: float, to: int = 1_000) -> str:
    """A large estimate to the nearest thousand, which is as exact as an estimate is: 1,146,000."""
    return f"{round(value / to) * to:,}"


def plain(value: float, decimals: int = 1) -> str:
    """A rate or score with as many decimals as it can bear; none from a hundred up."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.{decimals}f}"


def percent(share: float) -> str:
    """A share of 0 to 1 as a percentage; one decimal below ten per cent, where it matters."""
    points = share * 100
    if points and abs(points) < 0.1:
        return "less than 0.1%"
    return f"{points:.1f}%" if abs(points) < 9.95 else f"{points:.0f}%"


def fraction(share: float, *, closeness: float = CLOSE) -> str:
    """A share of 0 to 1 as people say it when it lies close to a common fraction, otherwise as a percentage."""
    for value, words in FRACTIONS:
        if abs(share - value) <= min(closeness, value / 10):
            return words
    return percent(share)


def roughly(share: float) -> str:
    """A share of 0 to 1 as a common fraction, with "about" before it when it is near but not at it."""
    exact = fraction(share)
    if not exact.endswith("%"):
        return exact
    near = fraction(share, closeness=ABOUT)
    return near if near.endswith("%") else f"about {near}"


def times(ratio: float) -> str:
    """A ratio as people say it: twice, six times, 2.4 times. Rounded to a whole only within a tenth of one."""
    whole = round(ratio)
    if whole in TIMES and abs(ratio - whole) <= 0.1:
        return TIMES[whole]
    return f"{ratio:.1f} times"


def interval(lower: float, upper: float, decimals: int = 1) -> str:
    """An interval in words: 351 to 403."""
    return f"{plain(lower, decimals)} to {plain(upper, decimals)}"


def listed(items: Sequence[str], joiner: str = "and") -> str:
    """Several things as people list them: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def lowered(text: str) -> str:
    """The text with its first letter small, unless the word is an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def month(day: date) -> str:
    """A month and its year: March 2025."""
    return f"{day:%B %Y}"


def span(first: date, last: date) -> str:
    """Two months as a span, the year said once when it is the same."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if first.year == last.year:
        return f"{first:%B} to {month(last)}"
    return f"{month(first)} to {month(last)}"


def months_listed(months: Sequence[date]) -> str:
    """Months as people list them, those that follow one another put together."""
    runs: list[list[date]] = []
    for day in sorted(months):
        if runs and (day.year * 12 + day.month) - (runs[-1][-1].year * 12 + runs[-1][-1].month) == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return listed([span(run[0], run[-1]) for run in runs])


def ordinal(place: int) -> str:
    """A place in an order: 1st, 2nd, 12th."""
    if 10 <= place % 100 <= 20:
        return f"{place}th"
    return f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th') }"


def escaped(text: str) -> str:
    """Text from data made safe to stand in a sentence's template."""
    return text.replace("{", "{{").replace("}", "}}")
