"""The Strategic Needs Assessment: the chapters put together into one document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import polars as pl

from upstream.assessments.chapters import (
    amount,
    area,
    comparison,
    fairness,
    limits,
    methods,
    outcomes,
    people,
    places,
    risks,
    summary,
    times,
)
from upstream.assessments.document import Chapter, Document, ReceiptUsed
from upstream.assessments.drafting import Finding
from upstream.assessments.evidence import Evidence
from upstream.partnership import Partnership
from upstream.sources import load_sources

Progress = Callable[[str, float], None]
IN_ORDER = (area, amount, places, times, people, risks, fairness, outcomes, comparison, limits)
IN_THE_LEDE = 3


def needs_assessment(partnership: Partnership, *, at: datetime, progress: Progress | None = None) -> Document:
    """Write the needs assessment from the partnership's current build; raises `NoBuildYet` when there is none.

    The same build and the same `at` give the same document. What is not held is named as not known.
    """
    evidence = Evidence.of(partnership)
    chapters: list[Chapter] = []
    findings: list[Finding] = []
    for count, module in enumerate(IN_ORDER):
        if progress:
            progress(f"chapter {module.__name__.rpartition('.')[2]}", count / len(IN_ORDER))
        chapter, draft = module.chapter(evidence)
        chapters.append(chapter)
        findings.extend(draft.findings)
    sources = _sources(partnership, evidence)
    chapters.append(methods.chapter(evidence, sources)[0])
    first = summary.chapter(findings)
    span = evidence.span()
    return Document(
        title=f"Strategic Needs Assessment {at.year}",
        partnership=partnership.config.name,
        made_at=at,
        data_to=span.end if span else evidence.reader.facts.built_at.date(),
        build=evidence.reader.facts.id,
        summary=first.answer[:IN_THE_LEDE],
        chapters=(first, *chapters),
        sources=sources,
        attribution=partnership.config.attribution,
        definitions=tuple(evidence.used[name] for name in sorted(evidence.used)),
        receipts=_receipts(evidence),
        worked_example=partnership.config.worked_example,
    )


def _sources(partnership: Partnership, evidence: Evidence) -> pl.DataFrame:
    """The feeds that the measures used and of which something is held: title, supplier, licence."""
    contracts = load_sources(partnership)
    held = set(evidence.receipts()["feed"])
    rows = [
        (contracts[feed].title, contracts[feed].supplier, contracts[feed].licence)
        for feed in sorted(evidence.feeds & held & contracts.keys())
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("Feed", "Supplier", "Licence"), pl.String), orient="row")


def _receipts(evidence: Evidence) -> tuple[ReceiptUsed, ...]:
    """Every load in force of the feeds that the measures used."""
    rows = evidence.receipts().filter(pl.col("feed").is_in(sorted(evidence.feeds))).sort("feed", "file_name", "receipt")
    return tuple(
        ReceiptUsed(row["feed"], row["title"], row["receipt"], row["file_name"], row["sha256"], str(row["loaded_at"]))
        for row in rows.iter_rows(named=True)
    )
