from django.db import migrations
from django.utils.translation import gettext_noop as _

# name, about, on, threshold, words
RULES = [
    (
        "first-posts",
        _("Holds so many first posts of whoever is not a Member yet."),
        False,
        1,
        _("The first posts of a new account are read before they are public"),
    ),
    (
        "new-links",
        _("Holds posts with more links to other sites than this, of whoever is not a Member yet."),
        True,
        2,
        _("A new account’s post with more than two links to other sites is held"),
    ),
    (
        "similar",
        _("Holds what is so many per cent like one of the author’s last posts, below Regular."),
        False,
        90,
        _("A post that says the same as an earlier one of its author is held"),
    ),
]


def add(apps, schema_editor):
    HoldRule = apps.get_model("guard", "HoldRule")
    rules = HoldRule.objects.using(schema_editor.connection.alias)
    for name, about, is_on, threshold, words in RULES:
        values = {"about": about, "is_on": is_on, "threshold": threshold, "words": words}
        rules.get_or_create(name=name, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("guard", "0008_rules_that_hold")]

    # The table goes with the migration before it.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
