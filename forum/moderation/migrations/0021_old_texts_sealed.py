"""What was frozen in one part is parted: its words and what stood around them are hashed by
themselves. The entries of the log stay as they are, and their hashes hold the one part as before; a
seal on each holds the two, and the facts, and the log's head all seals.
"""

from datetime import UTC
from secrets import token_hex

from django.db import migrations

from forum.moderation.chain import folded, salted_hash, seal_of

BATCH = 500
FILLED = ["words_salt", "words_hash", "context_salt", "context_hash", "seal"]


def seal_old_texts(apps, _schema_editor):
    texts = apps.get_model("moderation", "FrozenText").objects.select_related("decision__log_entry")
    texts, last, seals = texts.order_by("decision__log_entry__number"), 0, []
    while batch := list(texts.filter(decision__log_entry__number__gt=last)[:BATCH]):
        for frozen in batch:
            _part(frozen)
            frozen.seal = seal_of(_parts(frozen))
            seals.append(frozen.seal)
        texts.bulk_update(batch, FILLED)
        last = batch[-1].decision.log_entry.number
    apps.get_model("moderation", "LogHead").objects.update(sealed=folded(seals))


def _part(frozen):
    """What is empty and has no salt was erased; words may have stayed where the rest was."""
    words = {"source": frozen.source, "html": frozen.html, "text": frozen.text}
    if frozen.salt or any(words.values()):
        frozen.words_salt = token_hex(32)
        frozen.words_hash = salted_hash(frozen.words_salt, words)
    if frozen.salt or frozen.context:
        frozen.context_salt = token_hex(32)
        frozen.context_hash = salted_hash(frozen.context_salt, frozen.context)


def _parts(frozen):
    """As FrozenText.parts and Decision.facts."""
    one = frozen.decision
    return {
        "case": one.case_id, "moderator": one.moderator_id, "member": one.member_id,
        "outcome": one.outcome, "rule": one.rule_id, "reason": one.reason,
        "status_before": one.status_before, "url_before": one.url_before, "locks": one.locks,
        "at": one.created_at.astimezone(UTC).isoformat(), "version": frozen.version,
        "words": frozen.words_hash, "context": frozen.context_hash,
    }  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("moderation", "0020_two_frozen_parts")]

    operations = [migrations.RunPython(seal_old_texts, migrations.RunPython.noop)]
