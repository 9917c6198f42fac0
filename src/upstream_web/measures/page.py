"""The page of one measure, put together from results of the library."""

from __future__ import annotations

import polars as pl

from upstream.measures import MeasureDefinition, MeasureResult
from upstream.measures.files import Fact, citation, describe
from upstream_web.core.words import capital
from upstream_web.core.workbench import get_partnership
from upstream_web.measures import choices, mapping, queries, rows, words
from upstream_web.measures.choices import Choice

FACTS_ABOUT = ("Counts", "Divided by", "Is not", "Direction", "Feed", "Method", "Written by", "Build")


def facts(result: MeasureResult | None, definition: MeasureDefinition) -> list[Fact]:
    """What the number is, for the side panel."""
    if result is None:
        return [Fact("Counts", definition.numerator), Fact("Is not", definition.is_not)]
    found = [fact for fact in describe(result) if fact.about in FACTS_ABOUT and fact.about != "Feed"]
    feeds = [Fact("Feed", feed_words(result))] if result.provenance.feeds else []
    version = f"{result.provenance.build} · definition version {result.provenance.definition_version}"
    own_words = {"Build": version, "Is not": without_not(definition.is_not)}
    shown = [Fact(fact.about, own_words.get(fact.about, fact.text)) for fact in found]
    return shown[:4] + feeds + shown[4:]


def without_not(text: str) -> str:
    """Take the "Not" off a text whose heading says it already."""
    return capital(text.removeprefix("Not "))


def feed_words(result: MeasureResult) -> str:
    """Name the feeds with how far they reach; receipts are in the files and on the feed's page."""
    said = []
    for feed in result.provenance.feeds:
        reach = f", to {feed.last_period:%B %Y}" if feed.last_period else ""
        many = len(feed.receipts)
        said.append(f"{feed.title}{reach} ({many} {'receipt' if many == 1 else 'receipts'})")
    return "; ".join(said)


def cite(result: MeasureResult) -> str:
    """The line to cite the figure by."""
    return citation(result, get_partnership().config.name)


def snippet(choice: Choice, level: str) -> str:
    """The lines that give the same frame in a notebook."""
    lines = ["import upstream", "", f'partnership = upstream.open_partnership("{get_partnership().folder}")']
    arguments = [f'"{choice.definition.name}"']
    if choice.period:
        arguments.append(f'by=("{level}", "{choice.period.kind}")')
        arguments.append(f'start="{choice.period.start}"')
        arguments.append(f'end="{choice.period.end}"')
    return "\n".join([*lines, f"result = partnership.measure({', '.join(arguments)})", "result.frame"])


def chosen_area(choice: Choice, frame: pl.DataFrame) -> str:
    """The area asked for by code or name; else the highest."""
    codes = frame["area_code"].to_list()
    if choice.area in codes:
        return choice.area
    found = rows.searched(frame, choice.level, choice.area) if choice.area else frame.clear()
    if found.height:
        return str(found["area_code"][0])
    known = frame.drop_nulls("value").sort("value", descending=not choices.best_is_high(choice.definition))
    return str(known["area_code"][0]) if known.height else (codes[0] if codes else "")


def map_of(choice: Choice, frame: pl.DataFrame) -> mapping.MeasureMap | None:
    """The map of the chosen level."""
    return mapping.make_map(choice, frame, chosen_area(choice, frame))


def lede(choice: Choice) -> tuple[str, str]:
    """The sentences that open the page: the figure, and what may be said of it.

    What is said of the newest time is said only when that is the time shown.
    """
    definition = choice.definition
    summary = queries.find_summary(definition.name, places=True)
    latest = summary.latest if summary else None
    if summary and latest and choice.period and (latest.start, latest.end) == (choice.period.start, choice.period.end):
        first, comma, rest = summary.headline.partition(f" in {latest.when}")
        return (first + comma, rest) if comma else (summary.sentences[0], " ".join(("", *summary.sentences[1:])))
    return figure_words(choice) or ("", (summary.headline if summary and not latest else "") or definition.why)


def area_note(choice: Choice) -> str:
    """Say whose figures they are where they are not ours alone."""
    level = choices.widest_level(choice.definition)
    result = queries.in_period(choice, level)
    if level not in ("region", "country") or result is None or result.frame.is_empty():
        return ""
    name = result.frame["area_name"][0]
    return f"These figures are of {name} as a whole: the smallest area for which they are published."


def figure_words(choice: Choice) -> tuple[str, str] | None:
    """The bare figure of the chosen period; none where there is no one figure."""
    result = queries.in_period(choice, choices.widest_level(choice.definition))
    if result is None or choice.period is None or result.frame.height != 1 or result.frame["value"][0] is None:
        return None
    line = result.frame.row(0, named=True)
    unit = "" if words.is_percent(choice.definition) else f" {choice.definition.unit}"
    strong = f"{words.value_words(choice.definition, line['value'])}{unit} in {choice.period.words}"
    counted = words.out_of_words(choice.definition, line["numerator"], line["denominator"])
    return strong, f". {counted}" if counted else "."


def map_title(choice: Choice) -> str:
    """The finding of the map: how uneven the measure lies, where that can be said."""
    summary = queries.find_summary(choice.definition.name, places=True)
    concentrated = summary.concentration if summary else None
    if summary is None or concentrated is None or summary.highest is None:
        return "Where it is high and where low"
    words_said = summary.sentences[-1].rstrip(".")
    return words_said if "carry" in words_said else "Spread no more unevenly than chance would make it"
