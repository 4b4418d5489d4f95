from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essays.models import Essay
from forum.lib.numbered import address_of
from forum.posts.grounds import is_over


class ThreadKind(models.TextChoices):
    DISCUSSION = "discussion", _("open discussion")
    CLAIM = "claim", _("debate of a claim")


class Thread(models.Model):
    """A conversation about an essay: its one open discussion, or the debate of one claim."""

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="threads")
    kind = models.CharField(max_length=10, choices=ThreadKind)
    created_at = models.DateTimeField(auto_now_add=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    lock_reason = models.CharField(max_length=300, blank=True)
    # From then on it is open again, whether or not anybody has unlocked it; and what that rests on,
    # see Grounds. All of these may be NULL, so that SQLite adds them without building the table,
    # and its triggers, anew.
    locked_until = models.DateTimeField(null=True, blank=True)
    lock_grounds = models.JSONField(null=True, blank=True)
    # Minutes between two posts of one member here, where a moderator slowed it down, and why.
    slow_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    slow_reason = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001
    slow_until = models.DateTimeField(null=True, blank=True)
    slow_grounds = models.JSONField(null=True, blank=True)
    # The same of single branches: by the number of the top-level post, see Pace.
    slow_branches = models.JSONField(null=True, blank=True)
    # Top-level posts that stand in another thread now, with all below them: their numbers.
    moved_away = models.JSONField(null=True, blank=True)
    # Raised by every change of anything that the thread's page shows.
    version = models.PositiveBigIntegerField(default=1)
    post_count = models.PositiveIntegerField(default=0)
    # Top-level posts ever made: gives the next one its step, so it never falls.
    top_count = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["essay"], condition=Q(kind="discussion"), name="one_discussion_an_essay"
            )
        ]
        indexes = [models.Index(fields=["kind", "-last_post_at"], name="thread_lately")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        if self.kind == ThreadKind.CLAIM:
            return address_of("counterpoints:claim", self.pk)
        return reverse("discussion:thread", args=[self.essay.slug])

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None and not is_over(self.locked_until)

    @property
    def is_slow(self) -> bool:
        return bool(self.slow_minutes) and not is_over(self.slow_until)
