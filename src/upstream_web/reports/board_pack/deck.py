"""The slides of the pack: what a board talks about, on few slides. The whole detail stays in the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from upstream.papers import Block, Cell, Column, Decision, Section, State, Table, Text, Value, plain
from upstream_web.performance.periods import words_of
from upstream_web.performance.result import Result
from upstream_web.performance.scorecard import counts_of
from upstream_web.performance.scorecard import sentence_of as sentence_of_all
from upstream_web.reports.board_pack.other_parts import Told
from upstream_web.reports.board_pack.telling import by_priority, changed_line, late_lines, points_to_decide
from upstream_web.reports.board_pack.wording import SIGNALS, key_of, measure_of, sentence_of, shown_value

MOST_LINES, MOST_LATE, MOST_OF_THEIR_OWN, MOST_ROWS = 3, 4, 5, 5
IN_THE_PAPER_ONLY = ("Days moved in the quarter", "Decisions in the quarter")
TARGETS = {"met": State.DONE, "not met": State.LATE, "too uncertain to say": State.DUE}
TARGET_WORDS = {"met": "Met", "not met": "Not met", "too uncertain to say": "Uncertain"}
SIGNAL_WORDS = {"ordinary": "Ordinary", "concern": "Worse", "improve": "Better", "notice": "Changed"}
MOST_LINES_OF_A_PRIORITY = 5
WORST_FIRST = ("worse", "changed", "better")
LONGEST_WORDS = 110


def deck_of(results: Sequence[Result], told: Sequence[Told]) -> tuple[Section, ...]:
    """Give what stands on the slides; the same results and the same tales give the same slides."""
    decide = points_to_decide(results, told)
    spoken_of = tuple(_first_rows(table) for each in told for table in each.decide_on)
    asked = Section("Needs a decision", (Decision(tuple(decide), label="Needs a decision"), *spoken_of))
    return (
        Section("In short", (Text(_in_short(results, told)),)),
        *((asked,) if decide else ()),
        Section("Priorities", tuple(_scorecards(results, told))),
        *_changed(results),
        *(kept for each in told for section in each.sections if (kept := _shortened(section)).blocks),
    )


def _in_short(results: Sequence[Result], told: Sequence[Told]) -> str:
    """Say on one slide what changed and what is late."""
    changed = [changed_line(result) for result in _by_weight(results)]
    late = late_lines(results, told)
    more = len(changed) - MOST_LINES
    listed = "\n".join(f"- {line}" for line in changed[:MOST_LINES]) or "Nothing beyond ordinary variation."
    owed = " ".join(late[:MOST_LATE]) or "Nothing."
    parts = (
        plain(sentence_of_all(results)) or "No indicator counted in this quarter.",
        f"**What changed**{f' ({more} more)' if more > 0 else ''}",
        listed,
        f"**What is late:** {owed}",
    )
    return "\n\n".join(parts)


def _by_weight(results: Sequence[Result]) -> list[Result]:
    """Give what changed, the worse before the better."""
    asked = [result for result in results if result.signal.asks]
    return sorted(asked, key=lambda result: WORST_FIRST.index(result.signal.verdict))


# ---- a slide for each priority -------------------------------------------------------------------------------
def _scorecards(results: Sequence[Result], told: Sequence[Told]) -> Iterator[Block]:
    columns = (
        Column("Indicator", weight=36), Column("Newest", weight=34), Column("It tells", weight=16),
        Column("Target", weight=14),
    )  # fmt: skip
    for (number, name), members in by_priority(results):
        plans = [(each.plan_lines[number],) for each in told if number in each.plan_lines]
        shown = sorted(members, key=lambda result: not result.is_current)[:MOST_LINES_OF_A_PRIORITY]
        rows = [_line(result) for result in shown]
        left_out = [f"{len(members) - len(shown)} more in the paper."] if len(shown) < len(members) else []
        note = " ".join([*(f"The plan: {words}" for (words,) in plans), *left_out])
        yield Table(_finding(number, name, members), columns, tuple(rows), note)


def _finding(number: int, name: str, members: Sequence[Result]) -> str:
    """Say a priority in one line, which titles its slide."""
    counts = counts_of(members)
    said = [f"{counts[word]} {word}" for word in ("better", "worse") if counts[word]] or ["no sign of change"]
    if counts["with_target"]:
        said.append(f"{counts['met']} of {counts['with_target']} targets met")
    title = f"{number}. {name}" if number else name
    return f"{title}: {', '.join(said)}"


def _line(result: Result) -> tuple[Value, ...]:
    latest, target = result.latest, result.target
    when = words_of(latest.start, latest.end) if latest else ""
    met = (
        Cell(TARGET_WORDS.get(target.met, "Not known"), state=TARGETS.get(target.met, State.UNKNOWN)) if target else "–"
    )
    return (
        Cell(result.title, key=key_of(result)), Cell(shown_value(result), note=when),
        Cell(SIGNAL_WORDS.get(result.signal.kind, "Not known"), state=SIGNALS[result.signal.kind]), met,
    )  # fmt: skip


# ---- what gets a slide of its own ----------------------------------------------------------------------------
def _changed(results: Sequence[Result]) -> Iterator[Section]:
    """Give what changed a slide each, with its chart, as far as a board can take them in."""
    found = _by_weight(results)
    if found:
        yield Section(
            "What changed",
            tuple(measure_of(result, sentence=sentence_of(result)) for result in found[:MOST_OF_THEIR_OWN]),
        )


def _shortened(section: Section) -> Section:
    """Keep of what another part tells its tables, with the first rows and short words."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    kept = tuple(_first_rows(table) for table in tables if table.title not in IN_THE_PAPER_ONLY)
    return Section(section.heading, kept)


def _first_rows(table: Table) -> Table:
    rows = tuple(tuple(_short(value) for value in row) for row in table.rows[:MOST_ROWS])
    more = len(table.rows) - MOST_ROWS
    title = f"{table.title} (the first {MOST_ROWS} of {len(table.rows)})" if more > 0 else table.title
    return Table(title, table.columns, rows, table.note, table.key)


def _short(value: Value) -> Value:
    if isinstance(value, Cell):
        return Cell(_cut(value.text), state=value.state, key=value.key)
    return _cut(value) if isinstance(value, str) else value


def _cut(text: str) -> str:
    if len(text) <= LONGEST_WORDS:
        return text
    return f"{text[:LONGEST_WORDS].rsplit(' ', 1)[0]}…"
