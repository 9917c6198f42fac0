"""A register: one kind of record with its lists, pages, forms and rights, said once and used by every page.

    class Risks(Register[Risk]):
        model = Risk
        noun, plural = "risk", "risks"
        area, section = "act", "risks"
        see, change = Permission.RISK_VIEW, Permission.RISK_CHANGE
        columns = (Column("title", "Risk", sort=("title",)), …)

    RISKS = enter(Risks())

`records.urls.register_urls(RISKS)` gives its addresses: `risk-list`, `risk`, `risk-new`, `risk-edit` and the rest.
An app changes what it must by overriding a method, and hangs pages of its own beside these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from upstream.clocks import Clock
from upstream_web.access.authorisation import check_may, decide, may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import capital
from upstream_web.records import history
from upstream_web.records.columns import Asked, Column, Filter, matching
from upstream_web.records.forms import RecordForm
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping

ASKED = "asked"  # of what is to be escalated: a person asks for it, and not a rule

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True)
class Dated:
    """A day in a record's life that belongs in a calendar, or waits for somebody."""

    record: Record
    on: date
    title: str
    state: str = ""  # a kind of tag: late, soon, done
    words: str = ""
    what: str = "day"  # tells two days of one record apart: "due", "review"; never changes, so that calendars know it


@dataclass(frozen=True)
class Timed:
    """A clock of a record: what is owed, and who answers for it; where nobody does, those who may change the record.

    `people` and `above` are keys of people; `above` are those to whom the rule takes lateness.
    """

    record: Record
    clock: Clock
    title: str
    people: tuple[int, ...] = ()
    above: tuple[int, ...] = ()


@dataclass(frozen=True)
class Counted:
    """A share that records tell for any day, such as training coverage, which an indicator may follow.

    `over` gives for each of some days the part and the whole; the whole is None where it is not known. `key` never
    changes, and `how` says in a sentence what is counted.
    """

    key: str
    title: str
    how: str
    over: Callable[[Sequence[date]], list[tuple[int, int | None]]]


@dataclass(frozen=True)
class Act:
    """A button on the record's page: a link, or a form that posts when `posts`."""

    label: str
    address: str
    is_main: bool = False
    posts: bool = False


@dataclass(frozen=True)
class Neighbour:
    """Another record that hangs together with one by its own structure, such as the commitment of an action.

    `words` say how, seen from the record that was asked: "belongs to". `onward` says whether the other comes after it
    in the chain from finding to paper.
    """

    record: Record
    words: str
    onward: bool


class Register(Generic[AnyRecord]):
    """One kind of record. The attributes are what differs; the methods are what most kinds share."""

    model: ClassVar[type[Any]]
    noun: ClassVar[str]
    plural: ClassVar[str]
    area: ClassVar[str]
    section: ClassVar[str]
    see: ClassVar[Permission]
    change: ClassVar[Permission | None] = None  # None: changed by operations of its own only
    publish: ClassVar[Permission | None] = None  # what it takes to withdraw a paper of it from the public site
    form: ClassVar[type[RecordForm]] = RecordForm
    columns: ClassVar[tuple[Column, ...]] = ()
    filters: ClassVar[tuple[Filter, ...]] = ()
    searched: ClassVar[tuple[str, ...]] = ("title",)
    # The kind of the records of which one is made, and their field that leads back: it is found by their words too.
    searched_within: ClassVar[tuple[str, str] | None] = None
    related: ClassVar[tuple[str, ...]] = ()  # fetched along with a list
    order: ClassVar[tuple[str, ...]] = ("pk",)
    page_size: ClassVar[int] = 50
    list_template: ClassVar[str] = "records/record_list.html"
    page_template: ClassVar[str] = "records/record.html"
    form_template: ClassVar[str] = "records/record_form.html"
    empty: ClassVar[str] = ""  # what would stand here, and what to do next
    can_be_made: ClassVar[bool] = True  # by a form of its own; otherwise operations make it
    can_be_removed: ClassVar[bool] = True
    in_search: ClassVar[bool] = True

    @property
    def kind(self) -> str:
        """The kind of its records, which names their addresses."""
        return self.model.kind

    @property
    def title(self) -> str:
        """The heading of its list."""
        return capital(self.plural)

    def address(self) -> str:
        """Give the address of the list."""
        return reverse(f"{self.kind}-list")

    # ---- reading -----------------------------------------------------------------------------------------
    def records(self) -> QuerySet[Any]:
        """Give every record of the kind, with what lists show of others."""
        found: QuerySet[Any] = self.model.objects.select_related(*self.related)
        return found

    def visible_to(self, person: Any) -> QuerySet[Any]:
        """Give the records that `person` may see, removed ones too."""
        records: Any = self.records()
        return records.visible_to(person, self.see)

    def get(self, person: Any, key: Any) -> AnyRecord:
        """Give one record that `person` may see. Fetching is authorising: there is no other way.

        Raises Http404 whether it is not there or not open to the person, and `RecordClosed`, which leads to the gate,
        when they may open it in an emergency.
        """
        found = self.visible_to(person).filter(pk=key).first()
        if found is None:
            closed = self.records().filter(pk=key).first()
            if closed is not None and decide(person, self.see, about=closed).opens_in_emergency:
                check_may(person, self.see, about=closed)
            raise Http404(f"There is no such {self.noun}, or it is not open to you.")
        return found

    def asked(self, person: Any, asked: Asked) -> QuerySet[Any]:
        """Give the records that a list shows: what the person may see, narrowed and sorted as they ask."""
        found = self.visible_to(person).filter(removed_at__isnull=not asked.removed)
        for each in self.filters:
            found = each.apply(found, asked.chosen.get(each.name, ""))
        return self.found_by(person, found, asked.words).order_by(*self.sorting(asked.order))

    def found_by(self, person: Any, records: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Keep the records in which every word occurs, or in one of their parts that `person` may see."""
        found = matching(records, self.searched, words)
        if self.searched_within is None or not words.split():
            return found
        kind, whole = self.searched_within
        parts = get_register(kind)
        within = parts.found_by(person, parts.visible_to(person).filter(removed_at=None), words)
        return records.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=within.order_by().values(whole)))

    def sorting(self, order: str) -> Sequence[str]:
        """Give the fields to sort by: a column's name, with a minus for the other way round."""
        name, falling = order.lstrip("-"), order.startswith("-")
        column = next((column for column in self.columns if column.name == name and column.sort), None)
        if column is None:
            return (*self.order, "pk")
        fields = [_turned(each) if falling else each for each in column.sort]
        return (*fields, "pk")

    def may_change(self, person: Any, record: AnyRecord | None = None) -> bool:
        """Tell whether `person` may change this record, or make one when none is given."""
        return self.change is not None and may(person, self.change, about=record)

    def can_change(self, record: AnyRecord) -> str:
        """Say why the record's own state allows no change; empty when it does."""
        return ""

    def can_remove(self, record: AnyRecord) -> str:
        """Say why the record's own state keeps it in sight though it may be changed; empty when it does not."""
        return ""

    def reads_now(self, person: Any, record: AnyRecord) -> bool:
        """Tell whether `person` reads the record as it stands now, and what it was before.

        Of what is published as papers the others read these alone: not what is being written, nor what was.
        """
        return True

    def check_reads_now(self, person: Any, record: AnyRecord) -> None:
        """Raise `PermissionDenied` unless `person` reads the record as it stands now."""
        if not self.reads_now(person, record):
            raise PermissionDenied(
                f"Read what was published: how a {self.noun} is written, and was, is for those who write it."
            )

    # ---- showing -----------------------------------------------------------------------------------------
    def lede(self, records: QuerySet[Any]) -> str:
        """Say the answer of the list in a sentence; empty for none."""
        return ""

    def context(self, record: AnyRecord, person: Any) -> dict[str, Any]:
        """Give what the record's page shows beside its facts."""
        return {}

    def list_context(self, person: Any) -> dict[str, Any]:
        """Give what the list's page shows beside the list."""
        return {}

    def acts(self, record: AnyRecord, person: Any) -> list[Act]:
        """Give the buttons of the record's page; editing stands there of itself."""
        return []

    def crumbs(self, record: AnyRecord | None = None) -> list[tuple[str, str]]:
        """Say where the page is, from its list down."""
        return [(self.title, self.address())]

    def facts(self, record: AnyRecord) -> list[tuple[str, Any]]:
        """Give what stands under “At a glance”: label and value, as `{% cell %}` shows it."""
        return [
            (str(field.verbose_name).capitalize(), history.shown(field, record))
            for field in history.fields_of(self.model)
            if getattr(record, field.attname) not in (None, "")
        ]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days of its records for calendars and reminders; none unless the kind has some."""
        return ()

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give what waits for this person; none unless the kind has some."""
        return ()

    def to_escalate(self, person: Any) -> Iterable[Dated]:
        """Give the records that a person asks, or a rule says, to take to a board, since when and why.

        `what` of each is `ASKED` where a person does. None unless the kind has some.
        """
        return ()

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the clocks of records that `person` may see (every record for None), but those that ended before a day.

        None unless the kind has some.
        """
        return ()

    def counted(self) -> Iterable[Counted]:
        """Give the shares that these records tell for any day; none unless the kind has some."""
        return ()

    def neighbours(self, record: AnyRecord) -> Iterable[Neighbour]:
        """Give the records that a record is tied to by foreign keys, for the chain; none unless the kind has some."""
        return ()

    def ties_to(self, records: Sequence[Record]) -> Iterable[tuple[Record, Neighbour]]:
        """Give of records of other kinds those ties that only this kind knows of, such as an agenda about an action."""
        return ()

    def now(self, record: AnyRecord) -> str:
        """Say in a few words how a record stands, for the chain; empty when there is nothing to say."""
        return ""

    # ---- writing -----------------------------------------------------------------------------------------
    def initial(self, request: Any) -> dict[str, Any]:
        """Give what a new record's form begins with, such as the parent that the address names."""
        return {name: value for name, value in request.GET.items() if name in self.form.base_fields}

    def make(self, record: AnyRecord, *, by: Any, at: datetime) -> AnyRecord:
        """Write a new record that the form has filled."""
        return keeping.make(record=record, by=by, at=at)

    def check_to_stand(self, record: AnyRecord) -> None:
        """Raise `WrongUse` where what a record says may not be kept: asked before it is restored or brought back."""

    def change_record(self, record: AnyRecord, fields: list[str], *, by: Any, at: datetime) -> AnyRecord:
        """Write a record that the form has changed."""
        return keeping.change(record=record, fields=fields, by=by, at=at)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


_registers: dict[str, Register[Any]] = {}


def enter(register: Register[Any]) -> Register[Any]:
    """Make a register known to search, links, calendar and the programming interface, and follow its history.

    Raises TypeError when the model would compare people's names with their keys, and so hide records from them.
    """
    if any(lookup.endswith("username") for lookup in register.model.people_lookups):
        raise TypeError(f'{register.model.__name__}.people_lookups names keys of people, such as "lead_id".')
    history.follow(register.model)
    _registers[register.kind] = register
    return register


def get_register(kind: str) -> Register[Any]:
    """Give the register of a kind; raises Http404 for one that nobody entered."""
    try:
        return _registers[kind]
    except KeyError:
        raise Http404(f"There are no records of the kind {kind!r}.") from None


def find_register(kind: str) -> Register[Any] | None:
    """Give the register of a kind, or None when nobody entered one."""
    return _registers.get(kind)


def registers() -> list[Register[Any]]:
    """Give every register, in the order of their names."""
    return sorted(_registers.values(), key=lambda register: register.plural)
