from django.db import migrations

# They do nothing in the admin: they may be given a token.
RESEARCHERS = "researchers"


def add(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.using(schema_editor.connection.alias).get_or_create(name=RESEARCHERS)


def remove(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.using(schema_editor.connection.alias).filter(name=RESEARCHERS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_changes_until_now"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(add, remove)]
