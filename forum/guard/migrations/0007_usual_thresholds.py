from django.db import migrations

COLUMNS = ("days_member", "days_read", "posts", "accurate_reports", "quiet_days")
ASKED = {1: (3, 2, 3, 0, 14), 2: (30, 12, 30, 0, 60), 3: (180, 60, 150, 5, 180)}


def add(apps, schema_editor):
    Threshold = apps.get_model("guard", "Threshold")
    for level, values in ASKED.items():
        Threshold.objects.using(schema_editor.connection.alias).get_or_create(
            level=level, defaults=dict(zip(COLUMNS, values, strict=True))
        )


class Migration(migrations.Migration):
    dependencies = [("guard", "0006_thresholds")]

    # The table goes with the migration before it.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
