"""Looking lines up in a trail of millions: every filter has an index, and nothing is counted or read as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from upstream_web.audit.chain import clean
from upstream_web.audit.models import Event
from upstream_web.audit.models.event import Events

PAGE = 50
# What an index cannot find is looked for among so many lines at a time, and the reader is told how far that went.
LOOKED_THROUGH = 50_000
LONGEST = 300


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the trail; each part that is empty asks nothing."""

    actor: str = ""
    kind: str = ""
    about: str = ""
    act: str = ""
    act_kind: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def parts(self) -> dict[str, str]:
        """Give what is asked as the parts of an address."""
        return {name: str(value) for name, value in asdict(self).items() if value}

    @property
    def query(self) -> str:
        """Give what is asked as the query of an address."""
        return urlencode(self.parts)


@dataclass(frozen=True)
class Found:
    """A page of lines. `older` is the line to go on below; `searched_to` when the search stopped before its end."""

    lines: list[Event]
    older: int | None
    searched_to: Event | None = None


def read_asked(given: Mapping[str, str]) -> Asked:
    """Read what is asked from an address; a day that cannot be understood asks nothing."""
    names = ("actor", "kind", "about", "act", "act_kind", "words")
    texts = {name: clean(given.get(name, "")).strip()[:LONGEST] for name in names}
    return Asked(**texts, since=_day(given.get("since", "")), until=_day(given.get("until", "")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def find(asked: Asked, *, below: int | None = None, most: int = PAGE) -> Found:
    """Find the newest lines that answer, below the line of number `below` where one is given."""
    leading, others = _lookups(asked)
    lines = _below(Event.objects.filter(leading).newest_first(), below)
    edge = None
    if others:
        edge = lines.only("chain", "at")[LOOKED_THROUGH - 1 : LOOKED_THROUGH].first()
        lines = _from(lines, edge).filter(others) if edge else lines.filter(others)
    found = list(lines[: most + 1])
    if len(found) > most:
        return Found(found[:most], found[most - 1].chain)
    return Found(found, edge.chain if edge else None, edge)


def find_all(asked: Asked, *, most: int) -> Iterator[Event]:
    """Give every line that answers, newest first, at most so many, a page at a time."""
    given, below = 0, None
    while given < most:
        found = find(asked, below=below, most=min(1000, most - given))
        yield from found.lines
        given, below = given + len(found.lines), found.older
        if below is None:
            return


def kinds_of_records() -> list[str]:
    """Give the kinds of records that the trail speaks of, by hopping along the index from one to the next."""
    found: list[str] = []
    last = ""
    while True:
        following = Event.objects.filter(kind__gt=last).order_by("kind").values_list("kind", flat=True).first()
        if following is None:
            return found
        found.append(following)
        last = following


def _lookups(asked: Asked) -> tuple[Q, Q]:
    """Part what is asked into what one index finds in order, and what is then looked for in the lines it gives."""
    exact = {"actor": asked.actor, "action": asked.act, "kind": asked.kind, "act_kind": asked.act_kind}
    given = {name: value for name, value in exact.items() if value}
    if asked.kind and asked.about:
        leading = {"kind": given.pop("kind"), "about": asked.about}
    else:
        name = next(iter(given), None)  # the most telling first, as they stand above
        leading = {name: given.pop(name)} if name else {}
        given |= {"about": asked.about} if asked.about else {}
    others = Q(**given)
    for word in asked.words.split()[:8]:
        others &= Q(about__icontains=word) | Q(detail__icontains=word) | Q(reason__icontains=word)
    return Q(**leading) & _days(asked), others


def _days(asked: Asked) -> Q:
    when = Q()
    if asked.since:
        when &= Q(at__gte=_midnight(asked.since))
    if asked.until:
        when &= Q(at__lt=_midnight(asked.until + timedelta(days=1)))
    return when


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _below(lines: Events, number: int | None) -> Events:
    mark = Event.objects.filter(pk=number).only("at").first() if number else None
    if mark is None:
        return lines
    return lines.filter(Q(at__lt=mark.at) | Q(chain__lt=mark.chain), at__lte=mark.at)


def _from(lines: Events, edge: Event) -> Events:
    return lines.filter(Q(at__gt=edge.at) | Q(chain__gte=edge.chain), at__gte=edge.at)
