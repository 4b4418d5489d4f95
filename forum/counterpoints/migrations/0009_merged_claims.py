import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("counterpoints", "0008_fair_restatements"),
        ("essays", "0003_bookmarks"),
        ("posts", "0005_text_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="counterpoints.claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("thread")), _negated=True),
                name="claim_merged_into_another",
            ),
        ),
    ]
