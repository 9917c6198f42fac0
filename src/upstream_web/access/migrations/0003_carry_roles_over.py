"""Gives everybody, for the partnership as a whole, the one role that they had."""

from typing import Any

from django.db import migrations


def carry_over(apps: Any, schema_editor: Any) -> None:
    grants = apps.get_model("access", "Grant").objects
    for user in apps.get_model("access", "User").objects.order_by("pk"):
        grants.create(
            user=user,
            role=user.role,
            starts_on=user.made_at.date(),
            reason="Carried over from when everybody had one role.",
            given_by="set-up",
            given_at=user.made_at,
        )


def carry_back(apps: Any, schema_editor: Any) -> None:
    for grant in apps.get_model("access", "Grant").objects.filter(ended_at=None).order_by("-pk"):
        if grant.role in {"analyst", "steward", "manager", "board"}:
            apps.get_model("access", "User").objects.filter(pk=grant.user_id).update(role=grant.role)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_grants")]

    operations = [migrations.RunPython(carry_over, carry_back)]
