"""Chains the trail: columns for why and to whom, numbers without a gap, hashes, the head, and triggers."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

import upstream_web.audit.models.facts
from upstream_web.audit import guard
from upstream_web.audit.chain import NOTHING_BEFORE, facts_as_text, get_seal, joined, moment_as_text
from upstream_web.core.acts import ActKind, ActUnknown, get_act

# Acts of the first version that have since been declared where they are done, which need not be known here.
OF_OLD = {"user made": ActKind.ACCESS, "password changed": ActKind.ACCESS}


def kind_of(action: str) -> str:
    try:
        return str(get_act(action).kind)
    except ActUnknown:
        return str(OF_OLD.get(action, ActKind.ALTERATION))


def chain_what_is_there(apps: Any, schema_editor: Any) -> None:
    """Number and seal the lines that were written before there was a chain; an empty trail is left empty."""
    events, heads = apps.get_model("audit", "Event").objects, apps.get_model("audit", "Head").objects
    number, before = 0, NOTHING_BEFORE
    for event in events.order_by("chain").iterator(chunk_size=1000):
        written, number = event.chain, number + 1
        columns = {name: getattr(event, name) for name in ("actor", "action", "kind", "about")}
        columns |= {"act_kind": kind_of(event.action), "before": before}
        columns |= dict.fromkeys(("purpose", "body", "recipient", "reason", "request_id"), "")
        detail = facts_as_text(event.detail)
        sealed = joined({**columns, "chain": number, "at": moment_as_text(event.at), "detail": detail})
        before = get_seal().of(sealed)
        events.filter(chain=written).update(chain=number, hash=before, detail=detail, **columns)
    if number:
        seal = get_seal().of_parts("head", number, before, 0, NOTHING_BEFORE)
        heads.create(pk=1, number=number, hash=before, erased_to=0, erased_hash=NOTHING_BEFORE, seal=seal)


def put_guard(apps: Any, schema_editor: Any) -> None:
    guard.put(schema_editor.connection)


def lift_guard(apps: Any, schema_editor: Any) -> None:
    guard.lift(schema_editor.connection)


def added(name: str, field: Any) -> migrations.AddField:
    return migrations.AddField("event", name, field, preserve_default=False)


def index(name: str, *columns: str) -> migrations.AddIndex:
    return migrations.AddIndex("event", models.Index(fields=[*columns, "at", "chain"], name=name))


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("event", "event_action_is_known"),
        migrations.RemoveIndex("event", "event_about"),
        migrations.RenameField("event", "id", "chain"),
        migrations.AlterField("event", "chain", models.BigAutoField(primary_key=True, serialize=False)),
        migrations.AlterModelOptions("event", {"ordering": ["chain"]}),
        migrations.AlterField("event", "at", models.DateTimeField()),
        migrations.AlterField("event", "actor", models.CharField(max_length=254)),
        migrations.AlterField("event", "action", models.CharField(max_length=120)),
        migrations.AlterField("event", "detail", upstream_web.audit.models.facts.FactsField(blank=True, default=dict)),
        added("act_kind", models.CharField(default="", max_length=20)),
        added("purpose", models.CharField(blank=True, default="", max_length=120)),
        added("body", models.CharField(blank=True, default="", max_length=200)),
        added("recipient", models.CharField(blank=True, default="", max_length=254)),
        added("reason", models.TextField(blank=True, default="")),
        added("request_id", models.CharField(blank=True, default="", max_length=64)),
        added("before", models.CharField(default="", max_length=64)),
        added("hash", models.CharField(default="", max_length=64)),
        index("event_by_moment"),
        index("event_by_actor", "actor"),
        index("event_by_act", "action"),
        index("event_by_act_kind", "act_kind"),
        index("event_by_kind", "kind"),
        index("event_by_record", "kind", "about"),
        migrations.CreateModel(
            "Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=0)),
                ("hash", models.CharField(default=NOTHING_BEFORE, max_length=64)),
                ("erased_to", models.BigIntegerField(default=0)),
                ("erased_hash", models.CharField(default=NOTHING_BEFORE, max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="trail_has_one_head")],
            },
        ),
        migrations.RunPython(chain_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(put_guard, lift_guard),
    ]
