from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0003_carry_roles_over")]

    operations = [
        migrations.RemoveConstraint(model_name="user", name="user_role_is_known"),
        migrations.RemoveField(model_name="user", name="role"),
    ]
