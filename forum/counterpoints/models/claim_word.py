from django.db import models

from essays.models import Essay
from forum.counterpoints.content_words import LONGEST_WORD
from forum.counterpoints.models.claim import Claim


class ClaimWord(models.Model):
    """A word that the statement of a claim is about: claims that share some may say the same."""

    # No index of their own: each of those below begins with what it is looked up by.
    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="content_words", db_index=False
    )
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "word"], name="claim_word_once"),
        ]
        indexes = [
            models.Index(fields=["essay", "word", "-claim"], name="claim_word_in_essay"),
            models.Index(fields=["word", "-claim"], name="claim_word_anywhere"),
        ]

    def __str__(self) -> str:
        return self.word
