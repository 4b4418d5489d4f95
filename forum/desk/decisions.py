"""What an editor says of the claims that a draft touches: by a form, or as the draft keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from essays.models.essay import REASON_LENGTH
from forum.desk.impact import ClaimFate, Impact

# What the form's fields are called, before the number of the claim or counterpoint.
REASON, SURE, ANSWERS, WORDS = "reason-", "sure-", "answers-", "words-"
WORDS_LENGTH = 300


class Undecided(Exception):  # noqa: N818 — it says what is still to be said
    """Claims that lose their place and were given no reason: passage → sentence."""

    def __init__(self, errors: dict[int, str]) -> None:
        super().__init__(_("Something is still to be said before this can be published."))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Decisions:
    # By passage: why it may lose its place; and those of which it was said twice.
    reasons: Mapping[int, str] = field(default_factory=dict)
    confirmed: tuple[int, ...] = ()
    # Counterpoints that the revision answers: they are conceded, and their authors credited.
    answers: tuple[int, ...] = ()
    # By counterpoint: one sentence on what was mended.
    words: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of_form(cls, impact: Impact, sent: Mapping[str, Any]) -> "Decisions":
        """Only what the page offered: nobody credits a counterpoint to another claim."""
        return cls(
            reasons={
                each.claim.passage_id: words
                for each in impact.claims
                if (words := _line(sent.get(f"{REASON}{each.claim.pk}", "")))
            },
            confirmed=tuple(
                each.claim.passage_id for each in impact.claims if f"{SURE}{each.claim.pk}" in sent
            ),
            answers=tuple(pk for pk in impact.offered if f"{ANSWERS}{pk}" in sent),
            words={
                pk: words for pk in impact.offered if (words := _line(sent.get(f"{WORDS}{pk}", "")))
            },
        )

    @classmethod
    def of_draft(cls, kept: dict[str, Any]) -> "Decisions":
        return cls(
            reasons={int(pk): str(words) for pk, words in kept.get("reasons", {}).items()},
            confirmed=tuple(int(pk) for pk in kept.get("confirmed", [])),
            answers=tuple(int(pk) for pk in kept.get("answers", [])),
            words={int(pk): str(words) for pk, words in kept.get("words", {}).items()},
        )

    def kept(self) -> dict[str, Any]:
        return {
            "reasons": {str(pk): words for pk, words in self.reasons.items()},
            "confirmed": list(self.confirmed),
            "answers": list(self.answers),
            "words": {str(pk): words for pk, words in self.words.items()},
        }

    def check(self, impact: Impact) -> None:
        """Raises `Undecided` while an answered claim would lose its place without a word."""
        errors = {
            each.claim.passage_id: words
            for each in impact.claims
            if (words := self._wrong_with(each))
        }
        if errors:
            raise Undecided(errors)

    def _wrong_with(self, each: ClaimFate) -> str:
        pk, number = each.claim.passage_id, each.claim.number
        if len(self.reasons.get(pk, "")) > REASON_LENGTH:
            return _("A reason has at most %(number)s characters.") % {"number": REASON_LENGTH}
        if each.needs_reason and pk not in self.reasons:
            return _(
                "Claim %(number)s was answered and loses its place: say why. Readers see it."
            ) % {"number": number}
        if each.needs_reason and pk not in self.confirmed:
            return _("Confirm that claim %(number)s loses its place.") % {"number": number}
        return ""


def _line(words: str) -> str:
    return " ".join(str(words).split())
