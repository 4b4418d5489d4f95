from typing import Any

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.moderation.models.case import Case
from forum.moderation.models.rule import Rule
from forum.moderation.querysets import DecisionQuerySet
from forum.posts.models import Post
from forum.posts.statuses import PostStatus

# A reason in a word or two explains nothing to whoever is told it.
REASON_SHORTEST = 10
REASON_LENGTH = 2_000
# A thread shows its reason where the reply form would stand.
LOCK_REASON_LENGTH = 300


class Outcome(models.TextChoices):
    KEEP = "keep", _("Kept")
    NOTE = "note", _("Kept, with a note")
    AMEND = "amend", _("Hidden until amended")
    HIDE = "hide", _("Hidden")
    BRANCH = "branch", _("Branch hidden")
    REMOVE = "remove", _("Removed")
    RESTORE = "restore", _("Restored")
    MOVE = "move", _("Moved")


# What takes the post from its readers, and what it is then.
TAKING_DOWN = frozenset({Outcome.AMEND, Outcome.HIDE, Outcome.BRANCH, Outcome.REMOVE})
TAKEN_DOWN = frozenset({PostStatus.HIDDEN, PostStatus.REMOVED})


class Decision(models.Model):
    """What a moderator decided on a case: once, for good, with a rule and a reason."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Who wrote the post: their record is read by it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions_received"
    )
    outcome = models.CharField(max_length=7, choices=Outcome)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="decisions")
    reason = models.CharField(
        max_length=REASON_LENGTH, validators=[MinLengthValidator(REASON_SHORTEST)]
    )
    # What the post was before: restoring it leads back there, not always to plain sight.
    status_before = models.CharField(max_length=9)
    url_before = models.CharField(max_length=200, blank=True)
    # Whether it closed the thread as well.
    locks = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # Until then nobody is told, and whoever decided may take it back. None: told at once.
    told_at = models.DateTimeField(null=True)
    # Taken back: it is as if it had not been, but for the log. Its case goes on as another.
    undone_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-id"], name="decision_record"),
            models.Index(fields=["moderator", "-told_at"], name="decision_to_undo"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.case})"

    def get_absolute_url(self) -> str:
        """Its statement of reasons, for whom it concerns."""
        return reverse("moderation:statement", args=[self.pk])

    @property
    def leaves_down(self) -> bool:
        """It found the post taken down, and left it so."""
        return self.outcome == Outcome.KEEP and self.status_before in TAKEN_DOWN


class BranchPost(models.Model):
    """A reply that was hidden, or shown again, together with the post that was judged."""

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="branch_posts", db_index=False
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    status_before = models.CharField(max_length=9)
    # What it said then.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "post"], name="branch_post_once")
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} of decision {self.decision_id}"


class FrozenText(models.Model):
    """What was judged, as it was. The log holds only a salted hash of it, so that erasing a
    member may empty this row and the log still proves itself.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="frozen")
    version = models.PositiveIntegerField()
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # The words around it, the reports without names, and any sanction.
    context = models.JSONField(default=dict, blank=True)
    salt = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"version {self.version} as judged"

    @property
    def is_erased(self) -> bool:
        return not self.salt

    def private(self) -> dict[str, Any]:
        """What the hash in the log speaks for."""
        return {"version": self.version, "source": self.source, "context": self.context}
