import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("counterpoints", "0004_ranks_of_earlier_votes"),
        ("essays", "0002_the_living_essay"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=24)),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="content_words",
                        to="counterpoints.claim",
                    ),
                ),
                (
                    "essay",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="essays.essay",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["essay", "word", "-claim"], name="claim_word_in_essay"),
                    models.Index(fields=["word", "-claim"], name="claim_word_anywhere"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "word"), name="claim_word_once")
                ],
            },
        ),
    ]
