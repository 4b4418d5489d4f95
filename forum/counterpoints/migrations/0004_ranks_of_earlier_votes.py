"""Gives the counterpoints of a site that has some their places in the new order: nobody has taken
a stance yet, so they stand by all votes."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

BATCH = 5_000


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    Counterpoint = apps.get_model("counterpoints", "Counterpoint").objects.using(alias)
    Post = apps.get_model("posts", "Post").objects.using(alias)
    best = Subquery(Post.filter(pk=OuterRef("pk")).values("best"))
    last = 0
    while batch := list(
        Counterpoint.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        Counterpoint.filter(pk__gt=last, pk__lte=batch[-1]).update(overall=best)
        Counterpoint.filter(pk__gt=last, pk__lte=batch[-1]).update(rank=F("overall"))
        last = batch[-1]


class Migration(migrations.Migration):
    dependencies = [("counterpoints", "0003_stances"), ("posts", "0003_most_contested_first")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
