"""Freezes what was judged: the words, and what stood around them, each hashed by itself."""

from secrets import token_hex
from typing import Any

from forum.moderation import words
from forum.moderation.chain import salted_hash
from forum.moderation.models import Decision, FrozenText, Sanction
from forum.moderation.surroundings import surroundings

SALT_BYTES = 32


def freeze(decision: Decision, sanction: Sanction | None) -> FrozenText:
    post = decision.case.post
    frozen = FrozenText(
        decision=decision, version=post.edit_count + 1, source=post.source, html=post.html,
        text=post.text, context=words.for_log(_context, decision, sanction),
        words_salt=token_hex(SALT_BYTES), context_salt=token_hex(SALT_BYTES),
    )  # fmt: skip
    frozen.words_hash = salted_hash(frozen.words_salt, frozen.words())
    frozen.context_hash = salted_hash(frozen.context_salt, frozen.context)
    frozen.save()
    return frozen


def _context(decision: Decision, sanction: Sanction | None) -> dict[str, Any]:
    return {
        **surroundings(decision.case, decision),
        "sanction": sanction.facts() if sanction else None,
    }
