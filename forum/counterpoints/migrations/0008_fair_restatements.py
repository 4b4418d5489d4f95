import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("counterpoints", "0007_claim_links"),
        ("posts", "0005_text_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Restating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_author", models.BooleanField(default=False)),
                ("is_fair", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=600)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="restatings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "counterpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restatings",
                        to="counterpoints.counterpoint",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="counterpoint",
            name="restated",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="counterpoints.restating",
            ),
        ),
        migrations.AddIndex(
            model_name="counterpoint",
            index=models.Index(
                condition=models.Q(("restated__isnull", False)),
                fields=["restated"],
                name="restated_counterpoints",
            ),
        ),
        migrations.AddConstraint(
            model_name="restating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_fair", True), ("words", "")),
                    models.Q(("is_fair", False), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="restated_fairly_or_in_their_words",
            ),
        ),
    ]
