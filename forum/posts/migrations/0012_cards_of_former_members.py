"""Stored cards of whoever left named them in English; now they hold a slot for it."""

from django.db import migrations

BATCH = 500
NAMED = '<span class="by">A former member</span>'
SLOT = '<span class="by"><!--former--></span>'


def take_names_out(apps, schema_editor):
    posts = apps.get_model("posts", "Post").objects.exclude(author__erased_at=None)
    posts, last = posts.only("pk", "card_html").order_by("pk"), 0
    while batch := list(posts.filter(pk__gt=last)[:BATCH]):
        for post in batch:
            # Before what the member wrote, which stands below.
            post.card_html = post.card_html.replace(NAMED, SLOT, 1)
        posts.bulk_update(batch, ["card_html"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("posts", "0011_moved_and_slow_branches"), ("accounts", "0005_erased_members")]

    operations = [migrations.RunPython(take_names_out, migrations.RunPython.noop)]
