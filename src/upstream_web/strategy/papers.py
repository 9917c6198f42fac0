"""The strategy as a paper for everybody: what it promises, and how far it has come in counts. It names no person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from upstream.clocks import say_day
from upstream.papers import Column, Fact, Paper, Section, Table, Text, plain
from upstream_web.core.words import count_words
from upstream_web.core.workbench import get_partnership
from upstream_web.strategy import queries
from upstream_web.strategy.models import Action, CommitmentState, Priority, Strategy, StrategySection


def strategy_paper(strategy: Strategy, *, on: date, made_at: datetime) -> Paper:
    """Make the paper of a strategy in force, with its progress as it stood on a day."""
    config, told = get_partnership().config, queries.commitments_of(strategy)
    texts = list(strategy.sections.present())
    return Paper(
        kind="Strategy",
        title=strategy.title,
        subtitle=f"In force since {say_day(strategy.published_on)}" if strategy.published_on else "",
        partnership=config.name,
        made_at=made_at,
        period=f"{strategy.period_from.year} to {strategy.period_until.year}",
        version=str(strategy.number),
        summary=(plain(strategy.aim),),
        facts=(Fact("Serious violence means", plain(strategy.definition_words or strategy.definition)),),
        sections=(
            Section(f"Progress by {say_day(on)}", tuple(_progress(told, on))),
            *(_text(each) for each in texts if not each.after_priorities),
            Section("What we will do", (), tuple(_priority(priority, held) for priority, held in told.items())),
            *(_text(each) for each in texts if each.after_priorities),
        ),
        worked_example=config.worked_example,
    )


def _text(section: StrategySection) -> Section:
    return Section(section.heading, (Text(section.text),))


def _priority(priority: Priority, held: list[queries.CommitmentProgress]) -> Section:
    promises = [f"- {_promise(each)}" for each in held]
    return Section(str(priority), (Text(plain(priority.meaning)), *([Text("\n".join(promises))] if promises else [])))


def _promise(told: queries.CommitmentProgress) -> str:
    words = plain(told.commitment.words)
    if told.commitment.state == CommitmentState.OPEN:
        return words
    return f"{words} **{told.commitment.get_state_display()}.**"


def _progress(priorities: Iterable[Priority], on: date) -> Iterable[Text | Table]:
    """Say in a sentence and a table how the actions stand; who leads them and what is said of them stays inside."""
    counted = [(str(priority), queries.plan_counts(_actions(priority), on)) for priority in priorities]
    rows = [(name, (each.total, each.done, each.under_way, each.late)) for name, each in counted]
    sums = [sum(numbers) for numbers in zip(*(numbers for _, numbers in rows), strict=True)] or [0, 0, 0, 0]
    total, done, *_ = sums
    yield Text(f"{done:,} of {count_words(total, 'action')} of the delivery plan were done by {say_day(on)}.")
    yield Table(
        title="Actions under each priority",
        columns=tuple(
            Column(name, "l" if name == "Priority" else "r")
            for name in ("Priority", "Actions", "Done", "Under way", "Late")
        ),
        rows=(*((name, *numbers) for name, numbers in rows), ("All priorities", *sums)),
        total=True,
        note="Late: the day on which it was to be done has passed and it is not done.",
    )


def _actions(priority: Priority) -> QuerySet[Action]:
    return queries.actions().filter(commitment__priority=priority)
