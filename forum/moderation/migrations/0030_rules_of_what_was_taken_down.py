"""In place of what was taken down stood why it was; now also when, and by which rule."""

import re

from django.db import migrations
from django.utils import timezone

BATCH = 500
ENTRY = re.compile(r"#decision-([0-9]+)$")
TAKEN_DOWN = ("hidden", "removed")


def number_at(address):
    found = ENTRY.search(address)
    return int(found[1]) if found else None


def told_in(card, post, number, title):
    """Before the link to the log, which stood there alone."""
    told = f" <span><!--rule-{number}-{title.encode().hex()}--></span>"
    if post.status_since is not None:
        here = timezone.localtime(post.status_since, timezone.get_default_timezone())
        slot = f"<!--at-{here:%Y-%m-%d-%H:%M}-->"
        told = f' <time datetime="{here:%Y-%m-%dT%H:%M%z}">{slot}</time>{told}'
    said = f"<!--{post.status}--></span>"
    return card.replace(f"{said} <a ", f"{said}{told} <a ", 1)


def name_rules(apps, schema_editor):
    entries = apps.get_model("moderation", "LogEntry").objects
    posts = apps.get_model("posts", "Post").objects.filter(status__in=TAKEN_DOWN)
    posts = posts.filter(status_rule__isnull=True).exclude(status_url="").order_by("pk")
    last = 0
    columns = ("pk", "status", "status_url", "status_since", "card_html")
    while batch := list(posts.filter(pk__gt=last).only(*columns)[:BATCH]):
        numbers = {number_at(post.status_url) for post in batch} - {None}
        rows = entries.filter(number__in=numbers).values_list("number", "rule_number", "rule_title")
        rules = {number: rule for number, *rule in rows}
        for post in batch:
            post.status_rule = rules.get(number_at(post.status_url))
            if post.status_rule is not None:
                post.card_html = told_in(post.card_html, post, *post.status_rule)
        posts.model.objects.bulk_update(batch, ["status_rule", "card_html"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0029_cases_about_members"),
        ("posts", "0015_rules_beside_statuses"),
    ]

    operations = [migrations.RunPython(name_rules, migrations.RunPython.noop)]
