from django.db import migrations
from django.utils.translation import gettext_noop as _

# name, about, most, seconds.
LIMITS = [
    ("legal-notice-account", _("Legal notices by one account."), 5, 3600),
    ("legal-notice-address", _("Legal notices from one address."), 5, 3600),
    ("legal-notice-site", _("Legal notices on the whole site."), 100, 3600),
]


def add(apps, schema_editor):
    limits = apps.get_model("guard", "Limit").objects.using(schema_editor.connection.alias)
    for name, about, most, seconds in LIMITS:
        values = {"about": about, "most": most, "seconds": seconds}
        limits.get_or_create(name=name, defaults=values)


def remove(apps, schema_editor):
    limits = apps.get_model("guard", "Limit").objects.using(schema_editor.connection.alias)
    limits.filter(name__in=[name for name, *_ in LIMITS]).delete()


class Migration(migrations.Migration):
    dependencies = [("guard", "0009_usual_rules")]

    operations = [migrations.RunPython(add, remove)]
