from django.db import models

from forum.lib.seeded_words import as_read


class RuleQuerySet(models.QuerySet["Rule"]):
    def in_force(self) -> "RuleQuerySet":
        return self.filter(retired_at=None)


class Rule(models.Model):
    """A rule of the house. Decisions name it by number, so it is reworded or retired, and neither
    deleted nor given another number.
    """

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=400)
    # From then on nothing is decided by it; what was decided stays.
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.shown_title}"

    @property
    def shown_title(self) -> str:
        return as_read(self.title)

    @property
    def shown_text(self) -> str:
        return as_read(self.text)

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None
