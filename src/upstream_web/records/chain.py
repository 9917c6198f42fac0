"""The chain: what a record comes from and what comes of it, across all kinds, as far as a person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from upstream_web.records.models import Link, Record
from upstream_web.records.models.hanging import RecordName
from upstream_web.records.register import Neighbour, find_register, registers
from upstream_web.records.relations import STEPS, get_relation
from upstream_web.records.seeing import records_open_to

DEPTH = 7
MOST_NODES = 500


@dataclass(frozen=True)
class Edge:
    """One step from a record to another, in words as read from the first; `link` is None for the records' own ties."""

    start: RecordName
    end: RecordName
    words: str
    onward: bool
    link: int | None = None


@dataclass
class Node:
    """A record in the tree with what follows it; `record` is None when it is not open to the person.

    `now` says how it stands, such as the newest value of an indicator.
    """

    name: RecordName
    words: str
    record: Record | None
    noun: str = ""
    now: str = ""
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Chain:
    """What a record comes from, nearest first, and what comes of it; `is_whole` unless it grew too large."""

    back: list[Node]
    onward: list[Node]
    is_whole: bool = True

    def track(self, start: Node) -> list[tuple[str, list[Node]]]:
        """Give the records of the chain by the step at which they stand; a step without any is empty."""
        found = [start, *_flat(self.back), *_flat(self.onward)]
        once = list({node.name: node for node in found if node.record}.values())
        return [(title, [node for node in once if node.name[0] in kinds]) for title, kinds in STEPS]


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _flat(node.children)


def _on_either_end(names: Iterable[RecordName]) -> Q:
    keys: dict[str, list[int]] = defaultdict(list)
    for kind, key in names:
        keys[kind].append(key)
    found = Q(pk__in=[])
    for kind, wanted in keys.items():
        found |= Q(from_kind=kind, from_key__in=wanted) | Q(to_kind=kind, to_key__in=wanted)
    return found


def _linked(names: set[RecordName]) -> Iterator[Edge]:
    for link in Link.objects.present().filter(_on_either_end(names)):
        relation = get_relation(link.relation)
        if relation is None:
            continue
        if link.start in names:
            yield Edge(link.start, link.end, relation.forward, relation.onward, link.pk)
        if link.end in names:
            yield Edge(link.end, link.start, relation.backward, not relation.onward, link.pk)


def _tied(records: Sequence[Record]) -> Iterator[Edge]:
    for record in records:
        register = find_register(record.kind)
        for each in register.neighbours(record) if register else ():
            yield _edge(record, each)
    for register in registers():
        for record, each in register.ties_to(records):
            yield _edge(record, each)


def _edge(record: Record, each: Neighbour) -> Edge:
    return Edge((record.kind, record.pk), (each.record.kind, each.record.pk), each.words, each.onward)


def edges_of(records: Iterable[Record]) -> list[Edge]:
    """Give every step from these records, both ways; first their own ties, then links in the order they were made."""
    known = list(records)
    names = {(record.kind, record.pk) for record in known}
    found: dict[tuple[RecordName, RecordName, str], Edge] = {}
    for edge in (*_tied(known), *_linked(names)):
        found.setdefault((edge.start, edge.end, edge.words), edge)
    return list(found.values())


def steps(record: Record, person: Any) -> list[tuple[str, list[tuple[Edge, Record | None]]]]:
    """Give the steps from one record by their words; a record that is not open to the person stands as None."""
    edges = edges_of([record])
    seen = records_open_to(person, {edge.end for edge in edges})
    groups: dict[str, list[tuple[Edge, Record | None]]] = defaultdict(list)
    for edge in sorted(edges, key=lambda edge: edge.onward):
        groups[edge.words].append((edge, seen.get(edge.end)))
    return list(groups.items())


def node_of(record: Record) -> Node:
    """Give a record as the node from which its chain is followed."""
    return _node(Edge(("", 0), (record.kind, record.pk), "", onward=True), record)


def chain(record: Record, person: Any, depth: int = DEPTH) -> Chain:
    """Follow a record in both directions, at most `depth` steps, each record once in each direction."""
    back, whole_back = _follow(record, person, depth, onward=False)
    forth, whole_forth = _follow(record, person, depth, onward=True)
    return Chain(back, forth, whole_back and whole_forth)


def _follow(record: Record, person: Any, depth: int, *, onward: bool) -> tuple[list[Node], bool]:
    start = (record.kind, record.pk)
    root = Node(start, "", record)
    nodes, frontier = {start: root}, [root]
    for _ in range(depth):
        edges = [edge for edge in edges_of(node.record for node in frontier if node.record) if edge.onward is onward]
        fresh = {edge.end for edge in edges} - nodes.keys()
        if not fresh:
            break
        if len(nodes) + len(fresh) > MOST_NODES:
            return root.children, False
        seen = records_open_to(person, fresh)
        frontier = []
        for edge in edges:
            if edge.end in nodes:  # reached already, and shown there
                continue
            node = _node(edge, seen.get(edge.end))
            nodes[edge.end] = node
            nodes[edge.start].children.append(node)
            frontier.append(node)
    return root.children, True


def _node(edge: Edge, record: Record | None) -> Node:
    register = find_register(edge.end[0])
    if register is None:
        return Node(edge.end, edge.words, record, edge.end[0])
    return Node(edge.end, edge.words, record, register.noun, register.now(record) if record else "")
