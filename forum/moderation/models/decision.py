from datetime import UTC
from typing import Any

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.moderation.models.case import Case
from forum.moderation.models.rule import Rule
from forum.moderation.querysets import BranchPostQuerySet, DecisionQuerySet, FrozenTextQuerySet
from forum.posts.models import Post
from forum.posts.statuses import PostStatus

# A reason in a word or two explains nothing to whoever is told it.
REASON_SHORTEST = 10
REASON_LENGTH = 2_000
# A thread shows its reason where the reply form would stand.
LOCK_REASON_LENGTH = 300
# SHA-256, and salts as long, in hexadecimal digits.
HASH_LENGTH = 64


class Outcome(models.TextChoices):
    KEEP = "keep", _("Kept")
    NOTE = "note", _("Kept, with a note")
    AMEND = "amend", _("Hidden until amended")
    HIDE = "hide", _("Hidden")
    BRANCH = "branch", _("Branch hidden")
    REMOVE = "remove", _("Removed")
    RESTORE = "restore", _("Restored")
    MOVE = "move", _("Moved")
    # Of a case about a member: there is no post to do anything to.
    ACQUIT = "acquit", _("Nothing done")
    CENSURE = "censure", _("Sanctioned")


# What is decided of a member: with a sanction, or without.
OF_MEMBERS = frozenset({Outcome.ACQUIT, Outcome.CENSURE})
# What takes the post from its readers, and what it is then.
TAKING_DOWN = frozenset({Outcome.AMEND, Outcome.HIDE, Outcome.BRANCH, Outcome.REMOVE})
TAKEN_DOWN = frozenset({PostStatus.HIDDEN, PostStatus.REMOVED})
# To keep such a post as it is keeps it from its readers: it is never called kept.
LEFT_HIDDEN, LEFT_REMOVED = _("Left as it is: hidden"), _("Left as it is: removed")


class Decision(models.Model):
    """What a moderator decided on a case: once, for good, with a rule and a reason."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Who wrote the post, or whom the case is about: their record is read by it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions_received"
    )
    outcome = models.CharField(max_length=7, choices=Outcome)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="decisions")
    reason = models.CharField(
        max_length=REASON_LENGTH, validators=[MinLengthValidator(REASON_SHORTEST)]
    )
    # What the post was before: restoring it leads back there, not always to plain sight. Nothing,
    # where there is no post.
    status_before = models.CharField(max_length=9, blank=True)
    url_before = models.CharField(max_length=200, blank=True)
    # Whether it closed the thread as well.
    locks = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # Until then nobody is told, and whoever decided may take it back. None: told at once.
    told_at = models.DateTimeField(null=True)
    # Taken back: it is as if it had not been, but for the log. Its case goes on as another.
    undone_at = models.DateTimeField(null=True)
    # What a second look found wrong: on appeal, or shown again as it was. The sanction that came
    # with it ends by itself.
    reversed_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reverses"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-id"], name="decision_record"),
            models.Index(fields=["moderator", "-told_at"], name="decision_to_undo"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_words} ({self.case})"

    def get_absolute_url(self) -> str:
        """Its statement of reasons, for whom it concerns."""
        return reverse("moderation:statement", args=[self.pk])

    @property
    def outcome_words(self) -> str:
        """What it is called: never kept, where nobody can read the post."""
        if self.leaves_down:
            is_hidden = self.status_before == PostStatus.HIDDEN
            return str(LEFT_HIDDEN if is_hidden else LEFT_REMOVED)
        return self.get_outcome_display()

    @property
    def leaves_down(self) -> bool:
        """It found the post taken down, and left it so."""
        return self.outcome == Outcome.KEEP and self.status_before in TAKEN_DOWN

    def facts(self) -> dict[str, Any]:
        """What was decided, for good: the log vouches for it."""
        return {
            "case": self.case_id, "moderator": self.moderator_id, "member": self.member_id,
            "outcome": str(self.outcome), "rule": self.rule_id, "reason": self.reason,
            "status_before": str(self.status_before), "url_before": self.url_before,
            "locks": self.locks, "at": self.created_at.astimezone(UTC).isoformat(),
        }  # fmt: skip


class BranchPost(models.Model):
    """A reply that was hidden, or shown again, together with the post that was judged."""

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="branch_posts", db_index=False
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    status_before = models.CharField(max_length=9)
    # What it said then.
    version = models.PositiveIntegerField(default=1)

    objects = BranchPostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "post"], name="branch_post_once")
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} of decision {self.decision_id}"


class FrozenText(models.Model):
    """What was judged, a post or a profile, as it was, in two parts that are hashed and erased each
    by itself: the words go with their author, what stood around them with whoever said it. The
    hashes stay, so that the log still proves itself and the part that is left.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="frozen")
    version = models.PositiveIntegerField()
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # The words around it, the reports without names, and any sanction.
    context = models.JSONField(default=dict, blank=True)
    # Without its salt a part is erased.
    words_salt = models.CharField(max_length=HASH_LENGTH, blank=True, default="")
    words_hash = models.CharField(max_length=HASH_LENGTH, blank=True, default="")
    context_salt = models.CharField(max_length=HASH_LENGTH, blank=True, default="")
    context_hash = models.CharField(max_length=HASH_LENGTH, blank=True, default="")
    # Only of what was frozen before there were two parts: the log's hash of it covers the source
    # and the context together, under this salt; the seal covers all the rest.
    salt = models.CharField(max_length=HASH_LENGTH, blank=True)
    seal = models.CharField(max_length=HASH_LENGTH, blank=True, default="")

    objects = FrozenTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"version {self.version} as judged"

    @property
    def is_erased(self) -> bool:
        return not self.words_salt

    def words(self) -> dict[str, str]:
        return {"source": self.source, "html": self.html, "text": self.text}

    def parts(self) -> dict[str, Any]:
        """What the log's hash of it speaks for, whatever is erased."""
        hashes = {"words": self.words_hash, "context": self.context_hash}
        return {**self.decision.facts(), "version": self.version, **hashes}
