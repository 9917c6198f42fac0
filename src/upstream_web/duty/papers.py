"""A return as a paper: content only; `upstream.papers` sets it as page, PDF and Word file."""

from __future__ import annotations

from datetime import datetime

from upstream.papers import Column, Fact, Facts, Paper, Section, Signature, SignOff, State, Table, Text, plain
from upstream_web.core.workbench import get_partnership
from upstream_web.duty.models import DutyReturn
from upstream_web.duty.return_forms import Part, ReturnForm


def _part(part: Part, made: DutyReturn) -> Section:
    """Give numbers as a table and words as paragraphs, in the order of the form."""
    short = [field for field in part.fields if field.type != "text"]
    rows = tuple((f.label, f.shown(made.answers.get(f.key, "")) or None) for f in short)
    columns = (Column("Asked", weight=4), Column("Answer", "r", weight=1))
    blocks: list[Table | Facts] = [Table(part.heading, columns, rows)] if rows else []
    told = [
        Fact(f.label, plain(made.answers.get(f.key, "")) or "Nothing to say") for f in part.fields if f.type == "text"
    ]
    return Section(part.heading, (*blocks, *([Facts(tuple(told))] if told else [])), numbered=True)


def return_paper(made: DutyReturn, form: ReturnForm, *, made_at: datetime) -> Paper:
    """Give a return as it stands; a draft says so on every page."""
    partnership = get_partnership().config
    is_signed = bool(made.signed_on)
    lines = (
        Signature("Checked", made.checked_by, made.checked_on, State.DONE if made.checked_on else State.DUE,
                  "Checked" if made.checked_on else "To be checked"),
        Signature("Signed off", made.signed_by, made.signed_on, State.DONE if is_signed else State.DUE,
                  "Signed off" if is_signed else "To be signed off"),
    )  # fmt: skip
    closing = [SignOff(lines)]
    hashed = [Text(plain(f"Hash of the answers as signed: {made.fingerprint}"))] if made.fingerprint else []
    return Paper(
        kind="Return",
        title=form.title,
        subtitle=made.period[:1].upper() + made.period[1:],
        partnership=partnership.name,
        made_at=made_at,
        sections=(*(_part(part, made) for part in form.parts), Section("Sign-off", (*closing, *hashed))),
        facts=(Fact("To", form.to), Fact("Period", made.period), Fact("Form", plain(form.source))),
        status="" if is_signed else "Draft",
        worked_example=partnership.worked_example,
    )
