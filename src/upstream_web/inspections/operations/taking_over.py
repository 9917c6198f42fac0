"""From the confirmed fields of an import to the report, its recommendations and the response."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.core.operations import under_way
from upstream_web.core.words import capital
from upstream_web.inspections import reading
from upstream_web.inspections.codes import AskedOf, Party, Sort, Stance
from upstream_web.inspections.models import Answer, ImportedResponse, Inspection, Recommendation, ResponseRecord
from upstream_web.inspections.operations import responses
from upstream_web.inspections.page import offices
from upstream_web.records.operations.keeping import keep, keep_new

Values = dict[str, str]


def taken_over(imported: ImportedResponse, *, is_ours: bool, by: Any, at: datetime) -> ResponseRecord:
    """Make the records, within the operation that asks for it. A report that is held already gets the response."""
    under_way()
    items: dict[int, Values] = defaultdict(dict)
    for field in imported.fields.all():
        items[field.item][field.name] = field.value
    head = items.pop(0)
    inspection = _find_inspection(head) or keep_new(_inspection(head, _date_doubt(imported)), by=by, at=at)
    if inspection.responses.present().filter(force=head["force"]).exists():
        raise WrongUse(
            f"A response of {head['force']} to “{inspection}” is held already.",
            do="Open that under Inspections; set this import aside.",
        )
    asked = {item: _recommendation(inspection, values, by=by, at=at) for item, values in sorted(items.items())}
    response = _response(inspection, head, is_ours=is_ours, by=by, at=at)
    for item, recommendation in asked.items():
        _answer(response, recommendation, items[item], by=by, at=at)
    responses.settle(response, by=by, at=at)
    return response


def _find_inspection(head: Values) -> Inspection | None:
    """Find the report that the document answers among those held: by its title's telling words, and its day."""
    wanted, day = _telling(head["title"]), reading.day_of(head["published_on"])
    for inspection in Inspection.objects.present():
        held = _telling(inspection.title)
        days_agree = day is None or inspection.published_on in (None, day) or bool(inspection.date_doubt)
        shared = len(wanted & held) / max(1, min(len(wanted), len(held)))
        if days_agree and shared >= 0.8:
            return inspection
    return None


SMALL_WORDS = frozenset(("a", "an", "and", "at", "by", "for", "how", "in", "of", "on", "the", "to", "well"))
SMALL_WORDS |= {"inspection", "report"}  # every title has them


def _telling(title: str) -> frozenset[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in title.casefold()).split()
    return frozenset(words) - SMALL_WORDS


def _date_doubt(imported: ImportedResponse) -> str:
    """Keep what the reader doubted about the day of publication, unless a person put another day."""
    field = imported.fields.get(item=0, name="published_on")
    return "" if field.was_corrected else " ".join(field.doubts)[:500]


def _inspection(head: Values, date_doubt: str) -> Inspection:
    return Inspection(
        title=head["title"][:300],
        date_doubt=date_doubt,
        inspectorates=reading.inspectorate_codes(head["inspectorates"]),
        reach=reading.reach_codes(head["kinds"]),
        published_on=reading.day_of(head["published_on"]),
        summary=head["summary"],
        terms_of_reference=head["terms_of_reference"],
        grade=head["grade"][:100],
        names_us=reading.yes_of(head["force_quoted"]),
    )


def _recommendation(inspection: Inspection, values: Values, *, by: Any, at: datetime) -> Recommendation:
    """Give the recommendation of that number, making it when the report did not have it yet."""
    sort = values["kind"] if values["kind"] in Sort.values else Sort.RECOMMENDATION
    held = inspection.recommendations.present().filter(sort=sort, number=values["number"]).first()
    if held is not None and values["number"]:
        return held
    is_ours = reading.yes_of(values["to_police"]) is not False
    recommendation = Recommendation(
        inspection=inspection, sort=sort, number=values["number"][:20], title=_short(values["text"]),
        words=values["text"], addressee=values["addressees"][:200],
        asked_of=AskedOf.NATIONAL if is_ours else AskedOf.OTHERS, due_on=reading.day_of(values["deadline"]),
    )  # fmt: skip
    return keep_new(recommendation, by=by, at=at)


def _short(words: str) -> str:
    """Give a first title, to be put better by a person: the words without their deadline, cut at a word."""
    said = words.split(", ", 1)[1] if words.startswith(("By ", "With immediate")) and ", " in words else words
    said = capital(said)
    return said.rstrip(".") if len(said) <= 120 else f"{said[:117].rsplit(' ', 1)[0]}…"


def _response(inspection: Inspection, head: Values, *, is_ours: bool, by: Any, at: datetime) -> ResponseRecord:
    response = ResponseRecord(
        inspection=inspection, is_ours=is_ours, force=head["force"][:100], commissioner_title=head["office"][:200],
        commissioner_name=head["commissioner_name"][:200], chief_name=head["chief_constable"][:200],
        form_version=head["version"][:50],
    )  # fmt: skip
    responses.begin(response=response, bodies=offices() if is_ours else {}, by=by, at=at)
    texts = {
        Party.COMMISSIONER: (head["commissioner_initial_response"], head["commissioner_overall_comments"]),
        Party.CHIEF: (head["chief_constable_response"], ""),
    }
    for part in response.parts.all():
        part.words, part.closing_words = texts[Party(part.party)]
        keep(part, by=by, at=at)
    return response


def _answer(response: ResponseRecord, recommendation: Recommendation, values: Values, *, by: Any, at: datetime) -> None:
    accepted = Stance(values["accepted"]) if values["accepted"] else ""
    chief, commissioner = response.part(Party.CHIEF), response.part(Party.COMMISSIONER)
    if accepted or values["action"] or values["reason_for_none"]:
        answer = Answer(
            part=chief, recommendation=recommendation, stance=accepted, words=values["action"],
            reason_for_none=values["reason_for_none"],
        )  # fmt: skip
        keep_new(answer, by=by, at=at)
    if values["commissioner_comment"]:
        comment = Answer(part=commissioner, recommendation=recommendation, words=values["commissioner_comment"])
        keep_new(comment, by=by, at=at)
