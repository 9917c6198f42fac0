"""Papers of commissioning: the letter of an outcome, and an agreement summed up for the file."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from upstream.papers import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Paper,
    Section,
    Signature,
    SignOff,
    State,
    Table,
    Text,
    plain,
)
from upstream_web.commissioning import queries
from upstream_web.commissioning.models import Bid, BidState, Grant, PaymentState, ReturnState, Variation
from upstream_web.commissioning.small import number_words, safe_words
from upstream_web.core.money import pounds
from upstream_web.core.words import capital, short_day_words
from upstream_web.core.workbench import get_partnership

OUTCOMES = {
    BidState.FUNDED: "We are glad to tell you that we wish to fund **{title}** with {offered}. This is not an "
    "agreement yet: nothing should be spent before both sides have signed one.",
    BidState.RESERVE: "We hold **{title}** in reserve. Should money become free in this round, we will ask you whether "
    "you still wish to go ahead.",
    BidState.DECLINED: "We are sorry to tell you that we cannot fund **{title}** in this round.",
}


def letter(bid: Bid, *, made_at: datetime) -> Paper:
    """Give the letter that tells an organisation what was decided about its bid, and why."""
    partnership = get_partnership().config
    told = OUTCOMES[BidState(bid.state)].format(title=plain(bid.title), offered=pounds(bid.offered))
    blocks: list[Block] = [
        Text(f"Thank you for your bid in the round “{plain(str(bid.round))}”. {told}"),
        Facts(
            (
                Fact("Asked for", pounds(bid.asked)),
                *([Fact("Offered", pounds(bid.offered))] if bid.offered else []),
                Fact("Decided on", short_day_words(bid.decided_on) if bid.decided_on else "not decided"),
                Fact("Reasons", plain(bid.reason)),
            )
        ),
        Text("If you would like to talk the outcome over, or think that a fact was overlooked, please answer this "
             "letter within 20 working days."),
        SignOff((Signature(f"For {partnership.name}"),)),
    ]  # fmt: skip
    return Paper(
        kind="Letter", title="Outcome of your bid", subtitle=str(bid.round), partnership=partnership.name,
        made_at=made_at, sections=(Section("What we decided, and why", tuple(blocks)),),
        facts=(
            Fact("To", plain(str(bid.organisation))), Fact("Date", short_day_words(timezone.localdate(made_at))),
            Fact("Your bid", plain(bid.title)),
        ),
        worked_example=partnership.worked_example,
    )  # fmt: skip


# ---- The agreement for the file ------------------------------------------------------------------------------
def grant_paper(grant: Grant, *, on: date, made_at: datetime) -> Paper:
    """Sum an agreement up: its terms, what it owes and brought, its money, its variations.

    People are never counted below five in it: such numbers are written as fewer than five.
    """
    partnership = get_partnership().config
    sections = (
        Section("What is agreed", (_terms(grant),), numbered=True),
        Section("What it owes and has brought", (*_delivered(grant, on),), numbered=True),
        Section("Money", (*_money(grant),), numbered=True),
        *([Section("Variations", (_variations(grant),), numbered=True)] if grant.variations.exists() else []),
        Section("Signatures", (_signatures(grant),), numbered=True),
    )
    return Paper(
        kind=grant.get_sort_display(), title=str(grant), subtitle=f"{grant.provider}, out of {grant.fund}",
        partnership=partnership.name, made_at=made_at, sections=sections, reference=grant.reference,
        facts=(
            Fact("Value", pounds(grant.value)),
            Fact("Runs", f"{short_day_words(grant.starts_on)} to {short_day_words(grant.last_day)}"),
            Fact("State", grant.get_state_display()),
        ),
        status="" if grant.is_signed else "Draft", worked_example=partnership.worked_example,
    )  # fmt: skip


def _terms(grant: Grant) -> Facts:
    rows = [
        ("What is to be provided", grant.buys), ("May be spent on", grant.fund.purpose),
        ("Conditions of the fund", grant.fund.conditions), ("Payments", grant.get_pays_display()),
        ("Returns", grant.get_monitoring_display()), ("Ending it early", grant.break_clause),
        ("Extending it", grant.extension_clause), ("Why more was promised than the fund has", grant.over_reason),
        ("Ended early", grant.ended_reason),
    ]  # fmt: skip
    return Facts(tuple(Fact(label, plain(value)) for label, value in rows if value))


def _delivered(grant: Grant, on: date) -> list[Block]:
    columns = (
        Column("Output or outcome", weight=36), Column("Counted in", weight=22), Column("Owed so far", "r", 13),
        Column("Delivered", "r", 14), Column("Cost of one", "r", 15),
    )  # fmt: skip
    rows = []
    for told in queries.targets_told([grant], on)[grant.pk]:
        target, done = told.target, told.delivered
        rows.append(
            (
                Cell(str(target), note=target.get_sort_display()), target.get_unit_display(), number_words(done.owed),
                None if done.delivered is None else safe_words(done.delivered, counts_people=target.counts_people),
                told.unit_cost.words,
            )
        )  # fmt: skip
    if not rows:
        return [Text("No output or outcome is written down.")]
    note = "Owed and delivered over the periods whose returns were due. A missing return leaves both unknown."
    return [Table("Outputs and outcomes, owed and delivered", columns, tuple(rows), note), *_returns(grant)]


RETURN_STATES = {
    ReturnState.ACCEPTED: State.DONE, ReturnState.SENT: State.DUE, ReturnState.BACK: State.LATE,
    ReturnState.OWED: State.OPEN,
}  # fmt: skip


def _returns(grant: Grant) -> list[Block]:
    found = queries.returns().filter(grant=grant).order_by("begins_on")
    rows = tuple(
        (each.period, each.due_on, Cell(each.get_state_display(), state=RETURN_STATES[ReturnState(each.state)]),
         pounds(each.spent) if each.state == ReturnState.ACCEPTED else None)
        for each in found
    )  # fmt: skip
    columns = (Column("Period", weight=36), Column("Due", weight=18), Column("State", weight=26),
               Column("Spent", "r", 20))  # fmt: skip
    return [Table("Returns", columns, rows)] if rows else []


def _money(grant: Grant) -> list[Block]:
    kept = queries.promise_of(grant)
    said = Text(f"Of {pounds(kept.value)}, {pounds(kept.paid)} is paid and {pounds(kept.to_pay)} still to pay.")
    rows = tuple(
        (each.title, each.planned_on, pounds(each.amount), pounds(each.paid) if each.paid is not None else "–",
         each.get_state_display())
        for each in queries.payments().filter(grant=grant).exclude(state=PaymentState.CANCELLED)
    )  # fmt: skip
    columns = (Column("Payment", weight=32), Column("Planned for", weight=18), Column("Planned", "r", 16),
               Column("Paid", "r", 16), Column("State", weight=18))  # fmt: skip
    return [said, Table("Payments", columns, rows)] if rows else [said]


def _variations(grant: Grant) -> Table:
    columns = (Column("Variation", weight=12), Column("Agreed", weight=16), Column("What changed", weight=36),
               Column("Why", weight=36))  # fmt: skip
    rows = tuple(
        (str(each.number), each.agreed_on, changed_words(each), each.reason) for each in grant.variations.all()
    )
    return Table("Variations", columns, rows)


def changed_words(each: Variation) -> str:
    """Say what a variation changed: value, end, other terms."""
    said = []
    if each.old_value != each.new_value:
        said.append(f"value from {pounds(each.old_value)} to {pounds(each.new_value)}")
    if each.old_ends_on != each.new_ends_on:
        said.append(f"end from {short_day_words(each.old_ends_on)} to {short_day_words(each.new_ends_on)}")
    if each.changes:
        said.append(each.changes)
    return capital("; ".join(said))


def _signatures(grant: Grant) -> SignOff:
    state = State.DONE if grant.is_signed else State.DUE
    words = "Signed" if grant.is_signed else "To be signed"
    return SignOff(
        (
            Signature("For the partnership", get_partnership().config.name, grant.signed_on, state, words),
            Signature("For the provider", str(grant.provider), grant.signed_on, state, words),
        )
    )
