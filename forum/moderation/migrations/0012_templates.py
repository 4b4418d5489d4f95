from django.db import migrations
from django.utils.translation import gettext_noop as _

# Rule, decision, title, text: to begin with.
TEMPLATES = [
    (
        2, "amend", _("About the writer, not the argument"),
        _("One part of this speaks of the person who wrote the argument and not of what they wrote."
        " Take that part out and the rest can stand."),
    ),
    (
        2, "remove", _("An attack on a person"),
        _("This attacks a person and says nothing about the sentence under debate."),
    ),
    (
        1, "hide", _("No answer to the sentence"),
        _("This does not answer what was written: nothing in it could change a mind about it."),
    ),
    (
        3, "amend", _("Not put fairly"),
        _("Whoever is answered here would not recognise what they are said to have written. Put it as"
        " they would, and then disagree."),
    ),
    (
        4, "amend", _("Copied at length"),
        _("Most of this is somebody else’s text. Quote the sentence that matters, name where it"
        " stands, and say in your own words what it shows."),
    ),
    (
        5, "remove", _("Advertising"),
        _("This is here to be followed and not to prove a point."),
    ),
    (
        1, "branch", _("A quarrel between two"),
        _("From here on two people write about each other and no longer about the essay."),
    ),
    (
        1, "note", _("Sharp, but about the argument"),
        _("It is sharply put, but it speaks of the argument. A gentler word would carry it further."),
    ),
]  # fmt: skip


def seed(apps, _schema_editor):
    rules = {rule.number: rule for rule in apps.get_model("moderation", "Rule").objects.all()}
    template = apps.get_model("moderation", "ReasonTemplate")
    for number, outcome, title, text in TEMPLATES:
        if number in rules:
            template.objects.get_or_create(
                title=title, defaults={"rule": rules[number], "outcome": outcome, "text": text}
            )


class Migration(migrations.Migration):
    dependencies = [("moderation", "0011_flagged_cases")]

    # Going back leaves the rows: the table goes with an earlier migration.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
