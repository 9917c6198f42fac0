"""What other parts of the site tell the board: plan, risks, inspections and so on, each left out where it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from upstream.measures.sentences import spell
from upstream.papers import Block, Cell, Column, Section, Source, State, Table, Text, Value, plain
from upstream_web.awareness import telling
from upstream_web.core.money import pounds, variance_words
from upstream_web.core.words import capital, count_words, short_day_words
from upstream_web.duty import evaluations
from upstream_web.duty.evaluation_paper import gap_day

MOST_ROWS = 10
TOO_LONG_RED = "red for longer than the rule allows"


@dataclass(frozen=True)
class Period:
    """The quarter that a pack is about, and the day on which it is made."""

    since: date
    until: date
    today: date


@dataclass(frozen=True)
class Told:
    """What one part of the site tells: lines for the first page, points to decide, its section, its sources."""

    in_short: str = ""  # one sentence for the cover
    late: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    decide_on: tuple[Table, ...] = ()  # what a point speaks of, where that is too much for its line
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()
    by_priority: dict[int, tuple[Block, ...]] = field(default_factory=dict)
    plan_lines: dict[int, str] = field(default_factory=dict)  # the plan of a priority in a sentence


def queries_of(app: str) -> Any | None:
    """Give the reads of another part of the site; None where it is not installed, or has none."""
    name = f"upstream_web.{app}"
    if not apps.is_installed(name) or find_spec(f"{name}.queries") is None:
        return None
    return import_module(f"{name}.queries")


def told_by_all(period: Period) -> list[Told]:
    """Ask every part of the site, in the order in which the pack tells it."""
    tellers: tuple[tuple[str, Callable[[Any, Period], Told]], ...] = (
        ("strategy", plan),
        ("governance", governance),
        ("inspections", inspections),
        ("duty", duty),
        ("reviews", reviews),
        ("awareness", awareness),
        ("commissioning", money),
    )
    found = []
    for app, tell in tellers:
        queries = queries_of(app)
        if queries is not None:
            found.append(tell(queries, period))
    return found


def first_of(rows: Any) -> tuple[list[Any], str]:
    """Give the first rows, and a note on how many more there are."""
    kept = list(rows[: MOST_ROWS + 1]) if hasattr(rows, "query") else list(rows)
    if len(kept) <= MOST_ROWS:
        return kept, ""
    total = rows.count() if hasattr(rows, "query") else len(kept)
    return kept[:MOST_ROWS], f"The first {MOST_ROWS} of {total:,}."


# ---- The delivery plan --------------------------------------------------------------------------------------
def plan(queries: Any, period: Period) -> Told:
    """Tell actions that are late, blocked or moved, with their reasons, and progress under each priority."""
    progress = queries.progress_per_priority(period.since, period.until, counted_on=period.today)
    counts = queries.plan_counts(queries.actions(), period.today)
    if not counts.total:
        return Told()
    on = f"On {short_day_words(period.today)}"
    late, more_late = first_of(queries.late_actions(period.today))
    blocked, more_blocked = first_of(queries.blocked_actions())
    blocks: list[Block] = [Text(plain(f"{on}, {counts.sentence}"))]
    if late:
        blocks.append(_actions("Actions past their day", late, period.today, more_late))
    if blocked:
        blocks.append(_actions("Blocked actions", blocked, period.today, more_blocked))
    slipped = [moved for each in progress for moved in each.slipped]
    if slipped:
        blocks.append(_slipped(slipped))
    lines = []
    if counts.late:
        lines.append(f"{count_words(counts.late, 'action')} of the plan past the day agreed.")
    if counts.blocked:
        lines.append(f"{count_words(counts.blocked, 'action')} of the plan blocked.")
    alone, together = _to_decide(list(queries.actions_to_escalate()), period.today)
    return Told(
        in_short=f"{on}, {counts.late:,} of {count_words(counts.total, 'action')} of the plan "
        f"{'is' if counts.late == 1 else 'are'} late and {counts.blocked or 'none'} blocked.",
        late=tuple(lines),
        decide=alone,
        decide_on=together,
        sections=(Section("The delivery plan", tuple(blocks)),),
        sources=(Source("plan", "State of actions, by rule", "Late when the day due has passed",
                        short_day_words(period.today), made_from="Delivery plan"),),
        by_priority={each.priority.number: (_progress(each, on),) for each in progress if each.counts.total},
        plan_lines={each.priority.number: each.counts.sentence for each in progress if each.counts.total},
    )  # fmt: skip


def _to_decide(asked: list[Any], today: date) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    """Give a point for each action that somebody escalates; those only red for too long are one point and a table.

    Named in the line of their point, the titles of many actions cannot be read.
    """
    points = [
        f"Decide on “{plain(str(each))}”: {plain(each.escalation_reason.rstrip('.'))}."
        for each in asked
        if each.escalation_reason
    ]
    red = sorted((each for each in asked if not each.escalation_reason), key=lambda each: each.standing.since)
    if len(red) == 1:
        points.append(f"Say what becomes of “{plain(str(red[0]))}”, which is {TOO_LONG_RED}.")
    if len(red) <= 1:
        return tuple(points), ()
    points.append(f"Say what becomes of the {spell(len(red))} actions in the table “{capital(TOO_LONG_RED)}”.")
    return tuple(points), (_red(red, today),)


def _red(actions: list[Any], today: date) -> Table:
    columns = (
        Column("Action", weight=36),
        Column("Lead", weight=34),
        Column("Red since", weight=12),
        Column("Why", weight=18),
    )
    rows = tuple(
        (
            str(action),
            action.lead_words,
            short_day_words(action.standing.since),
            next(iter(action.standing.reasons_on(today)), ""),
        )
        for action in actions
    )
    return Table(capital(TOO_LONG_RED), columns, rows, "", "plan")


def _actions(title: str, actions: list[Any], today: date, note: str) -> Table:
    columns = (
        Column("Action", weight=38),
        Column("Lead", weight=22),
        Column("Due", weight=13),
        Column("Why", weight=27),
    )
    rows = tuple(
        (
            str(action),
            action.lead_words,
            Cell(short_day_words(action.due_on), note=_lateness(action, today), state=State.LATE
                 if action.due_on < today else State.OPEN),
            action.blocked_by or action.slip_reason or "No reason was given",
        )
        for action in actions
    )  # fmt: skip
    return Table(title, columns, rows, note, "plan")


def _lateness(action: Any, today: date) -> str:
    days = (today - action.due_on).days
    return f"{count_words(days, 'day')} late" if days > 0 else ""


def _slipped(moved: list[Any]) -> Table:
    columns = (
        Column("Action", weight=40),
        Column("From", weight=14),
        Column("To", weight=14),
        Column("Why", weight=32),
    )
    rows = tuple(
        (str(each.action), short_day_words(each.old_due_on), short_day_words(each.new_due_on), each.reason)
        for each in moved[:MOST_ROWS]
    )
    note = f"The first {MOST_ROWS} of {len(moved)}." if len(moved) > MOST_ROWS else ""
    return Table("Days moved in the quarter", columns, rows, note, "plan")


def _progress(progress: Any, on: str) -> Text:
    said = plain(f"{on}, {progress.counts.sentence}")
    done = "; ".join(f"“{plain(str(action))}”" for action in progress.done[:4])
    return Text(f"**The plan.** {said}" + (f" Done in the quarter: {done}." if done else ""))


# ---- Risks and escalations ----------------------------------------------------------------------------------
def governance(queries: Any, period: Period) -> Told:
    """Tell risks outside appetite, escalations that are open, and decisions taken in the quarter."""
    risks, more = first_of(queries.risks_outside_appetite())
    escalations, _ = first_of(queries.open_escalations())
    decisions, more_decisions = first_of(queries.decisions(period.since, period.until))
    blocks: list[Block] = []
    if risks:
        blocks.append(_risks(risks, more))
    if escalations:
        blocks.append(_escalations(escalations, period.today))
    if decisions:
        blocks.append(_decisions(decisions, more_decisions))
    if not blocks:
        return Told()
    waiting = [each for each in escalations if not each.acknowledged_on]
    return Told(
        late=(f"{count_words(len(waiting), 'escalation')} not acknowledged yet.",) if waiting else (),
        decide=tuple(f"Accept or treat “{plain(str(risk))}”, a risk outside appetite." for risk in risks),
        sections=(Section("Risks, escalations and decisions", tuple(blocks)),),
        sources=(Source("governance", "Risks, escalations and decisions", "Score: likelihood times impact",
                        short_day_words(period.today), made_from="Register of risks; records of meetings"),),
    )  # fmt: skip


def _decisions(decisions: list[Any], note: str) -> Table:
    """Give decisions with their board, as each board counts its own from 1."""
    columns = (Column("Decision", weight=50), Column("Board", weight=32), Column("Taken", weight=18))
    rows = tuple(
        (
            Cell(capital(each.words), note=f"Decision {each.number}"),
            str(each.board),
            short_day_words(each.meeting.held_on),
        )
        for each in decisions
    )
    return Table("Decisions in the quarter", columns, rows, note, "governance")


def _risks(risks: list[Any], note: str) -> Table:
    columns = (
        Column("Risk", weight=40),
        Column("Score", "r", 10),
        Column("To reach", "r", 12),
        Column("Owner", weight=38),
    )
    rows = tuple(
        (
            Cell(str(risk), note=risk.planned.split("\n")[0][:160]),
            risk.score,
            risk.score_target,
            risk.owner_role,
        )
        for risk in risks
    )
    return Table("Risks outside appetite", columns, rows, note, "governance")


def _escalation_state(escalation: Any, today: date) -> State:
    if escalation.answered_on:
        return State.DONE
    return State.LATE if escalation.answer_by_on and escalation.answer_by_on < today else State.OPEN


def _escalations(escalations: list[Any], today: date) -> Table:
    columns = (
        Column("Escalation", weight=38),
        Column("To", weight=24),
        Column("Answer by", weight=16),
        Column("State", weight=22),
    )
    rows = tuple(
        (
            Cell(each.title, note=each.asked[:160]),
            each.receiver,
            short_day_words(each.answer_by_on) if each.answer_by_on else "No day given",
            Cell(each.get_state_display(), state=_escalation_state(each, today)),
        )
        for each in escalations
    )  # fmt: skip
    return Table("Escalations under way", columns, rows, "", "governance")


# ---- Inspections --------------------------------------------------------------------------------------------
def inspections(queries: Any, period: Period) -> Told:
    """Tell recommendations that are open, and responses whose clock runs."""
    found, more = first_of(queries.open_recommendations())
    owed = list(queries.responses_owed(period.today))
    blocks: list[Block] = []
    if found:
        blocks.append(_recommendations(queries.rated(found, period.today), period.today, more))
    if owed:
        rows = tuple(
            (str(each.inspection), each.stand.due_on, Cell(each.stand.words, state=_clock_state(each, period.today)))
            for each in owed[:MOST_ROWS]
        )
        columns = (Column("Report", weight=50), Column("Due", weight=20), Column("Clock", weight=30))
        blocks.append(Table("Responses owed", columns, rows, "", "inspections"))
    if not blocks:
        return Told()
    past = [each for each in found if each.due_on and each.due_on < period.today]
    late = [f"{count_words(len(past), 'recommendation')} past the deadline of the report."] if past else []
    late += [f"The response to {plain(str(each.inspection))}: {plain(each.stand.words)}." for each in owed
             if each.stand.due_on < period.today]  # fmt: skip
    return Told(
        late=tuple(late),
        sections=(Section("Inspections", tuple(blocks)),),
        sources=(Source("inspections", "Recommendations and clocks", "Rated by rule; days counted by the clock of each",
                        short_day_words(period.today), made_from="Register of inspections"),),
    )  # fmt: skip


RATINGS = {"red": State.LATE, "amber": State.DUE, "green": State.DONE}


def _due(asked: Any, today: date) -> Cell:
    """Give the day of the report for a recommendation, and by how much it has passed."""
    if asked.due_on is None:
        return Cell("No day given")
    late = f"{count_words((today - asked.due_on).days, 'day')} ago" if asked.due_on < today else ""
    return Cell(short_day_words(asked.due_on), note=late)


def _clock_state(owed: Any, today: date) -> State:
    return State.LATE if owed.stand.due_on < today else State.DUE


def _recommendations(rated: list[tuple[Any, Any]], today: date, note: str) -> Table:
    columns = (
        Column("Recommendation", weight=40),
        Column("Owner", weight=22),
        Column("Due", weight=18),
        Column("Rating", weight=20),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(str(each)[:220], note=str(each.inspection)),
            each.owner_words or str(each.body or "Nobody named"),
            _due(each, today),
            Cell(str(rating), note=each.get_state_display(), state=RATINGS.get(rating.code)),
        )
        for each, rating in rated
    )  # fmt: skip
    return Table("Open recommendations", columns, rows, note, "inspections")


# ---- The self-evaluation under the duty ---------------------------------------------------------------------
def duty(queries: Any, period: Period) -> Told:
    """Tell the last self-evaluation that was signed off: judgements by theme, and gaps with their owners and days."""
    made = evaluations.last_signed(period.today)
    if made is None:
        return Told()
    by_theme, latest = evaluations.rows(made), evaluations.last_round()
    said = [plain(evaluations.sentence(made, by_theme))]
    if latest is not None and latest.year > made.year:
        said.append(f"The round of {latest.year} is {latest.get_state_display().lower()}.")
    gaps = [row for _, those in by_theme for row in those if row.judgement.gap]
    again = evaluations.judged_again(made)
    blocks: list[Block] = [Text(" ".join(said)), _judged(made, by_theme)]
    if gaps:
        blocks.append(_gaps(gaps, again, period.today))
    here = sum(_is_late(row, again, period.today) for row in gaps)
    late = here + sum(each.round_id != made.pk for each in evaluations.late_gaps(period.today))
    return Told(
        late=(f"{count_words(late, 'gap')} of the self-evaluation past the day to close.",) if late else (),
        sections=(Section(f"Self-evaluation {made.year}", tuple(blocks)),),
        sources=(Source("duty", "Self-evaluation", "Judged, moderated and signed by different people",
                        short_day_words(made.signed_on or period.today), made_from="Rounds of self-evaluation"),),
    )  # fmt: skip


def _judged(made: Any, by_theme: Sequence[tuple[Any, Sequence[evaluations.Row]]]) -> Table:
    """Count the criteria of each theme at each level; no number is an average of judgements."""
    levels = evaluations.framework_of(made).levels
    columns = (Column("Theme", weight=40), *(Column(level.title, "r", 12) for level in levels))
    rows = tuple(
        (theme.title, *(sum(row.level == level for row in those) for level in levels)) for theme, those in by_theme
    )
    return Table("Criteria by theme and judgement", columns, rows, "", "duty")


def _closed_last(row: evaluations.Row) -> tuple[bool, date]:
    return not row.judgement.has_open_gap, row.judgement.gap_due_on or date.max


def _is_late(row: evaluations.Row, again: Mapping[str, int], today: date) -> bool:
    """Whether a gap is open past its day; one that a later round judged anew has its new day there."""
    judgement = row.judgement
    passed = judgement.has_open_gap and judgement.gap_due_on is not None and judgement.gap_due_on < today
    return passed and row.criterion.key not in again


def _gap_day(row: evaluations.Row, again: Mapping[str, int], today: date) -> Value:
    day = gap_day(row.judgement)
    if not isinstance(day, date):
        return day
    if _is_late(row, again, today):
        return Cell(short_day_words(day), state=State.LATE)
    year = again.get(row.criterion.key)
    return Cell(short_day_words(day), note=f"judged again in {year}" if year else "")


def _gaps(gaps: Sequence[evaluations.Row], again: Mapping[str, int], today: date) -> Table:
    columns = (Column("Gap", weight=46), Column("Who puts it right", weight=36), Column("By", weight=18))
    kept, more = first_of(sorted(gaps, key=_closed_last))
    rows = tuple(
        (
            Cell(row.judgement.gap, note=row.criterion.title),
            Cell(row.judgement.gap_owner, note=str(row.judgement.gap_body or "")),
            _gap_day(row, again, today),
        )
        for row in kept
    )
    return Table("Gaps and who closes them", columns, rows, more, "duty")


# ---- Incident reviews ---------------------------------------------------------------------------------------
def reviews(queries: Any, period: Period) -> Told:
    """Tell how reviews stand and what keeps coming back, as numbers: no review is named, for most are closed."""
    counts = queries.counts(period.today)
    if not counts.total:
        return Told()
    themes = [row for row in queries.themes_across() if row.comes_back]
    blocks: list[Block] = [Text(plain(counts.sentence))]
    if themes:
        columns = (Column("Theme", weight=60), Column("Reviews", "r", 20), Column("Actions still open", "r", 20))
        rows = tuple((row.theme.title, row.reviews, row.open_actions) for row in themes[:MOST_ROWS])
        blocks.append(Table("What more than one review found", columns, rows, "", "reviews"))
    late = (
        (counts.late_steps, "step of an incident review", "steps of incident reviews"),
        (counts.late_actions, "action from an incident review", "actions from incident reviews"),
        (counts.late_rechecks, "re-check of such an action", "re-checks of such actions"),
    )
    return Told(
        late=tuple(f"{count_words(number, one, many)} past the last day." for number, one, many in late if number),
        sections=(Section("Incident reviews", tuple(blocks)),),
        sources=(Source("reviews", "Incident reviews, their steps, actions and themes", "Counted; no review is named",
                        short_day_words(period.today), made_from="Register of incident reviews"),),
    )  # fmt: skip


# ---- Education and awareness -----------------------------------------------------------------------------------
def awareness(queries: Any, period: Period) -> Told:
    """Tell education, training and campaigns in totals; nothing of one school or team."""
    said = telling.sentences(period.since, period.until)
    if not said:
        return Told()
    return Told(
        late=telling.late_lines(period.until),
        sections=(Section("Education and awareness", tuple(Text(plain(each)) for each in said)),),
        sources=(Source("awareness", "Education, training and campaigns", "Counts as reported; small numbers not told",
                        short_day_words(period.until), made_from="Records of education and awareness"),),
    )  # fmt: skip


# ---- Money --------------------------------------------------------------------------------------------------
def money(queries: Any, period: Period) -> Told:
    """Tell what each fund awarded, planned and spent, where funds are kept."""
    lines = list(queries.spend_by_fund(period.since, period.until)) if hasattr(queries, "spend_by_fund") else []
    if not lines:
        return Told()
    columns = (
        Column("Fund", weight=40),
        Column("Planned", "r"),
        Column("Spent", "r"),
        Column("Difference", "r"),
    )
    rows = tuple(
        (str(each.fund), pounds(each.planned), pounds(each.spent), variance_words(each.spent - each.planned))
        for each in lines[:MOST_ROWS]
    )
    return Told(
        sections=(Section("Money", (Table("Spend against plan", columns, rows, "", "money"),)),),
        sources=(Source("money", "Spend against plan", "Sum of payments", short_day_words(period.until),
                        made_from="Register of funds"),),
    )  # fmt: skip
