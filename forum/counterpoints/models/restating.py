from django.conf import settings
from django.db import models
from django.db.models import Q

RESTATEMENT_LENGTH = 600


class Restating(models.Model):
    """Whoever a counterpoint answers says whether it put their words fairly, or puts them right.

    None is ever changed: the newest of a counterpoint counts, the others are its history.
    """

    counterpoint = models.ForeignKey(
        "Counterpoint", on_delete=models.CASCADE, related_name="restatings"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="restatings"
    )
    # As the essay's author, who may be an editor.
    as_author = models.BooleanField(default=False)
    is_fair = models.BooleanField()
    # What they mean, where it was not put fairly.
    words = models.CharField(max_length=RESTATEMENT_LENGTH, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="restated_fairly_or_in_their_words",
                condition=Q(is_fair=True, words="") | (Q(is_fair=False) & ~Q(words="")),
            )
        ]

    def __str__(self) -> str:
        return "fair" if self.is_fair else self.words
