"""What forms offer: what is in use now, and what their record holds already."""

from __future__ import annotations

from datetime import UTC, datetime

from upstream_web.access.models import User
from upstream_web.duty.forms import BodyForm
from upstream_web.duty.models import DutyBody
from upstream_web.organisations.models import Organisation
from upstream_web.organisations.operations import organisations
from upstream_web.records.forms import RecordForm
from upstream_web.records.register import registers

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_who_left_is_not_offered_but_stays_where_they_are_held(cast):
    ours, gone = cast["lead"], cast["panel"]
    User.objects.filter(pk=gone.pk).update(is_active=False)
    police, closed = (
        organisations.make(
            organisation=Organisation(name=name, type="specified", authority="police", is_active=active),
            by="tests", at=NOW,
        )
        for name, active in (("Northbridge Police", True), ("Southbridge Police", False))
    )  # fmt: skip

    fresh = BodyForm().fields
    assert ours in fresh["lead"].queryset
    assert gone not in fresh["lead"].queryset
    assert police in fresh["organisation"].queryset
    assert closed not in fresh["organisation"].queryset

    held = BodyForm(instance=DutyBody(organisation=closed, lead=gone)).fields
    assert gone in held["lead"].queryset
    assert closed in held["organisation"].queryset
    assert [each.name for each in held["lead"].queryset] == sorted(each.name for each in cast.values())
    assert held["lead"].label_from_instance(gone) == gone.name


def test_no_form_of_a_record_shows_the_dashes_of_the_framework(cast):
    words = set()
    for register in registers():
        if register.form is RecordForm:  # written by operations alone
            continue
        for name, field in register.form(instance=register.model(), person=cast["manager"]).fields.items():
            offered = [str(label) for key, label in getattr(field, "choices", ()) if not str(key)]
            assert not [label for label in offered if set(label) == {"-"}], (register.kind, name)
            words |= set(offered)
    assert {"Choose", "Not chosen"} <= words
