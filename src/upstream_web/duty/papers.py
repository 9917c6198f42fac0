"""A return as a paper: content only; `upstream.papers` sets it as page, PDF and Word file."""

from __future__ import annotations

from datetime import datetime

from upstream.papers import Column, Fact, Facts, Paper, Section, Signature, SignOff, State, Table, plain
from upstream_web.access.names import name_shown
from upstream_web.core.words import capital
from upstream_web.core.workbench import get_partnership
from upstream_web.duty.models import DutyReturn
from upstream_web.duty.return_forms import Part, ReturnForm


def _part(part: Part, made: DutyReturn) -> Section:
    """Give numbers as a table and words as paragraphs, in the order of the form."""
    short = [field for field in part.fields if field.type != "text"]
    rows = tuple((f.label, capital(f.shown(made.answers.get(f.key, ""))) or "Not answered") for f in short)
    columns = (Column("Asked", weight=4), Column("Answer", "r", weight=1))
    blocks: list[Table | Facts] = [Table("Answers in numbers", columns, rows)] if rows else []
    told = [
        Fact(f.label, plain(made.answers.get(f.key, "")) or "Nothing to say") for f in part.fields if f.type == "text"
    ]
    return Section(part.heading, (*blocks, *([Facts(tuple(told))] if told else [])), numbered=True)


def return_paper(made: DutyReturn, form: ReturnForm, *, made_at: datetime) -> Paper:
    """Give a return as it stands; a draft says so on every page."""
    partnership = get_partnership().config
    is_signed = bool(made.signed_on)
    lines = (
        Signature("Checked", name_shown(made.checked_by), made.checked_on, State.DONE if made.checked_on else State.DUE,
                  "Checked" if made.checked_on else "To be checked"),
        Signature("Signed off", name_shown(made.signed_by), made.signed_on, State.DONE if is_signed else State.DUE,
                  "Signed off" if is_signed else "To be signed off"),
    )  # fmt: skip
    hashed = [Facts((Fact("Hash of the answers as signed", made.fingerprint),))] if made.fingerprint else []
    return Paper(
        kind="Return",
        title=form.title,
        subtitle=capital(made.period),
        partnership=partnership.name,
        made_at=made_at,
        sections=(*(_part(part, made) for part in form.parts), Section("Sign-off", (SignOff(lines), *hashed))),
        facts=(Fact("To", plain(form.to)), Fact("Form", plain(form.source))),
        status="" if is_signed else "Draft",
        worked_example=partnership.worked_example,
    )
