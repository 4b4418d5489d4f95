from django.db import migrations
from django.utils.translation import gettext_noop as _

# name, about, most, seconds, and of members, regulars and the trusted.
LIMITS = [
    ("post-account", _("Replies and counterpoints by one account."), 10, 600, 20, 40, 80),
    ("post-address", _("Replies and counterpoints from one address."), 100, 600),
    ("post-site", _("Replies and counterpoints on the whole site."), 3000, 600),
    ("claim-account", _("Claims, and links between claims, by one account."), 10, 3600, 20, 40, 80),
    ("claim-address", _("Claims, and links between claims, from one address."), 100, 3600),
    ("claim-site", _("Claims, and links between claims, on the whole site."), 2000, 3600),
    ("edit-account", _("Edits of posts and restatements by one account."), 20, 600, 40, 60, 120),
    ("edit-address", _("Edits of posts and restatements from one address."), 200, 600),
    ("edit-site", _("Edits of posts and restatements on the whole site."), 3000, 600),
    ("vote-account", _("Votes and stances by one account."), 60, 600, 120, 240, 480),
    ("vote-address", _("Votes and stances from one address."), 600, 600),
    ("vote-site", _("Votes and stances on the whole site."), 20000, 600),
    ("report-account", _("Reports by one account."), 10, 3600, 15, 30, 60),
    ("report-address", _("Reports from one address."), 60, 3600),
    ("report-site", _("Reports on the whole site."), 1000, 3600),
    ("follow-account", _("Changes of what is followed by one account."), 60, 3600, 120, 240, 480),
    ("follow-address", _("Changes of what is followed from one address."), 600, 3600),
    ("follow-site", _("Changes of what is followed on the whole site."), 10000, 3600),
    ("mention-account", _("Members whom one account mentions."), 20, 3600, 40, 80, 160),
    ("sign-up-address", _("Accounts made from one address."), 10, 3600),
    ("sign-up-site", _("Accounts made on the whole site."), 300, 3600),
    ("sign-in-account", _("Passphrases tried for one name; the admin's among them."), 10, 900),
    ("sign-in-address", _("Passphrases tried from one address."), 60, 900),
    ("sign-in-site", _("Passphrases tried on the whole site."), 6000, 900),
    ("reset-account", _("Letters with a link to a new passphrase, to one address."), 3, 3600),
    ("reset-address", _("Asking for such a letter, from one network address."), 12, 3600),
    ("reset-site", _("Asking for such a letter, on the whole site."), 600, 3600),
]
LEVELS = ("most_member", "most_regular", "most_trusted")


def add(apps, schema_editor):
    Limit = apps.get_model("guard", "Limit")
    limits = Limit.objects.using(schema_editor.connection.alias)
    for name, about, most, seconds, *more in LIMITS:
        values = {"about": about, "most": most, "seconds": seconds}
        limits.get_or_create(name=name, defaults=values | dict(zip(LEVELS, more, strict=False)))


def remove(apps, schema_editor):
    Limit = apps.get_model("guard", "Limit")
    names = [name for name, *_ in LIMITS]
    Limit.objects.using(schema_editor.connection.alias).filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [("guard", "0004_limits_by_level")]

    operations = [migrations.RunPython(add, remove)]
