from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

DAY = 86_400
# More than that in one span, and the limit is none.
MOST_EVER = 1_000_000


class FormKey(models.Model):
    """One use of a write form: the same key sent twice gives the first result."""

    key = models.UUIDField()
    action = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    session_key = models.CharField(max_length=40, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key", "action"],
                condition=Q(user__isnull=False),
                name="form_key_once_a_member",
            ),
            models.UniqueConstraint(
                fields=["session_key", "key", "action"],
                condition=Q(user=None),
                name="form_key_once_a_session",
            ),
        ]
        indexes = [models.Index(fields=["used_at"], name="form_key_age")]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


class Limit(models.Model):
    """How often something may be done by one person, or from one address, in a span of time."""

    name = models.SlugField(max_length=40, unique=True, editable=False)
    about = models.CharField(max_length=200, editable=False)
    most = models.PositiveIntegerField(
        "times", validators=[MinValueValidator(1), MaxValueValidator(MOST_EVER)]
    )
    seconds = models.PositiveIntegerField(
        "in seconds", validators=[MinValueValidator(1), MaxValueValidator(DAY)]
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(most__gt=0, seconds__gt=0), name="limit_allows_some")
        ]

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """How often somebody did it in the span that begins at `since`, in seconds since 1970.

    `subject` is a digest: nobody's address is kept.
    """

    name = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    since = models.BigIntegerField()
    until = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["name", "subject", "since"], name="tally_once_a_span")
        ]
        indexes = [models.Index(fields=["until"], name="tally_age")]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
