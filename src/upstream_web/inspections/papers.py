"""Documents about inspections: the response record in the form that offices publish, and its files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404
from django.utils.safestring import SafeString, mark_safe

from upstream.clocks import say_day
from upstream.papers import Fact, Facts, Form, Paper, Section, Text, fragment, render
from upstream.papers.plain_text import plain
from upstream_web.core.workbench import get_partnership
from upstream_web.inspections.codes import Party, Sort
from upstream_web.inspections.models import Answer, Inspection, PublicRow, Recommendation, ResponseRecord
from upstream_web.records.models import KeptPaper

FORMS: tuple[Form, ...] = ("html", "pdf", "docx")  # slides of a response would help nobody
NONE_GIVEN = "None given"
COMMISSIONER = "Police and Crime Commissioner"


def response_paper(
    response: ResponseRecord, *, made_at: datetime, version: str = "", reason: str = "", is_draft: bool = True
) -> Paper:
    """Make the response record as a paper: a column of labels, and beside it what is said."""
    inspection, config = response.inspection, get_partnership().config
    return Paper(
        kind="Inspection response record",
        title=inspection.title,
        subtitle=_subtitle(inspection),
        partnership=config.name if response.is_ours else response.force,
        made_at=made_at,
        version=version or response.form_version,
        status="Draft" if is_draft and response.is_ours else "",
        sections=tuple(_sections(response, reason)),
        attribution=(inspection.licence,) if inspection.licence else (),
        worked_example=config.worked_example,
    )


def response_as_in(response: ResponseRecord, kept: KeptPaper) -> Paper:
    """Make the response as it is now look like a published version of it, so that only other words make it differ."""
    return response_paper(response, made_at=kept.kept_at, version=str(kept.number), reason=kept.reason, is_draft=False)


def _subtitle(inspection: Inspection) -> str:
    """Say whose report of which day is answered, as lists of responses show it."""
    named = f" of {inspection.by_shortly}" if inspection.inspectorates else ""
    day = f", {say_day(inspection.published_on)}" if inspection.published_on else ""
    return f"The commissioner’s and the chief constable’s response to the report{named}{day}"


def _sections(response: ResponseRecord, reason: str) -> Iterable[Section]:
    yield Section("The inspection", (Facts(tuple(_head(response, reason))),))
    yield Section("The responses", (Facts(tuple(_responses(response))),))
    answers = tuple(_answers(response))
    if answers:
        yield Section("Each recommendation", (Facts(answers),))


def _head(response: ResponseRecord, reason: str) -> Iterable[Fact]:
    inspection = response.inspection
    published = say_day(inspection.published_on) if inspection.published_on else "Not known"
    yield Fact("Force", plain(response.force))
    yield Fact(response.commissioner_title or COMMISSIONER, plain(response.commissioner_name) or "Not named")
    yield Fact("Chief Constable", plain(response.chief_name) or "Not named")
    yield Fact("Title of inspection", plain(inspection.title))
    yield Fact("Published date", published)
    yield Fact("Inspectorate", plain(inspection.by))
    if inspection.kinds:
        yield Fact("Type of inspection", plain(inspection.kinds))
    if inspection.names_us is not None:
        yield Fact("Force named in the report", "Yes" if inspection.names_us else "No")
    if inspection.report_address:
        yield Fact("The report", f"[As the inspectorate published it](<{inspection.report_address}>)")
    yield Fact("Summary of inspection", inspection.summary or NONE_GIVEN)
    if inspection.terms_of_reference:
        yield Fact("Terms of reference", inspection.terms_of_reference)
    yield Fact("Grade", plain(inspection.grade) or NONE_GIVEN)
    asked = list(inspection.recommendations.present())
    wishes = [each for each in asked if each.sort == Sort.AREA_FOR_IMPROVEMENT]
    yield Fact("Recommendations", _asked(each for each in asked if each not in wishes))
    yield Fact("Areas for improvement", _asked(wishes))
    if reason:
        yield Fact("Corrected in this version", plain(reason))


def _asked(asked: Iterable[Recommendation]) -> str:
    said = [
        f"**{plain(each.label)}** {plain(each.words)}{'' if each.is_quoted else ' (Told in our words.)'}"
        for each in asked
    ]
    return "\n\n".join(said) or NONE_GIVEN


def _responses(response: ResponseRecord) -> Iterable[Fact]:
    title = response.commissioner_title or COMMISSIONER
    commissioner, chief = response.part(Party.COMMISSIONER), response.part(Party.CHIEF)
    yield Fact(f"{title}’s initial response", (commissioner and commissioner.words) or NONE_GIVEN)
    yield Fact("Chief Constable’s response", (chief and chief.words) or NONE_GIVEN)
    yield Fact(f"{title}’s overall comments", (commissioner and commissioner.closing_words) or NONE_GIVEN)


def _answers(response: ResponseRecord) -> Iterable[Fact]:
    """Give each answer; the chief constable's first, as the commissioner comments on it."""
    given = Answer.objects.present().filter(part__response=response).select_related("recommendation", "part")
    for answer in sorted(given, key=lambda each: (each.recommendation_id, each.part.party != Party.CHIEF)):
        who = "" if answer.part.party == Party.CHIEF else " (commissioner)"
        stance = f"**{answer.get_stance_display()}.** " if answer.stance else ""
        none = f"\n\nNo action, because: {answer.reason_for_none}" if answer.reason_for_none else ""
        yield Fact(f"{answer.recommendation.label}{who}", f"{stance}{answer.words}{none}".strip() or NONE_GIVEN)


def public_row_paper(row: PublicRow, *, made_at: datetime) -> Paper:
    """Make a row of “You said, inspectors said, we did” as a paper: its words, under the report that they answer."""
    config, recommendation = get_partnership().config, row.recommendation
    said = (
        ("You said", row.you_said),
        ("Inspectors said", row.inspectors_said),
        ("We did", row.we_did),
        ("Did it work?", row.did_it_work),
    )
    return Paper(
        kind="You said, inspectors said, we did",
        title=recommendation.title,
        subtitle=recommendation.inspection.title,
        partnership=config.name,
        made_at=made_at,
        sections=tuple(Section(heading, (Text(plain(words)),)) for heading, words in said if words.strip()),
        worked_example=config.worked_example,
    )


def last_change(response: ResponseRecord) -> datetime:
    """Give when anything in the document was last changed, so that the same words give the same file."""
    parts = list(response.parts.all())
    moments = [response.changed_at, response.inspection.changed_at, *(part.changed_at for part in parts)]
    moments += Answer.objects.filter(part__response=response).values_list("changed_at", flat=True)
    moments += response.inspection.recommendations.values_list("changed_at", flat=True)
    return max(moments)


def html_of(paper: Paper) -> SafeString:
    """Give a paper to stand inside a page of the site; the library escapes every word of it."""
    return mark_safe(fragment(paper, prefix="paper-", cache=get_partnership().data.cache / "drawings"))


def file_of(paper: Paper, form: str) -> bytes:
    """Give a paper as a file; raises Http404 for a form that is not offered."""
    if form not in FORMS:
        raise Http404(f"There is no file of the form {form!r}: ask for {', '.join(FORMS)}.")
    return render(paper, form, cache=get_partnership().data.cache / "drawings")
