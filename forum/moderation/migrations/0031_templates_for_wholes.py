from django.db import migrations, models
from django.utils.translation import gettext_noop as _

# Rule, what is done, title, text: to begin with.
TEMPLATES = [
    (
        1, "lock", _("It goes in circles"),
        _("The same is said here again and again, and nobody answers anything new. Whoever has a new"
        " argument can challenge the sentence itself."),
    ),
    (
        2, "slow", _("Tempers are high"),
        _("Tempers are high here. A pause between two posts gives the next one time to become an"
        " argument."),
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
    dependencies = [("moderation", "0030_rules_of_what_was_taken_down")]

    operations = [
        migrations.AlterField(
            model_name="reasontemplate",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("keep", "Kept"),
                    ("note", "Kept, with a note"),
                    ("amend", "Hidden until amended"),
                    ("hide", "Hidden"),
                    ("branch", "Branch hidden"),
                    ("remove", "Removed"),
                    ("restore", "Restored"),
                    ("move", "Moved"),
                    ("acquit", "Nothing done"),
                    ("censure", "Sanctioned"),
                    ("lock", "Locked"),
                    ("slow", "Slowed down"),
                    ("merge", "Merged"),
                    ("anchor", "Put on other words"),
                ],
                max_length=7,
            ),
        ),
        # Going back leaves the rows: they are no less true.
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
