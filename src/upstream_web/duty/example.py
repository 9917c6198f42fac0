"""Loads what the worked example holds about the duty, as it came about day by day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.duty.models import (
    OTHER_BASIS,
    SECTION_16,
    Agreement,
    Consultation,
    Contribution,
    Disclosure,
    DutyBody,
    DutyDate,
    DutyNotice,
    DutyReturn,
    EvaluationRound,
    FundingLine,
    FundingYear,
    Judgement,
    ViolenceDefinition,
)
from upstream_web.duty.operations import agreements, consultations, disclosures, evaluations, funding, returns
from upstream_web.organisations.models import Organisation
from upstream_web.organisations.operations import organisations
from upstream_web.records.operations import keeping

FOLDER = "duty"
FILES = ("bodies.toml", "paperwork.toml", "consultations.toml", "funding.toml", "returns.toml",
         "disclosures.toml", "evaluations.toml")  # fmt: skip
Table = Mapping[str, Any]


def load(folder: Path, *, by: str = "set-up", at: datetime) -> int:
    """Load everything where no body is under the Act yet; gives the number of bodies made.

    Each thing is written by its own operation on the day on which it happened; what lies after `at` is left out.
    """
    folder = folder / FOLDER
    if DutyBody.objects.exists() or not all((folder / name).is_file() for name in FILES):
        return 0
    told = [tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in FILES]
    with transaction.atomic():
        return _Loading(until=timezone.localdate(at), by=by).load(*told)


def _at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def _pounds(words: str) -> Decimal | None:
    return Decimal(words) if words else None


class _Loading:
    """One loading: what was made so far, by the names under which the files speak of it."""

    def __init__(self, *, until: date, by: str) -> None:
        self.until, self.by = until, by
        self.bodies: dict[str, DutyBody] = {}

    def load(self, bodies: Table, paperwork: Table, asked: Table, paid: Table, sent: Table, shared: Table,
             judged: Table) -> int:  # fmt: skip
        """Load in the order in which things rest on one another."""
        for each in bodies["invented"]:
            self._organisation(each)
        for each in bodies["body"]:
            self._body(each)
        for each in paperwork["agreement"]:
            self._agreement(each)
        for each in paperwork["definition"]:
            self._definition(each)
        for each in sorted(paperwork["date"], key=lambda each: each["on"]):
            dated = DutyDate(paper=each["paper"], title=each["title"], done_on=each["on"])
            agreements.set_date(dated=dated, by=self.by, at=_at(each["on"]))
        for each in paperwork["notice"]:
            self._notice(each)
        for each in asked["round"]:
            self._round(each)
        for each in paid["year"]:
            self._year(each)
        for each in sent["return"]:
            self._return(each)
        for each in shared["disclosure"]:
            self._disclosure(each)
        for each in judged["round"]:
            self._evaluation(each)
        return len(self.bodies)

    def _organisation(self, told: Table) -> None:
        if not Organisation.objects.filter(name=told["name"]).exists():
            made = Organisation(
                name=told["name"], short_name=told["short"], type="relevant", authority=told["authority"],
                notes="Invented for the worked example.",
            )  # fmt: skip
            organisations.make(organisation=made, by=self.by, at=_at(date(2023, 1, 9)))

    def _body(self, told: Table) -> None:
        made_on = told.get("agreed", date(2023, 1, 31))
        body = DutyBody(
            organisation=Organisation.objects.get(name=told["name"]), lead_role=told["lead"],
            lead=User.objects.filter(username=told.get("signs_in", "")).first(), agreed_on=told.get("agreed"),
            is_health_or_care=told.get("health", False), notes=told.get("notes", ""),
        )  # fmt: skip
        self.bodies[told["name"]] = keeping.make(record=body, by=self.by, at=_at(made_on))
        for sort, title, worth, owed, given in told["contributions"]:
            contribution = Contribution(
                body=body, sort=sort, title=title, amount=_pounds(worth), owed_on=owed,
                given_on=given if given and given <= self.until else None,
            )  # fmt: skip
            keeping.make(record=contribution, by=self.by, at=_at(date(2026, 3, 16)))

    def _agreement(self, told: Table) -> None:
        agreement = Agreement(
            title=told["title"], sort=told["sort"], edition=told["edition"], summary=told["summary"].strip(),
            from_on=told["from"], review_on=told["review"], until_on=told.get("until"),
        )  # fmt: skip
        agreements.lay_down(agreement=agreement, by=self.by, at=_at(told["from"] - timedelta(days=45)))
        signed_on = told["from"] - timedelta(days=45 - told["signed_after"])
        for signature in agreement.signatures.select_related("body__organisation"):
            if signature.body.organisation.name not in told["unsigned"]:
                agreements.sign(
                    signature=signature, signed_by=signature.body.lead_role, on=signed_on, by=self.by,
                    at=_at(signed_on),
                )  # fmt: skip

    def _definition(self, told: Table) -> None:
        made = ViolenceDefinition(
            title=told["title"], kinds=told["kinds"].strip(), why=told["why"].strip(), consulted=told["consulted"],
            from_on=told["from"],
        )  # fmt: skip
        keeping.make(record=made, by=self.by, at=_at(told["from"]))

    def _notice(self, told: Table) -> None:
        has_ended = "ended" in told and told["ended"] <= self.until
        notice = DutyNotice(
            sort=told["sort"], title=told["title"], from_name=told["from"], to_body=self.bodies[told["to"]],
            words=told["words"], raised_on=told["on"], answer_by_on=told.get("by"),
            ended_on=told["ended"] if has_ended else None, outcome=told["outcome"] if has_ended else "",
        )  # fmt: skip
        keeping.make(record=notice, by=self.by, at=_at(told["on"]))

    def _round(self, told: Table) -> None:
        if told["on"] > self.until:
            return
        for each in told.get("reply", ()):
            asked = self._ask(told, each["asked"], each["sort"], has_body=each.get("body", False))
            if each["on"] <= self.until:
                consultations.take_reply(
                    consultation=asked, on=each["on"], words=each["words"], by=self.by, at=_at(each["on"])
                )
                if each["changed"]:
                    consultations.say_what_changed(
                        consultation=asked, words=each["changed"], by=self.by, at=_at(each["on"], 15)
                    )
        for name, sort in told["silent"]:
            asked = self._ask(told, name, sort, has_body=name in self.bodies)
            for day in (day for day in told["reminded"] if day <= self.until):
                consultations.remind(consultation=asked, by=self.by, at=_at(day))

    def _ask(self, told: Table, name: str, sort: str, *, has_body: bool) -> Consultation:
        asked = Consultation(
            asked=name, sort=sort, about=told["about"], question=told["question"], asked_on=told["on"],
            organisation=self.bodies[name].organisation if has_body else None,
        )  # fmt: skip
        return consultations.ask(consultation=asked, by=self.by, at=_at(told["on"]))

    def _year(self, told: Table) -> None:
        year = FundingYear(
            year=told["year"], title=told["title"], award=Decimal(told["award"]), labour=Decimal(told["labour"]),
            source=told["source"], is_invented=True,
        )  # fmt: skip
        funding.award(year=year, by=self.by, at=_at(date(told["year"], 4, 1)))
        for line in FundingLine.objects.filter(year=year):
            name = "labour_lines" if line.sort == "labour" else "other_lines"
            planned, spent, forecast, line.reason = told[name][line.quarter - 1]
            line.profile, line.actual, line.forecast = Decimal(planned), _pounds(spent), _pounds(forecast)
            told_on = min(date(told["year"], 4, 20) + timedelta(days=92 * line.quarter), self.until)
            funding.report(line=line, by=self.by, at=_at(told_on))

    def _return(self, told: Table) -> None:
        """Take a return as far as it came: composed, checked by one, signed by another, sent."""
        made = DutyReturn(form_key=told["form"], year=told["year"], quarter=told["quarter"])
        if told["composed"] > self.until:
            return
        returns.begin(made=made, by="manager@example", at=_at(told["composed"]))
        returns.answer(made=made, answers=told["answers"], by="manager@example", at=_at(told["composed"], 14))
        returns.check(made=made, by="manager@example", at=_at(told["checked"]))
        if "signed" in told:
            returns.sign(made=made, by="board@example", at=_at(told["signed"]))
            on, proof = told["sent"]
            returns.send(made=made, on=on, proof=proof, by="manager@example", at=_at(on))

    def _disclosure(self, told: Table) -> None:
        sharing = Agreement.objects.present().filter(sort="sharing").order_by("from_on").first()
        made = Disclosure(
            body=self.bodies[told["body"]], title=told["title"], information=told["information"],
            receiver=told["receiver"], purpose=told["purpose"], feed=told.get("feed", ""), from_on=told["from"],
            basis=OTHER_BASIS if "basis" in told else SECTION_16, basis_words=told.get("basis", ""),
            agreement=sharing if told.get("agreement") else None,
        )  # fmt: skip
        disclosures.record(disclosure=made, by=self.by, at=_at(told["from"]))

    def _evaluation(self, told: Table) -> None:
        """Take a round as far as it came: judged by one, moderated by another, signed by a third."""
        if told["begun"] > self.until:
            return
        made = EvaluationRound(
            year=told["year"], framework="serious-youth-violence", begun_on=told["begun"], due_on=told["due"],
            summary=told["summary"],
        )  # fmt: skip
        evaluations.begin(made=made, by="manager@example", at=_at(told["begun"]))
        for each in told["judgement"]:
            self._judgement(made, told["begun"], *each)
        if "signed" in told:
            on, words = told["moderated"]
            evaluations.moderate(made=made, words=words, by="lead@example", at=_at(on))
            evaluations.sign(made=made, by="board@example", at=_at(told["signed"]))
        for criterion, on, words in told.get("closed", ()):
            if on <= self.until:
                judgement = Judgement.objects.get(round=made, criterion=criterion)
                evaluations.close_gap(judgement=judgement, words=words, by="manager@example", at=_at(on))

    def _judgement(
        self, made: EvaluationRound, begun: date, criterion: str, level: str, why: str, strengths: str, *gap: Any
    ) -> None:
        judgement = Judgement.objects.get(round=made, criterion=criterion)
        judgement.level, judgement.why, judgement.strengths = level, why, strengths
        if gap:
            judgement.gap, name, judgement.gap_owner, judgement.gap_due_on = gap
            judgement.gap_body = Organisation.objects.get(name=name)
        evaluations.judge(judgement=judgement, by="manager@example", at=_at(begun + timedelta(days=14)))
