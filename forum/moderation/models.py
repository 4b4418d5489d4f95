from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from forum.moderation.querysets import (
    CaseQuerySet,
    DecisionQuerySet,
    LogQuerySet,
    ReportQuerySet,
)
from forum.moderation.reasons import Reason
from forum.posts.models import Post

REPORT_LENGTH = 1_000
# A reason in a word or two explains nothing to whoever is told it.
REASON_SHORTEST = 10
REASON_LENGTH = 2_000
# A thread shows its reason where the reply form would stand.
LOCK_REASON_LENGTH = 300


class Rule(models.Model):
    """A rule of the house. Decisions name it by number, so it is reworded, never deleted."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class CaseState(models.TextChoices):
    OPEN = "open", "Open"
    DECIDED = "decided", "Decided"


class Case(models.Model):
    """All reports of a post that wait for the same decision. Decided, it stays as it was."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=7, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    # The moderator who opened it without a report.
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="held_cases"
    )
    claimed_at = models.DateTimeField(null=True)
    report_count = models.PositiveIntegerField(default=0)
    # The gravest reason among its reports.
    gravity = models.PositiveSmallIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(state="open"), name="one_open_case_a_post"
            ),
            models.CheckConstraint(
                name="case_claimed_by_and_when",
                condition=Q(claimed_by=None, claimed_at=None)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-gravity", "id"], condition=Q(state="open"), name="case_gravest_first"
            ),
            models.Index(fields=["id"], condition=Q(state="open"), name="case_oldest_first"),
            models.Index(
                fields=["claimed_by", "id"], condition=Q(state="open"), name="case_by_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"Case {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN


class Report(models.Model):
    """What one member holds against a post. Only moderators know who it was."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports"
    )
    reason = models.CharField(max_length=12, choices=Reason)
    text = models.CharField(max_length=REPORT_LENGTH, blank=True)
    # Which version of the post it was that the reporter read.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter"], name="report_once_a_case")
        ]
        indexes = [models.Index(fields=["reason", "case"], name="report_by_reason")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.case})"


class Outcome(models.TextChoices):
    KEEP = "keep", "Kept"
    HIDE = "hide", "Hidden"
    REMOVE = "remove", "Removed"
    RESTORE = "restore", "Restored"


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
    created_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="decision_record")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.case})"


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


class SanctionKind(models.TextChoices):
    WARN = "warn", "Warning"
    SILENCE = "silence", "Silenced"
    SUSPEND = "suspend", "Suspended"


class Sanction(models.Model):
    """What a decision means for the member, beyond the post."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sanctions"
    )
    kind = models.CharField(max_length=7, choices=SanctionKind)
    until = models.DateTimeField(null=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sanction")
    reason = models.CharField(max_length=REASON_LENGTH)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sanction_ends_unless_warning",
                condition=Q(kind="warn", until=None) | Q(~Q(kind="warn"), until__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["member", "-id"], name="sanction_record")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.member_id}"


class LogKind(models.TextChoices):
    KEEP = Outcome.KEEP.value, Outcome.KEEP.label
    HIDE = Outcome.HIDE.value, Outcome.HIDE.label
    REMOVE = Outcome.REMOVE.value, Outcome.REMOVE.label
    RESTORE = Outcome.RESTORE.value, Outcome.RESTORE.label
    LOCK = "lock", "Locked"
    UNLOCK = "unlock", "Unlocked"


class LogHead(models.Model):
    """The log's newest end: whoever adds an entry holds this row. Its counts spare the pages."""

    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    # Entries by kind ("keep") and by rule ("rule-2").
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.length} entries"


class LogEntry(models.Model):
    """One public line of what was done, by whom and why. Never changed, never deleted."""

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=7, choices=LogKind)
    subject = models.CharField(max_length=300)
    subject_url = models.CharField(max_length=300)
    rule_number = models.PositiveSmallIntegerField()
    rule_title = models.CharField(max_length=60)
    reason = models.CharField(max_length=REASON_LENGTH)
    moderator_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="log_entry"
    )
    private_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["kind", "-number"], name="log_by_kind"),
            models.Index(fields=["rule_number", "-number"], name="log_by_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_kind_display()}"

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            self._refuse()
        super().save(**{**options, "force_insert": True})

    def get_absolute_url(self) -> str:
        """A page of the log that begins with this entry, however long the log grows."""
        return f"{reverse('moderation:log')}?upto={self.number}#decision-{self.number}"

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        self._refuse()

    @staticmethod
    def _refuse() -> NoReturn:
        raise TypeError("An entry of the log is neither changed nor deleted.")

    def public(self) -> dict[str, Any]:
        """What everybody reads of it: the part of the chain that they can check."""
        return {
            "number": self.number,
            "kind": self.kind,
            "subject": self.subject,
            "subject_url": self.subject_url,
            "rule_number": self.rule_number,
            "rule_title": self.rule_title,
            "reason": self.reason,
            "moderator_name": self.moderator_name,
            "at": self.at.isoformat(),
        }
