import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("counterpoints", "0006_words_of_earlier_claims"),
        ("essays", "0002_the_living_essay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="link_count",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="ClaimLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same", "Makes the same point"),
                            ("depends", "Depends on it"),
                            ("contradicts", "Contradicts it"),
                        ],
                        max_length=11,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("removed", "Removed by a moderator"),
                            ("merged", "Gone with a merger"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_out",
                        to="counterpoints.claim",
                    ),
                ),
                (
                    "source_essay",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="essays.essay",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_in",
                        to="counterpoints.claim",
                    ),
                ),
                (
                    "target_essay",
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
                    models.Index(fields=["source", "target"], name="link_by_source"),
                    models.Index(fields=["target", "source"], name="link_by_target"),
                    models.Index(
                        condition=models.Q(("state", "confirmed")),
                        fields=["source_essay", "target_essay"],
                        name="link_from_essay",
                    ),
                    models.Index(
                        condition=models.Q(("state", "confirmed")),
                        fields=["target_essay", "source_essay"],
                        name="link_to_essay",
                    ),
                    models.Index(fields=["proposed_by", "-proposed_at"], name="link_by_proposer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="link_not_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "depends"), ("source__lt", models.F("target")), _connector="OR"
                        ),
                        name="link_older_first_both_ways",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "confirmed"])),
                        fields=("source", "target", "kind"),
                        name="link_once_a_pair_and_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="link_settled_unless_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            ("proposed_by", None),
                            ("settled_by", None),
                            models.Q(("proposed_by", models.F("settled_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="link_confirmed_by_another",
                    ),
                ],
            },
        ),
    ]
