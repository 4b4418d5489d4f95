from django.db import models


class Rule(models.Model):
    """A rule of the house. Decisions name it by number, so it is reworded, never deleted."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
