from django.db import migrations
from django.utils.translation import gettext_noop as _

NAME = "too-quick"
VALUES = {
    "about": _(
        "Holds what was written in fewer seconds than this, of whoever is not a Member yet."
    ),
    "is_on": True,
    "threshold": 3,
    "words": _("A new account’s post that was written faster than anybody types is held"),
}


def add(apps, schema_editor):
    HoldRule = apps.get_model("guard", "HoldRule")
    rules = HoldRule.objects.using(schema_editor.connection.alias)
    rules.get_or_create(name=NAME, defaults=VALUES)


class Migration(migrations.Migration):
    dependencies = [("guard", "0010_limits_of_legal_notices")]

    # The table goes with the migration that made it.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
