"""Grows the worked example into ten years of a large partnership, to measure with.

`python -m upstream_web.large_partnership ACTIONS MEETINGS LINES PEOPLE` fills the site that the environment names,
which must hold the worked example and nothing else. Every table grows by copies of the rows that the example has: a
copy stands in an earlier year, and what it points to is the copy of the same number, so that a meeting has its own
agenda and an action its own milestones. A new kind of record grows of itself, as soon as the example has some of it.
It writes past the operations, in one statement for each table; the same counts give the same records.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.db import models

from upstream.exceptions import WrongUse

YEARS = 10
GROWN_OF_ITSELF = 40  # copies of each row of a kind that nothing is said about
COPIES = {
    "access.User": 0,  # by the size asked
    "awareness.Package": 3,
    "commissioning.Fund": 3,
    "commissioning.FundingRound": 10,
    "commissioning.Grant": 10,
    "strategy.Action": 0,
    "governance.Meeting": 0,
    "governance.Board": 3,
    "governance.Risk": 60,
    "governance.Escalation": 60,
    "inspections.Inspection": 30,
    "inspections.Practice": 60,
    "organisations.Organisation": 3,
    "performance.Indicator": 5,
    "performance.TypedValue": 54,
    "records.Link": 600,
    "records.Notice": 1_000,
    "reversion.Revision": 100,
    "reviews.IncidentReview": 10,
}
# Of these a partnership has one, however large it is, or they are no records at all.
NEVER_GROWN = {
    "access.EmergencyAccess", "api.Token", "audit.Event", "audit.Head", "core.Due", "core.Job", "performance.Freeze",
    "performance.Quarter", "records.CalendarAddress", "records.Digest", "records.DigestChoice", "records.KeptPaper",
    "strategy.ChangeSet", "strategy.Commitment", "strategy.CommitmentEvidence", "strategy.Priority",
    "strategy.ReviewDecision", "strategy.Strategy", "strategy.StrategyReview", "strategy.StrategySection",
}  # fmt: skip
# What is there today, in however many copies; and the states of records, which are never older than the trail.
ALWAYS_NOW = {
    "access.User", "access.Grant", "governance.Board", "governance.Seat", "organisations.Organisation",
    "reversion.Revision",
}  # fmt: skip
# What earlier years keep of a kind: the rest was finished or given up long ago.
SETTLED = {
    "strategy.Action": "state = 'done'",
    "governance.MeetingAction": "state = 'done'",
    "governance.Risk": "state = 'closed'",
}
COMMENTS = 20_000


class NotTheExample(WrongUse):
    """Only the worked example grows: a site that somebody uses is never filled with invented records."""


@dataclass(frozen=True)
class Size:
    """How large the partnership is."""

    actions: int = 50_000
    meetings: int = 5_000
    trail_lines: int = 2_000_000
    people: int = 500


@dataclass
class Growth:
    """One table while it grows: how often its rows are copied, and how far the key of a copy lies from its own."""

    model: Any
    copies: int
    stride: int
    parents: dict[str, Growth] = field(default_factory=dict)  # by the name of the foreign key

    @property
    def label(self) -> str:
        """Name the model."""
        return str(self.model._meta.label)


def fill(size: Size) -> None:
    """Grow every table, write comments and the trail; raises `NotTheExample`."""
    from django.db import connection, transaction

    from upstream_web.audit import benchmark
    from upstream_web.strategy.models import Action

    if not 0 < Action.objects.count() < 1000:
        raise NotTheExample("This site holds other records.", expected="the worked example as it was loaded")
    growths = _growths(size)
    with transaction.atomic(), connection.cursor() as cursor:
        for growth in growths.values():
            if growth.copies:
                cursor.execute(_statement(growth, growths, connection.vendor))
        _make_lifelike(growths)
        cursor.execute(_sequences(growths)) if connection.vendor == "postgresql" else None
    benchmark.fill(size.trail_lines)
    if connection.vendor == "postgresql":  # which does so by itself within minutes; SQLite never does, nor do we
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


# ---- how much -------------------------------------------------------------------------------------------------
def _growths(size: Size) -> dict[str, Growth]:
    """Say for every table of the site how it grows, what is pointed to before what points."""
    found: dict[str, Growth] = {}
    for model in _in_order():
        label = model._meta.label
        parents = {
            each.name: found[each.related_model._meta.label]
            for each in _foreign_keys(model)
            if each.related_model._meta.label in found and each.related_model is not model
        }
        copies = _copies_of(model, parents, size)
        stride = model._base_manager.aggregate(most=models.Max("pk"))["most"] or 0 if copies else 0
        found[label] = Growth(model, copies, stride, parents)
    return found


def _copies_of(model: Any, parents: dict[str, Growth], size: Size) -> int:
    label, app = model._meta.label, model._meta.app_label
    is_ours = model.__module__.startswith("upstream_web.") or app == "reversion"
    if not is_ours or label in NEVER_GROWN or isinstance(model._meta.pk, models.UUIDField):
        return 0
    if label in {"access.User", "governance.Meeting", "strategy.Action"}:
        return _copies_to_reach(model, size)
    if label in COPIES:
        return COPIES[label]
    needed = [parents[each.name].copies for each in _foreign_keys(model) if not each.null and each.name in parents]
    return max(needed, default=0) or GROWN_OF_ITSELF


def _copies_to_reach(model: Any, size: Size) -> int:
    wanted = {"access.User": size.people, "governance.Meeting": size.meetings, "strategy.Action": size.actions}
    there = model._base_manager.count()
    settled = SETTLED.get(model._meta.label)
    of_earlier = model._base_manager.extra(where=[settled]).count() if settled else there
    missing = wanted[model._meta.label] - there if of_earlier else 0
    copies = 0
    while missing > 0:
        copies += 1
        missing -= of_earlier if copies % YEARS else there  # one copy in ten is of this year, and holds everything
    return copies


def _foreign_keys(model: Any) -> Iterator[Any]:
    return (each for each in model._meta.concrete_fields if each.is_relation)


def _in_order() -> list[Any]:
    """Give every model behind those that it points to; a circle is cut where it closes."""
    from django.apps import apps

    ordered: dict[Any, None] = {}

    def visit(model: Any, on_the_way: tuple[Any, ...]) -> None:
        for each in _foreign_keys(model):
            if each.related_model not in (*on_the_way, *ordered):
                visit(each.related_model, (*on_the_way, each.related_model))
        ordered[model] = None

    for model in apps.get_models():
        if model not in ordered:
            visit(model, (model,))
    return list(ordered)


# ---- the statement for a table --------------------------------------------------------------------------------
def _statement(growth: Growth, growths: dict[str, Growth], vendor: str) -> str:
    """Write the one statement that makes all copies; what would stand twice is left out."""
    meta = growth.model._meta
    columns = ", ".join(f'"{each.column}"' for each in meta.concrete_fields)
    apart = _told_apart(growth)
    values = ", ".join(_value(each, growth, growths, apart, vendor) for each in meta.concrete_fields)
    conditions = [f't."{meta.pk.column}" <= {growth.stride}']
    conditions += [f"(n % {YEARS} = 0 OR t.{SETTLED[growth.label]})"] if growth.label in SETTLED else []
    conditions += [
        _parent_is_there(each, growth.parents[each.name])
        for each in _foreign_keys(growth.model)
        if each.name in growth.parents and growth.parents[each.name].copies and not each.null
    ]
    numbers = f"WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {growth.copies})"
    chosen = f'{numbers} SELECT {values} FROM number, "{meta.db_table}" t WHERE {" AND ".join(conditions)}'
    return f'INSERT INTO "{meta.db_table}" ({columns}) {chosen} ON CONFLICT DO NOTHING'


def _copy_of(expression: str, growth: Growth) -> str:
    return f"{expression} + (n % {growth.copies + 1}) * {growth.stride}"


def _parent_is_there(each: Any, parent: Growth) -> str:
    meta = parent.model._meta
    key = _copy_of(f't."{each.column}"', parent)
    return f'EXISTS (SELECT 1 FROM "{meta.db_table}" p WHERE p."{meta.pk.column}" = {key})'


def _value(each: Any, growth: Growth, growths: dict[str, Growth], apart: dict[str, str], vendor: str) -> str:
    """Say what a column of a copy holds."""
    column = f't."{each.column}"'
    if each.is_relation:
        return _pointer(each, growth)
    if each.primary_key:
        return f"{column} + n * {growth.stride}"
    if each.name in apart:
        return apart[each.name]
    if each.name == "object_id" or each.name.endswith("key"):
        return _named(each, growth, growths)
    if isinstance(each, models.DateField) and growth.label not in ALWAYS_NOW:  # a DateTimeField is one too
        return _years_before(column, each, vendor)
    return column


def _pointer(each: Any, growth: Growth) -> str:
    column, parent = f't."{each.column}"', growth.parents.get(each.name)
    if each.related_model is growth.model:
        return "NULL" if each.null else column
    if parent is None or not parent.copies:
        return column
    if not each.null:
        return _copy_of(column, parent)
    meta = parent.model._meta
    there = f'SELECT p."{meta.pk.column}" FROM "{meta.db_table}" p WHERE p."{meta.pk.column}"'
    return f"({there} = {_copy_of(column, parent)})"


def _named(each: Any, growth: Growth, growths: dict[str, Growth]) -> str:
    """Move on a key that names a record together with its kind beside it, or with its type in a history."""
    from django.contrib.contenttypes.models import ContentType

    column = f't."{each.column}"'
    meta = growth.model._meta
    beside = each.name[: -len("key")] + "kind"
    if each.name == "object_id":
        types = ContentType.objects.get_for_models(*(one.model for one in growths.values()))
        cases = [
            f"WHEN {types[one.model].pk} THEN CAST({_copy_of(f'CAST({column} AS bigint)', one)} AS varchar(191))"
            for one in growths.values()
            if one.copies
        ]
        return f"CASE t.content_type_id {' '.join(cases)} ELSE {column} END"
    if beside not in {one.name for one in meta.concrete_fields} or not isinstance(each, models.IntegerField):
        return column
    kinds = {getattr(one.model, "kind", ""): one for one in growths.values() if one.copies}
    cases = [f"WHEN '{kind}' THEN {_copy_of(column, one)}" for kind, one in kinds.items() if kind]
    return f'CASE t."{beside}" {" ".join(cases)} ELSE {column} END'


def _years_before(column: str, each: Any, vendor: str) -> str:
    if vendor == "postgresql":
        return f"({column} - make_interval(years => n % {YEARS}))::{'timestamptz' if _has_time(each) else 'date'}"
    earlier = f"(CAST(substr({column}, 1, 4) AS integer) - n % {YEARS}) || substr({column}, 5)"
    return f"replace({earlier}, '-02-29', '-02-28')"


def _has_time(each: Any) -> bool:
    return isinstance(each, models.DateTimeField)


def _told_apart(growth: Growth) -> dict[str, str]:
    """Say how copies differ where no two rows may be alike and nothing that they point to differs."""
    found: dict[str, str] = {}
    for names in _unique_sets(growth.model):
        fields = [growth.model._meta.get_field(name) for name in names]
        if any(
            each.is_relation and each.name in growth.parents and growth.parents[each.name].copies >= growth.copies
            for each in fields
        ):
            continue
        for each in fields:
            if (
                each.is_relation
                or each.choices
                or (each.name.endswith(("kind", "key")) and each.name != "key")
                or each.name in {"relation", "state", "year", "quarter"}
            ):
                continue
            column = f't."{each.column}"'
            if isinstance(each, models.IntegerField):
                most = growth.model._base_manager.aggregate(most=models.Max(each.name))["most"] or 0
                found[each.name] = f"{column} + n * {most + 1}"
                break
            if isinstance(each, models.CharField):
                shortened = f"substr({column}, 1, {(each.max_length or 200) - 6})"
                found[each.name] = f"CASE WHEN {column} = '' THEN '' ELSE {shortened} || '-' || n END"
                break
    return found


def _unique_sets(model: Any) -> Iterator[tuple[str, ...]]:
    for each in model._meta.concrete_fields:
        if each.unique and not each.primary_key:
            yield (each.name,)
    for each in model._meta.constraints:
        if isinstance(each, models.UniqueConstraint):
            yield tuple(each.fields) or tuple(source.name for one in each.expressions for source in _sources(one))


def _sources(expression: Any) -> list[Any]:
    return [each for each in expression.flatten() if isinstance(each, models.F)]


def _sequences(growths: dict[str, Growth]) -> str:
    """Let PostgreSQL go on numbering behind the copies."""
    parts = []
    for growth in growths.values():
        meta = growth.model._meta
        if growth.copies and not meta.pk.is_relation:
            table, key = meta.db_table, meta.pk.column
            parts.append(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), (SELECT max({key}) FROM \"{table}\"))"
            )
    return "; ".join(parts)


# ---- what copies alone would not give -------------------------------------------------------------------------
def _make_lifelike(growths: dict[str, Growth]) -> None:
    """Let most notices be read, and let people talk about their actions."""
    from django.db.models import F
    from django.utils import timezone

    from upstream_web.access.models import User
    from upstream_web.records.models import Comment, Notice
    from upstream_web.strategy.models import Action

    copied = Notice.objects.filter(pk__gt=growths["records.Notice"].stride).annotate(rest=F("pk") % 20)
    copied.exclude(rest=0).update(read_at=F("at"))
    people = list(User.objects.order_by("pk").values_list("pk", flat=True))
    actions = Action.objects.order_by("pk").values_list("pk", flat=True)[:COMMENTS]
    Comment.objects.bulk_create(
        (
            Comment(
                record_kind="action", record_key=key, by_id=people[n % len(people)], at=timezone.now(),
                text="Agreed with the lead; invented, to measure with.",
            )
            for n, key in enumerate(actions)
        ),
        batch_size=2_000,
    )  # fmt: skip


# ---- what there is to see ---------------------------------------------------------------------------------------
def addresses() -> list[str]:
    """Give every list of the site, plain, sorted, narrowed, searched and at its last page, and every page beside them.

    New kinds of record and new pages are among them of themselves.
    """
    from django.urls import reverse

    from upstream_web.records.register import registers

    found = [address for register in registers() for address in _of_a_list(register)]
    asked = (f"{reverse('search')}?q=lighting", f"{reverse('trail-list')}?kind=action")
    return list(dict.fromkeys([*found, *_without_parts(), *asked]))


def _of_a_list(register: Any) -> Iterator[str]:
    address, last = register.address(), max(ceil(register.records().present().count() / register.page_size), 1)
    yield address
    if last > 1:
        yield f"{address}?page={last}"
    sorted_by = [column.name for column in register.columns if column.sort]
    for name in {*sorted_by[:1], *sorted_by[-1:]}:
        yield f"{address}?order=-{name}"
    yield f"{address}?q=community"
    for each in register.filters[:3]:
        options = [key for key, _ in each.options() if key]
        if options:
            yield f"{address}?{urlencode({each.name: options[0]})}"


def _without_parts() -> Iterator[str]:
    """Give the pages whose address has no parts and that somebody has to sign in for; files are measured apart."""
    from django.urls import URLResolver, get_resolver, reverse

    from upstream_web.access.authorisation import rule_of

    patterns = list(get_resolver().url_patterns)
    while patterns:
        each = patterns.pop(0)
        if isinstance(each, URLResolver):
            patterns += each.url_patterns
            continue
        rule = rule_of(each.callback)
        parts = getattr(each.pattern, "converters", None) or each.pattern.regex.groupindex
        if rule is not None and rule.permission is not None and not parts:
            address = reverse(each.name)
            if address.endswith("/"):
                yield address


def exports() -> list[str]:
    """Give the address of every list as a spreadsheet's plain text."""
    from upstream_web.records.register import registers

    return [f"{register.address()}export.csv" for register in registers()]


# ---- how long the board pack takes ------------------------------------------------------------------------------
def board_pack_seconds() -> float:
    """Make the pack of the last quarter in all its forms, as a draft, and give how long that took."""
    import time as clock

    from django.utils import timezone

    from upstream_web.access.models import User
    from upstream_web.performance.models import Quarter
    from upstream_web.reports.operations import board_packs

    starts_on = Quarter.objects.order_by("-starts_on").values_list("starts_on", flat=True)[0]
    begun = clock.perf_counter()
    by = User.objects.get(username="manager@example")
    board_packs.make(starts_on=starts_on, draft=True, by=by, at=timezone.now())
    return clock.perf_counter() - begun


def _prepare() -> None:
    """Load the worked example where nothing stands yet."""
    from django.utils import timezone

    from upstream.partnership import open_partnership
    from upstream_web import settings_registry as registry
    from upstream_web.serving import prepare_site

    partnership = open_partnership(registry.text_of("partnership"), data=registry.text_of("data"))
    prepare_site(partnership, at=timezone.now())


def main() -> None:
    """Fill the site that the environment names, unless it was filled before; then say as JSON what there is to see."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstream_web.settings")
    import django

    django.setup()
    _prepare()
    from django.utils import timezone

    from upstream_web.audit.models import Head
    from upstream_web.core.models import Due

    size = Size(*(int(given) for given in sys.argv[1:]))
    if (Head.objects.values_list("number", flat=True).first() or 0) < size.trail_lines:  # the trail grows last
        fill(size)
    # Reminding hundreds of people takes a processor for half a minute, once a day and before they come: taken as done.
    Due.objects.get_or_create(kind="morning", day=timezone.localdate())
    seconds = board_pack_seconds()
    print(json.dumps({"addresses": addresses(), "exports": exports(), "board_pack_seconds": seconds}))


if __name__ == "__main__":
    main()
