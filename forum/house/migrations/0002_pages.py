from django.db import migrations

NAMES = ("rules", "privacy", "contact")


def add(apps, schema_editor):
    """Without words of their own: until somebody writes some, the pages say what they came with."""
    pages = apps.get_model("house", "Page").objects.using(schema_editor.connection.alias)
    for name in NAMES:
        pages.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("house", "0001_initial")]

    # Going back leaves the rows: the table goes with the migration before.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
