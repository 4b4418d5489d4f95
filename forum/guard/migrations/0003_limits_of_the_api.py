from django.db import migrations
from django.utils.translation import gettext_noop as _

ABOUT = _("Requests to the read API from one address, by whoever has no token.")


def add(apps, schema_editor):
    Limit = apps.get_model("guard", "Limit")
    Limit.objects.using(schema_editor.connection.alias).get_or_create(
        name="api", defaults={"about": ABOUT, "most": 120, "seconds": 60}
    )


def remove(apps, schema_editor):
    Limit = apps.get_model("guard", "Limit")
    Limit.objects.using(schema_editor.connection.alias).filter(name="api").delete()


class Migration(migrations.Migration):
    dependencies = [("guard", "0002_limits")]

    operations = [migrations.RunPython(add, remove)]
