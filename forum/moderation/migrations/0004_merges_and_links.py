from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0003_appeals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="logentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("keep", "Kept"),
                    ("hide", "Hidden"),
                    ("remove", "Removed"),
                    ("restore", "Restored"),
                    ("lock", "Locked"),
                    ("unlock", "Unlocked"),
                    ("appeal", "Appealed"),
                    ("merge", "Merged"),
                    ("unlink", "Unlinked"),
                ],
                max_length=7,
            ),
        ),
    ]
