from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0014_legal_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="legalnotice",
            name="language",
            field=models.CharField(blank=True, max_length=10),
        ),
    ]
