from datetime import UTC, datetime, timedelta

from django.db import migrations

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BATCH = 2_000


def moment(at):
    return (at - EPOCH) // timedelta(microseconds=1)


def everything(apps, alias):
    """What is there, as if each had been made just so."""
    Essay = apps.get_model("essays", "Essay").objects.using(alias)
    Revision = apps.get_model("essays", "Revision").objects.using(alias)
    Post = apps.get_model("posts", "Post").objects.using(alias)
    shown = {"published_at__isnull": False, "current_revision__isnull": False}
    for number, at in Essay.filter(**shown).order_by("pk").values_list("pk", "published_at"):
        yield at, "essay", number
    of_essay = {f"essay__{name}": value for name, value in shown.items()}
    columns = ("pk", "created_at", "essay__published_at")
    revisions = Revision.filter(**of_essay).order_by("pk").values_list(*columns)
    for number, at, published in revisions.iterator(BATCH):
        yield max(at, published), "revision", number
    posts = Post.order_by("pk").values_list("pk", "thread_id", "depth", "created_at")
    for number, thread, depth, at in posts.iterator(BATCH):
        yield at, "post" if depth else "claim", number if depth else thread


def tell(apps, schema_editor):
    alias = schema_editor.connection.alias
    Change = apps.get_model("exchange", "Change")
    batch = []
    for at, kind, number in everything(apps, alias):
        batch.append(Change(moment=moment(at), kind=kind, object_id=number, act="made"))
        if len(batch) == BATCH:
            Change.objects.using(alias).bulk_create(batch)
            batch = []
    Change.objects.using(alias).bulk_create(batch)


def forget(apps, schema_editor):
    apps.get_model("exchange", "Change").objects.using(
        schema_editor.connection.alias
    ).all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
        ("essays", "0001_initial"),
        ("posts", "0001_initial"),
        ("counterpoints", "0001_initial"),
    ]

    operations = [migrations.RunPython(tell, forget)]
