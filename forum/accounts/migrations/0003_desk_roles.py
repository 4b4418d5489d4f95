from importlib import import_module

from django.db import migrations

first = import_module("forum.accounts.migrations.0002_roles")

# What lies on the editors' desk beside the essays.
ROLES = {
    "editors": [
        ("essays", "series", ["view", "add", "change", "delete"]),
        ("essays", "image", ["view", "add", "change", "delete"]),
        ("essays", "manuscript", ["view", "add", "delete"]),
    ]
}


def give(apps, schema_editor):
    first.give(apps, schema_editor, ROLES)


def take(apps, schema_editor):
    alias = schema_editor.connection.alias
    Permission = apps.get_model("auth", "Permission")
    for role, rules in ROLES.items():
        group = apps.get_model("auth", "Group").objects.using(alias).get(name=role)
        for app, model, acts in rules:
            names = [f"{act}_{model}" for act in acts]
            group.permissions.remove(
                *Permission.objects.using(alias).filter(
                    content_type__app_label=app, codename__in=names
                )
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, take)]
