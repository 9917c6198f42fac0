"""The headline numbers of the home page: what each is now, what it tells us, and its shape through time."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from upstream.charts.control_chart import small_control_chart
from upstream.exceptions import UpstreamFailure
from upstream.measures import Kind, MeasureDefinition, State, Summary, load_definitions, summarise
from upstream.methods.xmr import Verdict
from upstream_web.core.drawing.figures import drawn
from upstream_web.core.words import count_words
from upstream_web.core.workbench import find_build, get_partnership, kept_for_build

HEADLINE_TAG = "headline"
MOST_HEADLINES = 6
WHOLE_FROM = 10
SIGNALS = {
    State.ORDINARY: "ordinary",
    State.WATCH: "ordinary",
    State.BACK: "notice",
    State.NOT_KNOWN: "unknown",
}
CHANGES = {Verdict.WORSE: "concern", Verdict.BETTER: "improve"}


@dataclass(frozen=True)
class Headline:
    """One line: the measure, its sign and sentence, its number with its unit, and its small control chart.

    `chart` is empty and `number` a dash where nothing is held.
    """

    name: str
    title: str
    signal: str
    label: str
    sentence: str
    number: str
    unit: str
    chart: SafeString
    alternative: str

    @property
    def is_known(self) -> bool:
        """Whether there is a number to show."""
        return bool(self.unit)

    @property
    def brief(self) -> str:
        """What it tells us in a few words, to follow its name and a colon."""
        if self.signal == "ordinary":
            return "within the ordinary range"
        said = self.label.removeprefix("Changed: ")
        return said[:1].lower() + said[1:]

    @property
    def changed(self) -> bool:
        """Whether the newest month shows more than chance would give."""
        return self.signal in ("concern", "improve", "notice")


def short(definition: MeasureDefinition) -> str:
    """Name what a rate counts, where the page shows events a day instead."""
    return definition.title.partition(" for each ")[0]


def per_day_words(value: float) -> str:
    """Write events a day with no more figures than they bear: `120`, `8.4`."""
    return f"{value:,.0f}" if value >= WHOLE_FROM else f"{value:.1f}"


def _signal(summary: Summary) -> str:
    if summary.said.state == State.CHANGED and summary.per_day is not None:
        return CHANGES.get(summary.per_day.limits.latest.signal.verdict, "notice")
    return SIGNALS.get(summary.said.state, "notice")


def _unknown(definition: MeasureDefinition, why: str) -> Headline:
    return Headline(
        definition.name, short(definition), "unknown", "Not known", why, "–", "", SafeString(""), "Nothing is held."
    )


def _headline(definition: MeasureDefinition) -> Headline:
    try:
        summary = summarise(get_partnership(), definition.name, places=False)
    except UpstreamFailure as failure:
        return _unknown(definition, str(failure))
    newest, series = summary.newest, summary.per_day
    if newest is None or series is None or newest.per_day is None:
        return _unknown(definition, "No month is held.")
    figure = small_control_chart(
        series.frame,
        name=f"{definition.name}_small",
        title=definition.title,
        subtitle=f"{short(definition)}, {series.unit}",
        limits=series.limits,
        unit=series.unit,
        decimals=0 if newest.per_day >= WHOLE_FROM else 1,
    )
    count = count_words(int(newest.numerator or 0), definition.events.removesuffix("s"), definition.events)
    return Headline(
        name=definition.name,
        title=short(definition),
        signal=_signal(summary),
        label=summary.said.label,
        sentence=f"{count} in {newest.when}. {summary.said.text}",
        number=per_day_words(newest.per_day),
        unit=f"a day in {newest.start:%B}",
        chart=drawn(figure, wide=True, prefix=f"today-{definition.name}"),
        alternative=figure.alternative,
    )


def headlines() -> tuple[Headline, ...]:
    """Give the headline numbers, always in the order of their definitions; none before the first build."""
    if find_build() is None:
        return ()
    return kept_for_build("headlines of today", _all)


def _all() -> tuple[Headline, ...]:
    definitions = load_definitions(get_partnership()).values()
    wanted = [one for one in definitions if HEADLINE_TAG in one.tags and one.kind is Kind.RATE]
    return tuple(_headline(one) for one in wanted[:MOST_HEADLINES])
