"""Plan updates and their sections as registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import short_day_words
from upstream_web.panel_updates import chain_ties, papers
from upstream_web.panel_updates.forms import PanelUpdateForm, UpdateSectionForm
from upstream_web.panel_updates.models import PanelUpdate, UpdateSection, UpdateState
from upstream_web.panel_updates.operations import panel_updates
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.models import KeptPaper, Record
from upstream_web.records.papers import content_of, papers_of
from upstream_web.records.register import Act, Dated, Neighbour, Register, enter


def state_tag(update: PanelUpdate) -> Tag:
    """Give the state of an update as a tag."""
    return Tag("done" if update.state == UpdateState.PUBLISHED else "open", update.get_state_display())


def last_published() -> QuerySet[Any]:
    """Give the moment at which the update of a section was published last."""
    kept = KeptPaper.objects.filter(kind=PanelUpdate.kind, key=Cast(OuterRef("update_id"), CharField()))
    return kept.order_by("-number").values("kept_at")[:1]


class PanelUpdates(Register[PanelUpdate]):
    """The updates to the panel."""

    model = PanelUpdate
    noun, plural = "plan update", "plan updates"
    publish = Permission.PANEL_UPDATE_PUBLISH
    area, section = "account", "panel-updates"
    see, change = Permission.PANEL_UPDATE_VIEW, Permission.PANEL_UPDATE_DRAFT
    form = PanelUpdateForm
    page_template = "panel_updates/panel_update.html"
    order = ("-panel_on",)
    searched = ("title", "panel")
    searched_within = (UpdateSection.kind, "update")
    columns = (
        Column("title", "Update", sort=("title",)),
        Column("panel_on", "Meeting", sort=("panel_on",)),
        Column("since", "From", sort=("since",)),
        Column("until", "Until", sort=("until",)),
        Column("state", "State", value=state_tag, sort=("state",)),
    )
    filters = (Filter("state", "State", UpdateState.choices),)
    empty = "An update is drafted from the plan, the recommendations and the spending of a period."

    def visible_to(self, person: Any) -> QuerySet[Any]:
        """Keep drafts from those who only read updates."""
        found = super().visible_to(person)
        return found if may(person, Permission.PANEL_UPDATE_DRAFT) else found.filter(state=UpdateState.PUBLISHED)

    def can_remove(self, record: PanelUpdate) -> str:
        """Keep in sight what everybody may read, and what was withdrawn from them with its reason."""
        if record.removed_at or record.state != UpdateState.PUBLISHED:
            return ""
        return (
            "A plan update that was published is not removed. Where it is wrong, publish a correction; where nobody is "
            "to read it any longer, withdraw its versions."
        )

    def reads_now(self, person: Any, record: PanelUpdate) -> bool:
        """Those who draft updates do; the others read what was published."""
        return may(person, Permission.PANEL_UPDATE_DRAFT)

    def lede(self, records: QuerySet[Any]) -> str:
        """Say which is the next, or the last."""
        draft = records.filter(state=UpdateState.DRAFT).order_by("panel_on").first()
        if draft is not None:
            return f"“{draft}” is being drafted for {draft.panel_on:%-d %B %Y}."
        last = records.order_by("-panel_on").first()
        return f"The last update went to the panel of {last.panel_on:%-d %B %Y}." if last else ""

    def make(self, record: PanelUpdate, *, by: Any, at: datetime) -> PanelUpdate:
        """Keep a new update and draft its sections."""
        return panel_updates.begin(update=record, by=by, at=at)

    def context(self, record: PanelUpdate, person: Any) -> dict[str, Any]:
        """Give the sections as they stand and what was published; who only reads updates reads that."""
        published = list(papers_of(record))
        reads_now = self.reads_now(person, record)
        return {
            "sections": list(record.sections.present()),
            "published": published,
            "frozen": papers.html_of(content_of(published[0])) if published and not reads_now else "",
            "may_publish": may(person, Permission.PANEL_UPDATE_PUBLISH),
        }

    def facts(self, record: PanelUpdate) -> list[tuple[str, Any]]:
        """Give what is not told beside it."""
        period = f"{short_day_words(record.since)} to {short_day_words(record.until)}"
        said = [
            ("To", record.panel),
            ("Meeting", record.panel_on),
            ("Reports on", period),
            ("State", state_tag(record)),
        ]
        return [*said, ("Whom to ask", record.contact)] if record.contact else said

    def acts(self, record: PanelUpdate, person: Any) -> list[Act]:
        """Offer to draft again."""
        if not may(person, Permission.PANEL_UPDATE_DRAFT):
            return []
        return [Act("Draft again", reverse("panel-update-draft", args=[record.pk]), posts=True)]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the meetings that an update goes to."""
        for update in self.visible_to(person).filter(removed_at=None, panel_on__range=(since, until)):
            yield Dated(update, update.panel_on, f"{update.panel}: {update}")

    def neighbours(self, record: PanelUpdate) -> Iterable[Neighbour]:
        """Give the sections, of which it is made."""
        return [Neighbour(section, "has the section", onward=False) for section in record.sections.present()]

    def now(self, record: PanelUpdate) -> str:
        """Say whether it was published, and when the panel meets."""
        return f"{record.get_state_display()}, panel of {short_day_words(record.panel_on)}"


class UpdateSections(Register[UpdateSection]):
    """The sections of updates; made by drafting, changed by people."""

    model = UpdateSection
    noun, plural = "section of an update", "sections of updates"
    area, section = "account", "panel-updates"
    see, change = Permission.PANEL_UPDATE_VIEW, Permission.PANEL_UPDATE_DRAFT
    form = UpdateSectionForm
    page_template = "panel_updates/update_section.html"
    related = ("update",)
    order = ("-update__panel_on", "number")
    searched = ("heading", "text")
    columns = (
        Column("heading", "Section", sort=("heading",)),
        Column("update", "Update", sort=("update__panel_on",)),
        Column("changed_at", "Changed", sort=("changed_at",)),
    )
    can_be_made = False
    in_search = False

    def visible_to(self, person: Any) -> QuerySet[Any]:
        """Keep from those who only read updates the sections of drafts, and words that are not published yet."""
        found = super().visible_to(person)
        if may(person, Permission.PANEL_UPDATE_DRAFT):
            return found
        published = found.filter(update__state=UpdateState.PUBLISHED)
        return published.filter(changed_at__lte=Subquery(last_published()))

    def reads_now(self, person: Any, record: UpdateSection) -> bool:
        """Those who draft updates do; the others see a section while its words are the published ones."""
        return may(person, Permission.PANEL_UPDATE_DRAFT)

    def facts(self, record: UpdateSection) -> list[tuple[str, Any]]:
        """Say to which update it belongs and whose words it holds."""
        whose = "as drafted" if record.is_as_drafted else f"edited by {record.changed_by}"
        return [("Update", record.update), ("Words", whose), ("Changed", record.changed_at)]

    def neighbours(self, record: UpdateSection) -> Iterable[Neighbour]:
        """Give the update in which it stands, and what it tells of."""
        yield Neighbour(record.update, "stands in", onward=True)
        for told in chain_ties.told_in(record):
            yield Neighbour(told, "tells of", onward=False)

    def ties_to(self, records: Sequence[Record]) -> Iterable[tuple[Record, Neighbour]]:
        """Give the sections that tell of a priority, or of a recommendation by its title."""
        for record, section in chain_ties.sections_about(records):
            yield record, Neighbour(section, "is told to the panel in", onward=True)

    def crumbs(self, record: UpdateSection | None = None) -> list[tuple[str, str]]:
        """Lead back to the update."""
        above = PANEL_UPDATES.crumbs()
        return above if record is None else [*above, (str(record.update), record.update.get_absolute_url())]

    def acts(self, record: UpdateSection, person: Any) -> list[Act]:
        """Offer the drafted words where they differ."""
        if record.is_as_drafted or not may(person, Permission.PANEL_UPDATE_DRAFT):
            return []
        return [Act("Take the drafted words", reverse("update-section-take", args=[record.pk]), posts=True)]


PANEL_UPDATES = enter(PanelUpdates())
UPDATE_SECTIONS = enter(UpdateSections())
