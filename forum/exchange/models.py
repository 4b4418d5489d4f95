from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.exchange.hook_models import (  # noqa: F401 — tables of this app, found from here
    Delivery,
    Webhook,
)

# Requests in an hour: a mirror of a large site takes a few hundred, and then one a minute.
USUAL_LIMIT = 3_000
GREATEST_LIMIT = 100_000


class Kind(models.TextChoices):
    ESSAY = "essay", "essay"
    REVISION = "revision", "revision"
    CLAIM = "claim", "claim"
    POST = "post", "post"
    AUTHOR = "author", "author"


class Change(models.Model):
    """Something was made, edited, hidden, withdrawn or relabelled. The database's triggers write
    it (change_triggers.py) in the transaction that did it, so none can be forgotten.

    It says what was done to what, and never what it says: whoever reads the list is told how the
    thing is now, if it may be read.
    """

    # Microseconds since 1970, by the database's own clock. In time to come for an essay that is
    # published then: until it is, nobody reads so far.
    moment = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    # Of the essay, revision, claim, post or member; never a foreign key: things can go.
    object_id = models.BigIntegerField()
    act = models.CharField(max_length=12)

    class Meta:
        indexes = [
            models.Index(fields=["moment", "id"], name="change_in_order"),
            models.Index(fields=["-id"], condition=Q(kind="author"), name="change_of_author"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.act}"


class Token(models.Model):
    """Lets a program of a researcher's read more quickly. Only a digest of it is kept."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    # The token's first characters, by which its owner tells it from others.
    hint = models.CharField(max_length=12, editable=False)
    name = models.CharField(max_length=60, help_text=_("What program it is for."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens",
        help_text=_("Somebody in the group “researchers”."),
    )  # fmt: skip
    purpose = models.CharField(max_length=300, help_text=_("What they want the data for."))
    hourly_limit = models.PositiveIntegerField(
        _("requests in an hour"), default=USUAL_LIMIT,
        validators=[MinValueValidator(1), MaxValueValidator(GREATEST_LIMIT)],
    )  # fmt: skip
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    # The day only: what somebody reads, and when, is theirs.
    last_used_on = models.DateField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(hourly_limit__gt=0), name="token_allows_some")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


class Departure(models.Model):
    """A member wants to leave. Until the moment comes they may think better of it."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="departure"
    )
    keeps_posts = models.BooleanField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="departure_due")]

    def __str__(self) -> str:
        return f"departure of {self.member_id}"


class RequestKind(models.TextChoices):
    EXPORT = "export", _("Export")
    ERASURE = "erasure", _("Erasure")


class DataRequest(models.Model):
    """That somebody got their data, or was erased: when, and at whose word. It names nobody who
    was erased.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_requests"
    )
    kind = models.CharField(max_length=7, choices=RequestKind)
    # "the member"; or who answered a letter: "the operator" by a command, "keeper 7" in the admin.
    asked_by = models.CharField(max_length=20)
    # Unknown of those that were answered before it was written down.
    asked_at = models.DateTimeField(null=True)
    at = models.DateTimeField(_("answered at"))
    # Of an erasure: what was to become of the posts.
    keeps_posts = models.BooleanField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.member_id}"
