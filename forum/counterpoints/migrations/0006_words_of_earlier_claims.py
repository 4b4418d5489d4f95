"""Keeps the content words of claims that were marked before there was a table for them."""

from django.db import migrations

from forum.counterpoints.content_words import content_words

BATCH = 300


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    claims = apps.get_model("counterpoints", "Claim").objects.using(alias)
    ClaimWord = apps.get_model("counterpoints", "ClaimWord")
    last = 0
    while batch := list(
        claims.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", "essay_id", "opening__text")[:BATCH]
    ):
        ClaimWord.objects.using(alias).bulk_create(
            [
                ClaimWord(claim_id=claim, essay_id=essay, word=word)
                for claim, essay, text in batch
                for word in content_words(text)
            ],
            batch_size=1_000,
            ignore_conflicts=True,
        )
        last = batch[-1][0]


class Migration(migrations.Migration):
    dependencies = [("counterpoints", "0005_content_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
