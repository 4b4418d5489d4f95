"""Stored cards held the site's own words in English; now they hold slots for them."""

import re

from django.db import migrations

BATCH = 500
# Before it stands what the site says; behind it, what the member wrote.
BODY = '<div class="prose'
SAID = {
    "<span>This post waits for a moderator.</span>": "<span><!--held--></span>",
    "<span>This post was hidden by a moderator.</span>": "<span><!--hidden--></span>",
    "<span>What stood here went with its author.</span>": "<span><!--erased--></span>",
    "<span>This post was removed by a moderator.</span>": "<span><!--removed--></span>",
    ">Read why</a>": "><!--why--></a>",
    ">The essay’s author</span>": "><!--essayist--></span>",
    ">Edited</a>": "><!--edited--></a>",
    "<b>Withdrawn by its author</b>": "<b><!--withdrawn--></b>",
    "<span>It stays readable and carries no weight.</span>": "<span><!--weightless--></span>",
}
# A name stands escaped, so it can hold none of these.
MOMENT = re.compile(r'(<time datetime="(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\+0000">)[^<]*(</time>)')


def without_words(card):
    head, body, written = card.partition(BODY)
    for words, slot in SAID.items():
        head = head.replace(words, slot)
    return MOMENT.sub(r"\1<!--at-\2-\3-->\4", head) + body + written


def take_words_out(apps, schema_editor):
    posts = apps.get_model("posts", "Post").objects.only("pk", "card_html").order_by("pk")
    last = 0
    while batch := list(posts.filter(pk__gt=last)[:BATCH]):
        for post in batch:
            post.card_html = without_words(post.card_html)
        posts.bulk_update(batch, ["card_html"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("posts", "0009_slow_threads")]

    operations = [migrations.RunPython(take_words_out, migrations.RunPython.noop)]
