"""The registers of practice and of its comparisons with our own work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words
from upstream_web.inspections.codes import Choice, PracticeSort, PracticeStatus, Theme
from upstream_web.inspections.forms.records import BenchmarkForm, PracticeForm
from upstream_web.inspections.models import Benchmark, Practice, Recommendation
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour, Register, enter

CHOICE_TAGS = {Choice.ADOPT: "open", Choice.ADAPT: "open", Choice.ALREADY: "done", Choice.NOT_FOR_US: ""}
TABLED = (("no", "Not yet"), ("yes", "Yes"))
COMPARED = (("no", "Not yet"), ("yes", "Yes"))


def tabled_tag(practice: Practice) -> Tag:
    """Show whether the board has had it."""
    if practice.tabled_on is None:
        return Tag("soon", "Not tabled")
    return Tag("done", f"{practice.tabled_on.day} {practice.tabled_on:%b %Y}")


def decision_tag(benchmark: Benchmark) -> Tag:
    """Show what a business lead decided."""
    if not benchmark.decision:
        return Tag("soon", "To decide")
    return Tag(CHOICE_TAGS[Choice(benchmark.decision)], benchmark.get_decision_display())


class Practices(Register[Practice]):
    """Practice that reports praise."""

    model = Practice
    noun, plural = "practice", "practices"
    area, section = "account", "practice"
    see, change = Permission.PRACTICE_VIEW, Permission.PRACTICE_CHANGE
    form = PracticeForm
    searched = ("title", "words", "seen_at", "report", "inspection__title")
    related = ("inspection",)
    order = ("-entered_on", "title")
    page_template = "inspections/practice.html"
    list_template = "inspections/practice_list.html"
    empty = "What inspectors praise elsewhere is entered here, compared with our own work, and tabled."
    columns = (
        Column("title", "Practice", sort=("title",)),
        Column("seen_at", "Seen at", sort=("seen_at",)),
        Column("theme", "Theme", value="get_theme_display", sort=("theme",)),
        Column("sort", "Kind", value="get_sort_display", sort=("sort",)),
        Column("compared", "Compared", value="compared_number", is_number=True),
        Column("tabled", "Tabled", value=tabled_tag, sort=("tabled_on",)),
        Column("report", "Report", value="report_title", only_exported=True),
        Column("page", "Page", only_exported=True),
        Column("words", "What it is", only_exported=True),
        Column("status", "Status", value="get_status_display", only_exported=True),
    )
    filters = (
        Filter("theme", "Theme", Theme.choices),
        Filter("sort", "Kind", PracticeSort.choices),
        Filter("tabled", "Tabled", TABLED, narrow=lambda r, v: r.filter(tabled_on__isnull=v == "no")),
        Filter("compared", "Compared", COMPARED,
               narrow=lambda r, v: r.filter(compared_number=0) if v == "no" else r.filter(compared_number__gt=0)),
        Filter("status", "Status", PracticeStatus.choices),
    )  # fmt: skip

    @property
    def title(self) -> str:
        """The heading of its list."""
        return "Practice database"

    def records(self) -> QuerySet[Any]:
        """Count along how many bodies have compared themselves."""
        there = Q(benchmarks__removed_at__isnull=True)
        return super().records().annotate(compared_number=Count("benchmarks", filter=there))

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many there are, how many nobody compared, and how many the board has not had."""
        present = records.filter(removed_at__isnull=True)
        everything = present.count()
        if not everything:
            return ""
        alone, untabled = present.filter(compared_number=0).count(), present.filter(tabled_on__isnull=True).count()
        compared = (
            "every one compared with our own work" if not alone else f"{alone} not compared with our own work yet"
        )
        tabled = "all tabled" if not untabled else f"{untabled} to be tabled at the next inspection and audit board"
        return f"{count_words(everything, 'practice', 'practices')} from reports: {compared}, {tabled}."

    def acts(self, record: Practice, person: Any) -> list[Act]:
        """Offer the comparison."""
        if not may(person, Permission.PRACTICE_BENCHMARK):
            return []
        return [Act("Compare with our work", f"{reverse('benchmark-new')}?practice={record.pk}", is_main=True)]

    def context(self, record: Practice, person: Any) -> dict[str, Any]:
        """Give the comparisons, and the recommendations of the same theme."""
        same = Recommendation.objects.present().filter(theme=record.theme).select_related("inspection")
        return {
            "benchmarks": [
                (each, decision_tag(each)) for each in record.benchmarks.present().select_related("body", "lead")
            ],
            "recommendations": same,
            "main_act": True,
        }

    def neighbours(self, record: Practice) -> Iterable[Neighbour]:
        """It comes from a report; what we decided to do about it comes after."""
        if record.inspection is not None:
            yield Neighbour(record.inspection, "is praised in", onward=False)
        for each in record.benchmarks.present():
            yield Neighbour(each, "is compared in", onward=True)

    def facts(self, record: Practice) -> list[tuple[str, Any]]:
        """Say where it was seen and how it stands."""
        shown = [
            ("Seen at", record.seen_at), ("Kind", record.get_sort_display()), ("Theme", record.get_theme_display()),
            ("Report", record.inspection or record.report), ("Page", record.page),
            ("Status", record.get_status_display()), ("Tabled", tabled_tag(record)),
        ]  # fmt: skip
        return [(label, value) for label, value in shown if value]


class Benchmarks(Register[Benchmark]):
    """Comparisons of a practice with the work of one body."""

    model = Benchmark
    noun, plural = "comparison", "comparisons"
    area, section = "account", "practice"
    see, change = Permission.PRACTICE_VIEW, Permission.PRACTICE_BENCHMARK
    form = BenchmarkForm
    searched = ("practice__title", "what_we_do", "gap", "because", "lead_role")
    related = ("practice", "body", "lead")
    order = ("practice", "body")
    page_template = "inspections/benchmark.html"
    empty = "A business lead compares a practice on its page."
    columns = (
        Column("title", "Practice", value="practice.title", sort=("practice__title",)),
        Column("body", "Body", value=lambda each: str(each.body), sort=("body__name",)),
        Column("lead_role", "Business lead", sort=("lead_role",)),
        Column("decision", "Decision", value=decision_tag, sort=("decision",)),
        Column("decided_on", "Decided", sort=("decided_on",)),
        Column("what_we_do", "What we do now", only_exported=True),
        Column("gap", "What is missing", only_exported=True),
        Column("because", "Because", only_exported=True),
    )
    filters = (Filter("decision", "Decision", Choice.choices),)

    def crumbs(self, record: Benchmark | None = None) -> list[tuple[str, str]]:
        """Lead back through the practice."""
        above = [(PRACTICES.title, reverse("practice-list"))]
        if record is None or not record.practice_id:
            return [*above, (self.title, self.address())]
        return [*above, (record.practice.title, record.practice.get_absolute_url())]

    def neighbours(self, record: Benchmark) -> Iterable[Neighbour]:
        """It compares a practice."""
        yield Neighbour(record.practice, "compares", onward=False)

    def facts(self, record: Benchmark) -> list[tuple[str, Any]]:
        """Say who compared and what was decided."""
        shown = [
            ("Practice", record.practice), ("Body", record.body), ("Business lead", record.lead_role),
            ("Decision", decision_tag(record)), ("Decided", record.decided_on),
        ]  # fmt: skip
        return [(label, value) for label, value in shown if value]

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the comparisons that a lead has begun and not decided."""
        waiting = self.visible_to(person).filter(removed_at__isnull=True, decision="", lead=person)
        for each in waiting:
            yield Dated(each, timezone.localdate(each.made_at), f"Decide on “{each.practice}”")


PRACTICES = enter(Practices())
BENCHMARKS = enter(Benchmarks())
