from django.db import migrations
from django.utils.translation import gettext_noop as _

# Key, name, rule, harm: what could be chosen before, in that order. The last asks for words.
REASONS = [
    ("attack", _("Personal attack"), 2, 3),
    ("hatred", _("Hatred"), 2, 4),
    ("no-argument", _("No argument, or off the point"), 1, 1),
    ("unfair", _("Claim not restated fairly"), 3, 2),
    ("copied", _("Copied, not quoted"), 4, 2),
    ("advertising", _("Advertising"), 5, 2),
    ("unlawful", _("Against the law"), 6, 4),
    ("other", _("Something else"), None, 1),
]


def seed(apps, _schema_editor):
    rules = {rule.number: rule for rule in apps.get_model("moderation", "Rule").objects.all()}
    reasons = apps.get_model("moderation", "ReportReason").objects
    reports = apps.get_model("moderation", "Report").objects
    for place, (key, name, number, gravity) in enumerate(REASONS, start=1):
        rule = rules.get(number)
        reasons.get_or_create(
            key=key,
            defaults={
                "name": name, "rule": rule, "gravity": gravity, "place": place * 10,
                "asks_for_words": key == "other",
            },
        )  # fmt: skip
        filed = reports.filter(reason=key, filed_as="")
        filed.update(filed_as=name, gravity=gravity, rule_number=number)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0017_reasons_for_reports")]

    # Going back leaves the rows: the table goes with the migration before.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
