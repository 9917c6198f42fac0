"""The registers of inspections: what is listed, by whom, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import short_day_words
from upstream_web.inspections import clocks, page, queries, story, timed
from upstream_web.inspections.codes import AskedOf, Inspectorate, Reach, Sort, Source, Theme
from upstream_web.inspections.drafts import may_see_draft, open_parts
from upstream_web.inspections.forms.records import (
    EvidenceForm,
    InspectionForm,
    PartForm,
    RecommendationForm,
    ResponseForm,
)
from upstream_web.inspections.levels import title_of
from upstream_web.inspections.models import EvidenceItem, Inspection, Recommendation, ResponsePart, ResponseRecord
from upstream_web.inspections.operations import evidence, responses
from upstream_web.inspections.policies import RecommendationState, rate
from upstream_web.inspections.standing import pace_of, with_pace
from upstream_web.inspections.words import inspections_lede, recommendations_lede
from upstream_web.organisations.models import Organisation
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour, Register, Timed, enter

S = RecommendationState
CLOSED_TAGS = {S.CLOSED: "done", S.LEVEL_GIVEN: "done", S.CLOSURE_REQUESTED: "open", S.REOPENED: "late"}
DEADLINES = (("late", "Passed"), ("soon", "Within 60 days"), ("later", "Later"), ("none", "None published"))
STATES = (("open", "Open"), *S.choices)


def state_tag(recommendation: Recommendation) -> Tag:
    """Show where a recommendation stands."""
    if not recommendation.is_ours:
        return Tag("", "Asked of others" if recommendation.asked_of == AskedOf.OTHERS else "Same as another")
    return Tag(CLOSED_TAGS.get(S(recommendation.state), ""), recommendation.get_state_display())


def rating_tag(recommendation: Any) -> Tag | None:
    """Show how a recommendation does, by the rule."""
    rating = rate(pace_of(recommendation), timezone.localdate())
    return Tag(rating.tag, str(rating)) if rating.code else None


def response_tag(inspection: Inspection) -> Tag | None:
    """Show how the clock of the response stands."""
    response = next((each for each in inspection.responses.all() if each.is_ours and not each.removed_at), None)
    stood = clocks.response_clock(inspection, response.answered_on if response else None, timezone.localdate())
    return Tag(page.CLOCK_TAGS[stood.state], stood.words) if stood else None


def by_deadline(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to deadlines that have passed, are near, are far or were not published."""
    today = timezone.localdate()
    near = today + timedelta(days=60)
    return records.filter(
        {
            "late": Q(due_on__lt=today),
            "soon": Q(due_on__gte=today, due_on__lte=near),
            "later": Q(due_on__gt=near),
            "none": Q(due_on__isnull=True),
        }[value]
    )


def by_state(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to one state, or to all that is open and ours."""
    return records.filter(queries.IS_OURS).exclude(state=S.CLOSED) if value == "open" else records.filter(state=value)


def bodies() -> list[tuple[str, str]]:
    """Give the organisations that own a recommendation."""
    found = Organisation.objects.filter(recommendations__isnull=False).distinct()
    return [(str(body.pk), str(body)) for body in found]


class Inspections(Register[Inspection]):
    """Reports of inspectorates, reviews, audits and panels."""

    model = Inspection
    noun, plural = "inspection", "inspections"
    area, section = "account", "inspections"
    see, change = Permission.INSPECTION_VIEW, Permission.INSPECTION_CHANGE
    form = InspectionForm
    searched = ("title", "summary", "recommendations__title", "recommendations__words")
    order = ("-published_on", "title")
    page_template = "inspections/inspection.html"
    list_template = "inspections/inspection_list.html"
    empty = "Each report on us, with what it asks and what we answer, stands here."
    columns = (
        Column("title", "Report", sort=("title",)),
        Column("by", "By", value="by_shortly", sort=("inspectorates",)),
        Column("published_on", "Published", sort=("published_on",)),
        Column("response", "Response", value=response_tag),
        Column("open", "Open", value="open_number", is_number=True),
        Column("all", "Asked", value="asked_number", is_number=True),
        Column("source", "Sort of work", value="get_source_display", only_exported=True),
        Column("kinds", "Kind", only_exported=True),
        Column("report_address", "Report at", only_exported=True),
    )
    filters = (
        Filter("by", "Inspectorate", Inspectorate.choices, narrow=lambda r, v: r.filter(inspectorates__contains=v)),
        Filter("source", "Sort of work", Source.choices),
        Filter("reach", "Kind", Reach.choices, narrow=lambda r, v: r.filter(reach__contains=v)),
    )

    def records(self) -> QuerySet[Any]:
        """Count along what is asked and what is open."""
        is_ours = Q(recommendations__removed_at__isnull=True, recommendations__duplicate_of__isnull=True) & ~Q(
            recommendations__asked_of=AskedOf.OTHERS
        )
        there = Q(recommendations__removed_at__isnull=True)
        is_open = is_ours & ~Q(recommendations__state=S.CLOSED)
        counted = super().records().annotate(
            asked_number=Count("recommendations", filter=there, distinct=True),
            open_number=Count("recommendations", filter=is_open & there, distinct=True),
        )  # fmt: skip
        return counted.prefetch_related("responses")

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are open, late, and waiting for the inspectorate."""
        return inspections_lede(timezone.localdate())

    def context(self, record: Inspection, person: Any) -> dict[str, Any]:
        """Give what the report asks, our response, and what others answered."""
        return page.inspection_context(record, person)

    def facts(self, record: Inspection) -> list[tuple[str, Any]]:
        """Say who reported, when and on what."""
        named = {True: "Yes", False: "No", None: ""}[record.names_us]
        shown = [
            ("By", record.by), ("Sort of work", record.get_source_display()), ("Kind", record.kinds),
            ("Published", record.published_on), ("Grade", record.grade), ("Names us", named),
            ("Licence", record.licence),
        ]  # fmt: skip
        return [(label, value) for label, value in shown if value]

    def acts(self, record: Inspection, person: Any) -> list[Act]:
        """Offer the response and a new recommendation."""
        found = []
        response = queries.ours(record)
        if response:
            found.append(Act("Response record", response.get_absolute_url()))
        elif may(person, Permission.INSPECTION_CHANGE):
            found.append(Act("Begin our response", f"{reverse('response-new')}?inspection={record.pk}"))
        if may(person, Permission.INSPECTION_CHANGE):
            found.append(Act("Add recommendation", f"{reverse('recommendation-new')}?inspection={record.pk}"))
        return found

    def neighbours(self, record: Inspection) -> Iterable[Neighbour]:
        """What it asks, what it praises and what is answered come after it."""
        for asked in record.recommendations.present():
            yield Neighbour(asked, "asks for", onward=True)
        for response in record.responses.present():
            yield Neighbour(response, "is answered by", onward=True)
        for practice in record.practices.present():
            yield Neighbour(practice, "praises", onward=True)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the last days of the responses that are owed."""
        for owed in queries.responses_owed(timezone.localdate()):
            if since <= owed.stand.due_on <= until:
                title = f"Response to “{owed.inspection}” due"
                yield Dated(owed.inspection, owed.stand.due_on, title, page.CLOCK_TAGS[owed.stand.state])

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the responses that those who draft or keep the register owe."""
        if not (may(person, Permission.INSPECTION_CHANGE) or may(person, Permission.RESPONSE_AGREE)):
            return
        for owed in queries.responses_owed(on):
            yield Dated(
                owed.inspection, owed.stand.due_on, f"Response to “{owed.inspection}”",
                page.CLOCK_TAGS[owed.stand.state], owed.stand.words,
            )  # fmt: skip

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the responses that are owed."""
        return timed.of_responses(person, since)


class Recommendations(Register[Recommendation]):
    """What reports ask for, to closure."""

    model = Recommendation
    noun, plural = "recommendation", "recommendations"
    area, section = "account", "inspections"
    see, change = Permission.INSPECTION_VIEW, Permission.INSPECTION_CHANGE
    form = RecommendationForm
    searched = ("title", "words", "intent", "inspection__title", "owner_role")
    related = ("inspection", "owner", "body")
    order = (F("due_on").asc(nulls_last=True), "inspection", "pk")  # type: ignore[assignment]
    page_template = "inspections/recommendation.html"
    list_template = "inspections/recommendation_list.html"
    empty = "Recommendations come with the report that makes them."
    columns = (
        Column("title", "Recommendation", sort=("title",)),
        Column("inspection", "Report", value="inspection", sort=("inspection__title",)),
        Column("number", "No.", sort=("number",), only_exported=True),
        Column("sort", "Sort", value="get_sort_display", sort=("sort",), only_exported=True),
        Column("owner", "Owner", value="owner_words", sort=("owner_role",)),
        Column("body", "Body", value=lambda each: str(each.body or ""), sort=("body__name",), only_exported=True),
        Column("due_on", "Deadline", sort=("due_on",)),
        Column("state", "State", value=state_tag, sort=("state",)),
        Column("rating", "Rating", value=rating_tag),
        Column("review_due_on", "Next review", sort=("review_due_on",)),
        Column("level", "Level", value=lambda each: title_of(each.level) if each.level else "", only_exported=True),
        Column("words", "In the words of the report", only_exported=True),
    )
    filters = (
        Filter("by", "Inspectorate", Inspectorate.choices,
               narrow=lambda r, v: r.filter(inspection__inspectorates__contains=v)),
        Filter("sort", "Sort", Sort.choices),
        Filter("theme", "Theme", Theme.choices),
        Filter("body", "Owning body", bodies),
        Filter("state", "State", STATES, narrow=by_state),
        Filter("deadline", "Deadline", DEADLINES, narrow=by_deadline),
    )  # fmt: skip

    def records(self) -> QuerySet[Any]:
        """Fetch along what the rating follows from."""
        return with_pace(super().records())

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are open, late, and waiting for the inspectorate."""
        return recommendations_lede(timezone.localdate())

    def crumbs(self, record: Recommendation | None = None) -> list[tuple[str, str]]:
        """Lead back through the report."""
        above = [("Inspections", reverse("inspection-list"))]
        if record is None or not record.pk:
            return [*above, (self.title, self.address())]
        return [*above, (record.inspection.title, record.inspection.get_absolute_url())]

    def context(self, record: Recommendation, person: Any) -> dict[str, Any]:
        """Give everything its page shows."""
        return page.recommendation_context(record, person)

    def facts(self, record: Recommendation) -> list[tuple[str, Any]]:
        """Say what it is and who answers for it."""
        addressee = (
            f"{record.get_sort_display()}, to {record.addressee}" if record.addressee else record.get_sort_display()
        )
        shown = [
            ("Report", record.inspection), ("By", record.inspection.by), ("Kind", addressee),
            ("Theme", record.get_theme_display()), ("Owner", record.owner_words), ("Sponsor", record.sponsor),
            ("Owning body", record.body), ("Level", title_of(record.level) if record.level else "Not given yet"),
            ("Same as", record.duplicate_of),
        ]  # fmt: skip
        return [(label, value) for label, value in shown if value]

    def acts(self, record: Recommendation, person: Any) -> list[Act]:
        """Offer the response and new evidence."""
        found = []
        response = queries.ours(record.inspection)
        if response:
            found.append(Act("Response record", response.get_absolute_url()))
        if record.is_ours and may(person, Permission.RECOMMENDATION_REPORT, about=record):
            found.append(Act("Add evidence", f"{reverse('evidence-new')}?recommendation={record.pk}", is_main=True))
        return found

    def neighbours(self, record: Recommendation) -> Iterable[Neighbour]:
        """It comes from its report; its evidence and the response that answers it come after it."""
        yield Neighbour(record.inspection, "is made in", onward=False)
        for item in record.evidenceitems.present():
            yield Neighbour(item, "is shown by", onward=True)
        response = queries.ours(record.inspection)
        if response:
            yield Neighbour(response, "is answered in", onward=True)

    def now(self, record: Recommendation) -> str:
        """Say where it stands on its way to closure."""
        level = f", {title_of(record.level)}" if record.level else ""
        return f"{record.get_state_display()}{level}"

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give deadlines, reviews and re-checks."""
        for each in queries.open_recommendations():
            for day, what in ((each.due_on, "Deadline"), (each.review_due_on, "Review")):
                if day and since <= day <= until:
                    yield Dated(each, day, f"{what}: {each}", what=what.lower())
        for recheck in queries.rechecks_due().filter(due_on__gte=since, due_on__lte=until):
            title = f"Re-check: {recheck.recommendation}"
            yield Dated(recheck.recommendation, recheck.due_on, title, what=recheck.clock)

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the reviews and deadlines of those they own or report on."""
        for each in queries.open_recommendations():
            if not may(person, Permission.RECOMMENDATION_REPORT, about=each):
                continue
            rating = rate(pace_of(each), on)
            day = min((day for day in (each.due_on, each.review_due_on) if day), default=None)
            if day and rating.code in ("red", "amber"):
                yield Dated(each, day, str(each), rating.tag, rating.because)

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the reviews, and the re-checks after closure."""
        return timed.of_recommendations(person, since)


class Responses(Register[ResponseRecord]):
    """Responses to reports: ours, and those of other areas."""

    model = ResponseRecord
    noun, plural = "response", "responses"
    publish = Permission.RESPONSE_PUBLISH
    area, section = "account", "inspections"
    see, change = Permission.INSPECTION_VIEW, Permission.INSPECTION_CHANGE
    form = ResponseForm
    searched = ("force", "inspection__title", "account")
    searched_within = (ResponsePart.kind, "response")
    related = ("inspection",)
    order = ("-inspection__published_on", "-is_ours", "force")
    page_template = "inspections/response.html"
    can_be_removed = False
    empty = "Begin ours on the page of the report, or import one that was published."
    columns = (
        Column("inspection", "Report", value="inspection.title", sort=("inspection__title",)),
        Column("force", "Area", sort=("force",)),
        Column("published", "Report published", value="inspection.published_on", sort=("inspection__published_on",)),
        Column("state", "State", value=lambda r: r.get_state_display() if r.is_ours else "As published elsewhere"),
    )
    filters = (Filter("whose", "Whose", (("True", "Ours"), ("False", "Other areas")), lookup="is_ours"),)

    def crumbs(self, record: ResponseRecord | None = None) -> list[tuple[str, str]]:
        """Lead back through the report."""
        above = [("Inspections", reverse("inspection-list"))]
        if record is None or not record.pk:
            return [*above, (self.title, self.address())]
        return [*above, (record.inspection.title, record.inspection.get_absolute_url())]

    def make(self, record: ResponseRecord, *, by: Any, at: datetime) -> ResponseRecord:
        """Begin it with a part for each office."""
        return responses.begin(response=record, bodies=page.offices() if record.is_ours else {}, by=by, at=at)

    def reads_now(self, person: Any, record: ResponseRecord) -> bool:
        """Once it is published, only those who write a correction of it do."""
        return may_see_draft(record, person)

    def context(self, record: ResponseRecord, person: Any) -> dict[str, Any]:
        """Give the parts, the answers, what was published and sent."""
        return page.response_context(record, person)

    def neighbours(self, record: ResponseRecord) -> Iterable[Neighbour]:
        """It answers a report, and what that asks."""
        yield Neighbour(record.inspection, "answers", onward=False)
        for asked in Recommendation.objects.present().filter(answers__part__response=record).distinct():
            yield Neighbour(asked, "answers", onward=False)

    def facts(self, record: ResponseRecord) -> list[tuple[str, Any]]:
        """Say whose it is and how far."""
        shown = [
            ("Report", record.inspection), ("Area", record.force), ("Commissioner", record.commissioner_name),
            ("Chief constable", record.chief_name),
            ("State", record.get_state_display() if record.is_ours else "Published elsewhere"),
        ]  # fmt: skip
        return [(label, value) for label, value in shown if value]


class Parts(Register[ResponsePart]):
    """The part of one office in a response."""

    model = ResponsePart
    noun, plural = "response part", "response parts"
    area, section = "account", "inspections"
    see, change = Permission.INSPECTION_VIEW, Permission.RESPONSE_DRAFT
    form = PartForm
    searched = ("words", "closing_words", "response__inspection__title")
    related = ("response__inspection", "body")
    order = ("-response__inspection__published_on", "response", "party")
    page_template = "inspections/part.html"
    can_be_removed = False
    can_be_made = False  # a part comes with its response
    in_search = False
    columns = (
        Column("response", "Response", value=str),
        Column("party", "Office", value="get_party_display", sort=("party",)),
        Column("agreed_on", "Agreed", sort=("agreed_on",)),
    )

    def crumbs(self, record: ResponsePart | None = None) -> list[tuple[str, str]]:
        """Lead back through the response."""
        above = [("Inspections", reverse("inspection-list"))]
        if record is None or not record.pk:
            return [*above, (self.title, self.address())]
        response = record.response
        return [*above, (response.inspection.title, response.inspection.get_absolute_url()),
                ("Response", response.get_absolute_url())]  # fmt: skip

    def visible_to(self, person: Any) -> QuerySet[Any]:
        """Keep the words of a correction from those who only read what was published."""
        return open_parts(person, super().visible_to(person))

    def may_change(self, person: Any, record: ResponsePart | None = None) -> bool:
        """A part comes with its response and is never made by itself; another area's words are not ours to change."""
        return record is not None and record.response.is_ours and super().may_change(person, record)

    def can_change(self, record: ResponsePart) -> str:
        """Agreed words stand until the agreement is withdrawn."""
        if not record.is_agreed:
            return ""
        return (
            f"Agreed on {short_day_words(record.agreed_on)} by {record.agreed_by}. "  # type: ignore[arg-type]
            "To change it, withdraw the agreement first and say why."
        )

    def change_record(self, record: ResponsePart, fields: list[str], *, by: Any, at: datetime) -> ResponsePart:
        """Write new words; the state of the response follows."""
        return responses.redraft(part=record, fields=fields, by=by, at=at)

    def context(self, record: ResponsePart, person: Any) -> dict[str, Any]:
        """Give the answers of the part and what its office may do."""
        return page.part_context(record, person)

    def neighbours(self, record: ResponsePart) -> Iterable[Neighbour]:
        """It belongs to its response."""
        yield Neighbour(record.response, "is part of", onward=False)

    def facts(self, record: ResponsePart) -> list[tuple[str, Any]]:
        """Say whose part it is and whether it is agreed."""
        shown = [
            ("Response", record.response), ("Office", record.body or record.get_party_display()),
            ("Agreed", record.agreed_on), ("By", record.agreed_by), ("Withdrawn because", record.withdrawn_because),
        ]  # fmt: skip
        return [(label, value) for label, value in shown if value]


class Evidence(Register[EvidenceItem]):
    """What there is to show for a recommendation."""

    model = EvidenceItem
    noun, plural = "evidence", "evidence"
    area, section = "account", "inspections"
    see, change = Permission.INSPECTION_VIEW, Permission.RECOMMENDATION_REPORT
    form = EvidenceForm
    searched = ("title", "words", "source", "recommendation__title")
    related = ("recommendation__inspection",)
    order = ("recommendation", "number")
    page_template = "inspections/evidence.html"
    empty = "Evidence is added on the page of its recommendation."
    columns = (
        Column("title", "Evidence", sort=("title",)),
        Column("recommendation", "For", value="recommendation"),
        Column("dated", "Dated", sort=("dated",)),
        Column("proves", "What it proves", value=page.proves_tag, sort=("proves",)),
        Column("reviewed_on", "Reviewed", sort=("reviewed_on",)),
    )

    def crumbs(self, record: EvidenceItem | None = None) -> list[tuple[str, str]]:
        """Lead back through the recommendation."""
        above = [("Inspections", reverse("inspection-list"))]
        if record is None or not record.recommendation_id:
            return [*above, (self.title, self.address())]
        of = record.recommendation
        return [*above, (of.inspection.title, of.inspection.get_absolute_url()), (of.title, of.get_absolute_url())]

    def make(self, record: EvidenceItem, *, by: Any, at: datetime) -> EvidenceItem:
        """Add it under the next number."""
        return evidence.add(item=record, by=by, at=at)

    def change_record(self, record: EvidenceItem, fields: list[str], *, by: Any, at: datetime) -> EvidenceItem:
        """Change it; a review of what it said before no longer holds."""
        return evidence.change(item=record, fields=fields, by=by, at=at)

    def context(self, record: EvidenceItem, person: Any) -> dict[str, Any]:
        """Offer its review to those who may."""
        return page.evidence_context(record, person)

    def neighbours(self, record: EvidenceItem) -> Iterable[Neighbour]:
        """It shows how a recommendation is met."""
        yield Neighbour(record.recommendation, "is evidence for", onward=False)

    def facts(self, record: EvidenceItem) -> list[tuple[str, Any]]:
        """Say what it is and what it proves."""
        shown = [
            ("For", record.recommendation), ("Dated", record.dated), ("From", record.source),
            ("What it proves", page.proves_tag(record)), ("Added by", record.made_by),
            ("Reviewed", record.reviewed_on), ("Reviewed by", record.reviewed_by),
        ]  # fmt: skip
        return [(label, value) for label, value in shown if value]


INSPECTIONS = enter(Inspections())
RECOMMENDATIONS = enter(Recommendations())
RESPONSES = enter(Responses())
PARTS = enter(Parts())
EVIDENCE = enter(Evidence())
story.follow_all()
