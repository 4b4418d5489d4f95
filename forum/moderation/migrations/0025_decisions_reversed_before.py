"""Marks what was reversed before there was a mark for it: on appeal, or shown again as it was."""

from django.db import migrations

TAKING_DOWN = ("amend", "hide", "branch", "remove")
DOWN = ("hidden", "removed")
BATCH = 500


def mark(apps, _schema_editor):
    """Post by post, in the order in which it was decided."""
    decisions = apps.get_model("moderation", "Decision").objects
    rows = decisions.filter(undone_at=None).select_related("case").order_by("case__post", "pk")
    post = None
    down: set[int] = set()
    wrong: dict[int, int] = {}
    for decision in rows.iterator(chunk_size=BATCH):
        if decision.case.post_id != post:
            post, down = decision.case.post_id, set()
        if decision.outcome == "restore":
            is_mended = decision.case.amends_id and not decision.case.appeals.exists()
            wrong |= {} if is_mended else dict.fromkeys(down, decision.pk)
            down = set()
        elif _keeps_down(decision):
            down.add(decision.pk)
    for first, then in (wrong | _found_wrong(apps)).items():
        decisions.filter(pk=first).update(reversed_by=then)


def _keeps_down(decision):
    return decision.outcome in TAKING_DOWN or (
        decision.outcome == "keep" and decision.status_before in DOWN
    )


def _found_wrong(apps):
    """What took nothing down, and was found wrong on appeal."""
    appeals = apps.get_model("moderation", "Appeal").objects
    wrong = {}
    rows = appeals.filter(result="reversed").select_related("decision", "case__decision")
    for appeal in rows.iterator(chunk_size=BATCH):
        first, then = appeal.decision, appeal.case.decision
        is_wrong = (
            (first.outcome == then.outcome == "move")
            or (first.outcome == "note" and then.outcome == "keep")
            or (first.outcome in {"keep", "note"} and then.outcome in TAKING_DOWN)
        )
        if is_wrong and not _keeps_down(first):
            wrong[first.pk] = then.pk
    return wrong


class Migration(migrations.Migration):
    dependencies = [("moderation", "0024_reversed_decisions")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
