import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0004_visits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=80)),
                ("url", models.CharField(max_length=300)),
                ("about", models.CharField(max_length=300)),
                ("fields", models.JSONField(default=dict)),
                ("form_key", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("begun_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["author", "-kept_at", "-id"], name="text_drafts_newest_first"
                    ),
                    models.Index(fields=["kept_at"], name="text_draft_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("author", "place", "form_key"), name="text_draft_once_a_form"
                    )
                ],
            },
        ),
    ]
