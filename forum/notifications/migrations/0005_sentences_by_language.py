from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0004_mutes"),
    ]

    operations = [
        migrations.AddField(
            model_name="happening",
            name="sentences",
            field=models.JSONField(null=True),
        ),
    ]
