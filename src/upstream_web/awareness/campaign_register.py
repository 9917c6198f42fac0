"""Campaigns and how far they reached."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.awareness import queries
from upstream_web.awareness.base_register import AwarenessRegister, this_year
from upstream_web.awareness.forms.outreach import CampaignForm, ReachForm
from upstream_web.awareness.models import Campaign, Channel, Counted, Reach
from upstream_web.core.money import pounds
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour

STATES = (("coming", "To come"), ("running", "Running"), ("unevaluated", "Over, not looked back on"), ("done", "Over"))


def campaign_tag(campaign: Campaign) -> Tag:
    """Say where a campaign stands by its days."""
    today = timezone.localdate()
    if campaign.starts_on > today:
        return Tag("", f"From {short_day_words(campaign.starts_on)}")
    if campaign.ends_on >= today:
        return Tag("open", "Running")
    return Tag("done", "Over, looked back on") if campaign.evaluated_on else Tag("soon", "Over, not looked back on")


def by_state(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to campaigns to come, running, over, or over without a look back."""
    today = timezone.localdate()
    if value == "coming":
        return records.filter(starts_on__gt=today)
    if value == "running":
        return records.filter(starts_on__lte=today, ends_on__gte=today)
    over = records.filter(ends_on__lt=today)
    return over.filter(evaluated_on=None) if value == "unevaluated" else over


def channel_words(campaign: Campaign) -> str:
    """Name the channels."""
    return ", ".join(Channel(code).label for code in campaign.channels.split())


class Campaigns(AwarenessRegister):
    """What was said to whom."""

    model = Campaign
    noun, plural = "campaign", "campaigns"
    form = CampaignForm
    searched = ("title", "aim", "audience", "what_changed")
    related = ("lead_body",)
    order = ("-starts_on",)
    page_template = "awareness/campaign.html"
    empty = "Say what should be different afterwards, for whom, and through which channels."
    columns = (
        Column("title", "Campaign", sort=("title",)),
        Column("audience", "For whom", sort=("audience",)),
        Column("starts_on", "From", sort=("starts_on",)),
        Column("ends_on", "Until", sort=("ends_on",)),
        Column("spent", "Spent", is_number=True, value=lambda each: pounds(each.cost_spent), sort=("cost_spent",)),
        Column("state", "State", value=campaign_tag),
        Column("channels", "Channels", value=channel_words, only_exported=True),
        Column("lead_body", "Led by", value="lead_body.name", only_exported=True),
        Column("what_changed", "What changed", only_exported=True),
    )
    filters = (Filter("state", "State", STATES, narrow=by_state),)

    def lede(self, records: QuerySet[Any]) -> str:
        """Say what ran this school year, and what is not looked back on."""
        year = this_year()
        ran = queries.campaigns_in(year.since, year.until).count()
        silent = by_state(records, "unevaluated").count()
        return f"{count_words(ran, 'campaign')} in {year.label}; {silent} over and not looked back on."

    def facts(self, record: Campaign) -> list[tuple[str, Any]]:
        """Say for whom, when, through what and for how much."""
        rows = [
            ("State", campaign_tag(record)), ("For whom", record.audience), ("Channels", channel_words(record)),
            ("From", record.starts_on), ("Until", record.ends_on), ("Led by", record.lead_body),
            ("Planned", pounds(record.cost_planned)), ("Spent", pounds(record.cost_spent)),
            ("Looked back on", record.evaluated_on),
            ("Figures", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Campaign, person: Any) -> dict[str, Any]:
        """Give the figures of its channels."""
        return {"reach": list(queries.seen_by(Reach, person).filter(campaign=record))}

    def acts(self, record: Campaign, person: Any) -> list[Act]:
        """Add a figure of reach."""
        if record.removed_at or not self.may_change(person, record):
            return []
        return [Act("Add a figure", f"{reverse('campaign-reach-new')}?campaign={record.pk}")]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which campaigns start and end."""
        for each in self.there(person).filter(starts_on__lte=until, ends_on__gte=since):
            if since <= each.starts_on <= until:
                yield Dated(each, each.starts_on, f"{each} starts", what="start")
            if since <= each.ends_on <= until:
                yield Dated(each, each.ends_on, f"{each} ends", what="end")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Remind those who lead a campaign to look back on it."""
        for each in self.to_act_on(person).filter(ends_on__lt=on, evaluated_on=None):
            yield Dated(each, each.ends_on, f"Look back on {each}", "soon", what="evaluation")


class ReachFigures(AwarenessRegister):
    """One figure of one channel each."""

    model = Reach
    noun, plural = "figure of reach", "figures of reach"
    form = ReachForm
    in_search = False
    searched = ("campaign__title", "source", "note")
    related = ("campaign",)
    order = ("campaign__title", "channel", "from_on")
    columns = (
        Column("campaign", "Campaign", value="campaign.title", sort=("campaign__title",)),
        Column("channel", "Channel", value="get_channel_display", sort=("channel",)),
        Column("counts", "What it counts", value="get_counts_display", sort=("counts",)),
        Column("number", "Number", is_number=True, sort=("number",)),
        Column("until_on", "Until", sort=("until_on",)),
        Column("source", "From", quiet=True),
    )
    filters = (Filter("channel", "Channel", Channel.choices), Filter("counts", "What it counts", Counted.choices))

    def lede(self, records: QuerySet[Any]) -> str:
        """Say why nothing is added up."""
        return "Figures that count different things are not added up: times shown are not people."

    def neighbours(self, record: Reach) -> Iterable[Neighbour]:
        """Give the campaign."""
        yield Neighbour(record.campaign, "counts for", False)
