from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("strategy", "0002_done_day_index")]

    operations = [
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["removed_at", "state", "due_on"], name="action_counted"),
        ),
        migrations.RemoveIndex(model_name="progressnote", name="progress_note_by_day"),
        migrations.AddIndex(
            model_name="progressnote",
            index=models.Index(fields=["-noted_on", "id"], name="progress_note_by_day"),
        ),
    ]
