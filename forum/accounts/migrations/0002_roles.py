from django.db import migrations

# Each role with what it may do in the admin: app, model, acts.
ROLES = {
    "moderators": [("accounts", "user", ["view"])],
    "editors": [
        ("accounts", "user", ["view"]),
        ("essays", "essay", ["view", "add", "change"]),
        ("essays", "revision", ["view"]),
        ("taggit", "tag", ["view", "add", "change", "delete"]),
    ],
}


def make_groups(apps, schema_editor):
    give(apps, schema_editor, ROLES)


def give(apps, schema_editor, roles):
    """Permissions are otherwise made after all migrations; those made here are found and kept."""
    alias = schema_editor.connection.alias
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for role, rules in roles.items():
        group, _ = Group.objects.using(alias).get_or_create(name=role)
        for app, model, acts in rules:
            kind, _ = ContentType.objects.using(alias).get_or_create(app_label=app, model=model)
            for act in acts:
                permission, _ = Permission.objects.using(alias).get_or_create(
                    content_type=kind,
                    codename=f"{act}_{model}",
                    defaults={"name": f"Can {act} {model}"},
                )
                group.permissions.add(permission)


def remove_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
