"""Notes with their lists, pages and forms."""

from __future__ import annotations

from datetime import date

from integration.web.notebook.models import Note

from upstream_web.access.permissions import Permission
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.forms import RecordForm
from upstream_web.records.register import Dated, Register, enter

TODAY = date(2026, 11, 20)
TAGS = {Note.State.OPEN: "open", Note.State.DONE: "done"}


class NoteForm(RecordForm):
    class Meta:
        model = Note
        fields = ("title", "text", "state", "due_on", "amount", "body", "lead", "closed", "parent")

    hints = {"title": "A few words"}  # noqa: RUF012
    groups = (("Who", ("body", "lead")),)


class Notes(Register[Note]):
    model = Note
    noun, plural = "note", "notes"
    area, section = "act", "notes"
    see, change = Permission.PLAN_VIEW, Permission.ACTION_REPORT
    form = NoteForm
    searched = ("title", "text")
    related = ("lead",)
    order = ("title",)
    page_size = 5
    empty = "Notes stand here."
    columns = (
        Column("title", "Note", sort=("title",)),
        Column("state", "State", value=lambda note: Tag(TAGS[note.state], note.get_state_display()), sort=("state",)),
        Column("due", "Due", value="due_on", sort=("due_on",)),
        Column("amount", "Amount", sort=("amount",), is_number=True),
        Column("lead", "Lead", value="lead.name"),
        Column("text", "Text", only_exported=True),
    )
    filters = (
        Filter("state", "State", Note.State.choices),
        Filter("late", "Time", (("late", "Late"),), narrow=lambda notes, _: notes.filter(due_on__lt=TODAY)),
    )

    def lede(self, records):
        return f"{records.filter(state='open').count()} are open."

    def can_change(self, record):
        return "This note is sealed." if record.title.startswith("Sealed") else ""

    def dates(self, person, since, until):
        for note in self.visible_to(person).filter(removed_at=None, due_on__range=(since, until)):
            yield Dated(note, note.due_on, f"{note} is due", "open")

    def waiting_for(self, person, on):
        for note in self.visible_to(person).filter(removed_at=None, lead=person, state="open", due_on__lt=on):
            yield Dated(note, note.due_on, note.title, "late")


NOTES = enter(Notes())
