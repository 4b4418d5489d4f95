"""Freezes what was judged: the words, and what stood around them, each hashed by itself."""

from secrets import token_hex
from typing import Any

from forum.moderation import words
from forum.moderation.chain import salted_hash
from forum.moderation.conduct import around_member, profile_words
from forum.moderation.models import Case, Decision, FrozenText, Sanction
from forum.moderation.surroundings import surroundings

SALT_BYTES = 32


def freeze(decision: Decision, sanction: Sanction | None) -> FrozenText:
    frozen = FrozenText(
        decision=decision, **_words(decision.case),
        context=words.for_log(_context, decision, sanction),
        words_salt=token_hex(SALT_BYTES), context_salt=token_hex(SALT_BYTES),
    )  # fmt: skip
    frozen.words_hash = salted_hash(frozen.words_salt, frozen.words())
    frozen.context_hash = salted_hash(frozen.context_salt, frozen.context)
    frozen.save()
    return frozen


def _words(case: Case) -> dict[str, Any]:
    """Of a post, or of a profile, which has no versions."""
    if case.is_about_member:
        words = profile_words(case.accused)
        return {"version": 0, "source": words, "text": words}
    post = case.post
    return {
        "version": post.edit_count + 1, "source": post.source, "html": post.html, "text": post.text
    }  # fmt: skip


def _context(decision: Decision, sanction: Sanction | None) -> dict[str, Any]:
    around = around_member if decision.case.is_about_member else surroundings
    return {
        **around(decision.case, decision),
        "sanction": sanction.facts() if sanction else None,
    }
