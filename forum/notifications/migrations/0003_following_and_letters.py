import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_desk_roles"),
        ("notifications", "0002_news_of_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NewsSettings",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="news_settings",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ways", models.JSONField(blank=True, default=dict)),
                ("before", models.JSONField(blank=True, default=dict)),
                ("letters_stopped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "follows_own",
                    models.BooleanField(
                        default=True,
                        help_text="A claim that you mark or answer, and a discussion that you write in.",
                        verbose_name="Follow what I answer",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "news settings",
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="about",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="notice",
            name="place",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name="notice",
            name="way",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(max_length=20),
        ),
        migrations.CreateModel(
            name="Follow",
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
                            ("essay", "Essay"),
                            ("claim", "Claim"),
                            ("discussion", "Discussion"),
                            ("tag", "Tag"),
                            ("member", "Member"),
                        ],
                        max_length=10,
                    ),
                ),
                ("thing", models.BigIntegerField()),
                ("is_on", models.BooleanField(default=True)),
                ("since", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Happening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80, null=True, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("sentence", models.CharField(max_length=300)),
                ("excerpt", models.CharField(blank=True, max_length=300)),
                ("url", models.CharField(max_length=300)),
                ("about", models.CharField(blank=True, max_length=40)),
                ("place", models.CharField(blank=True, max_length=160)),
                ("sign", models.CharField(default="reply", max_length=12)),
                ("audiences", models.JSONField(default=list)),
                ("told", models.JSONField(default=list)),
                ("was", models.CharField(blank=True, max_length=20)),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("told_upto", models.BigIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("way", models.CharField(max_length=8)),
                (
                    "gathers",
                    models.CharField(editable=False, max_length=40, null=True, unique=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("dropped", "Not needed any more"),
                            ("failed", "Given up"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="notice",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="notices",
                to="notifications.letter",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["recipient", "kind", "-id"], name="notice_inbox_of_a_kind"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("letter", None), ("way__in", ["daily", "weekly"])),
                fields=["recipient", "way"],
                name="notice_for_a_digest",
            ),
        ),
        migrations.AddIndex(
            model_name="follow",
            index=models.Index(
                condition=models.Q(("is_on", True)),
                fields=["kind", "thing", "member"],
                name="follow_followers",
            ),
        ),
        migrations.AddIndex(
            model_name="follow",
            index=models.Index(
                condition=models.Q(("is_on", True)),
                fields=["member", "kind", "-id"],
                name="follow_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(
                fields=("member", "kind", "thing"), name="follow_once"
            ),
        ),
        migrations.AddIndex(
            model_name="happening",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["due_at"], name="happening_to_tell"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["due_at"], name="letter_to_send"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("state", "waiting"), _negated=True),
                fields=["ended_at"],
                name="letter_ended",
            ),
        ),
    ]
