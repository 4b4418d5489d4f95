from django.db import migrations
from django.utils.translation import gettext_noop as _

RULES = [
    (
        _("Argue with the sentence"),
        _(
            "Answer what was written, with a reason that could change a mind. A cheer, a sneer or "
            "another subject is no answer."
        ),
    ),
    (
        _("Leave the person alone"),
        _(
            "Who wrote it, and what you think of them, proves nothing. No insult, no threat, no "
            "contempt for what somebody was born as, nothing from anybody’s private life."
        ),
    ),
    (
        _("Put it fairly"),
        _(
            "Say what the other side says so that they would nod at it, and only then disagree. Do "
            "not concede what you do not mean."
        ),
    ),
    (
        _("Use your own words"),
        _(
            "Quote a sentence, name where it stands, and say in your own words what it does here. "
            "Whole pages of others belong to those who wrote them."
        ),
    ),
    (
        _("Sell nothing"),
        _(
            "No advertisement, no campaign, no link that is there to be followed rather than to "
            "prove a point; and one account for each person."
        ),
    ),
    (
        _("Keep to the law"),
        _("What the law forbids to publish is not published here, however well it is argued."),
    ),
]


def seed(apps, _schema_editor):
    rule = apps.get_model("moderation", "Rule")
    for number, (title, text) in enumerate(RULES, start=1):
        rule.objects.get_or_create(number=number, defaults={"title": title, "text": text})
    # The row that whoever adds to the log holds.
    apps.get_model("moderation", "LogHead").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    # Going back leaves the rows: the tables go with the migration before.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
