import re
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.lib.seeded_words import as_read
from forum.moderation.models.appeal import Ruling
from forum.moderation.models.decision import (
    LEFT_HIDDEN,
    LEFT_REMOVED,
    REASON_LENGTH,
    Decision,
    Outcome,
)
from forum.moderation.querysets import LogQuerySet


class LogKind(models.TextChoices):
    KEEP = Outcome.KEEP.value, Outcome.KEEP.label
    # Their decision says "keep": see its `leaves_down`.
    LEFT_HIDDEN = "lefthid", LEFT_HIDDEN
    LEFT_REMOVED = "leftrem", LEFT_REMOVED
    NOTE = Outcome.NOTE.value, Outcome.NOTE.label
    AMEND = Outcome.AMEND.value, Outcome.AMEND.label
    HIDE = Outcome.HIDE.value, Outcome.HIDE.label
    BRANCH = Outcome.BRANCH.value, Outcome.BRANCH.label
    REMOVE = Outcome.REMOVE.value, Outcome.REMOVE.label
    RESTORE = Outcome.RESTORE.value, Outcome.RESTORE.label
    MOVE = Outcome.MOVE.value, Outcome.MOVE.label
    ACQUIT = Outcome.ACQUIT.value, Outcome.ACQUIT.label
    CENSURE = Outcome.CENSURE.value, Outcome.CENSURE.label
    UNDO = "undo", _("Taken back")
    LOCK = "lock", _("Locked")
    UNLOCK = "unlock", _("Unlocked")
    SLOW = "slow", _("Slowed down")
    UNSLOW = "unslow", _("Slow no more")
    # A lock or a slow mode that ended by itself.
    LAPSE = "lapse", _("Ran out")
    APPEAL = "appeal", _("Appealed")
    END = "end", _("Sanction ended")
    RESUME = "resume", _("Sanction goes on")
    MERGE = "merge", _("Merged")
    PART = "part", _("Parted again")
    UNLINK = "unlink", _("Unlinked")
    ANCHOR = "anchor", _("Put on other words")


class LogHead(models.Model):
    """The log's newest end: whoever adds an entry holds this row. Its counts spare the pages."""

    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    # Entries by kind ("keep") and by rule ("rule-2").
    counts = models.JSONField(default=dict)
    # One hash of all seals (see FrozenText), each of which no entry covers.
    sealed = models.CharField(max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.length} entries"


class LogEntry(models.Model):
    """One public line of what was done, by whom and why. Never changed, never deleted."""

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=7, choices=LogKind)
    subject = models.CharField(max_length=300)
    # None of what concerns a member: the log names none.
    subject_url = models.CharField(max_length=300, blank=True)
    rule_number = models.PositiveSmallIntegerField()
    rule_title = models.CharField(max_length=60)
    reason = models.CharField(max_length=REASON_LENGTH)
    moderator_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="log_entry"
    )
    # Of a lock or a slow mode that ends by itself, and of its end: when that is.
    until = models.DateTimeField(null=True, blank=True)
    # Of an appeal, and of what was decided on it: the entry of the first decision. Of what takes
    # something back: the entry of that. Of what ran out: the entry that began it.
    about_number = models.PositiveBigIntegerField(null=True)
    # Of what was decided on appeal: what became of the first decision.
    ruling = models.CharField(  # noqa: DJ001 — all other entries have none
        max_length=8, choices=Ruling, null=True, blank=True
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
            models.Index(
                fields=["about_number", "number"],
                condition=Q(about_number__isnull=False),
                name="log_about_another",
            ),
            models.Index(
                fields=["ruling", "-number"],
                condition=Q(ruling__isnull=False),
                name="log_by_ruling",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_kind_display()}"

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            self._refuse()
        super().save(**{**options, "force_insert": True})

    def get_absolute_url(self) -> str:
        return address_of(self.number)

    @property
    def shown_rule_title(self) -> str:
        return as_read(self.rule_title)

    @property
    def about_url(self) -> str:
        return address_of(self.about_number or 0)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        self._refuse()

    @staticmethod
    def _refuse() -> NoReturn:
        raise TypeError("An entry of the log is neither changed nor deleted.")

    def public(self) -> dict[str, Any]:
        """What everybody reads of it: the part of the chain that they can check."""
        public: dict[str, Any] = {
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
        # Entries that are about no other one say nothing of it, as before there were appeals.
        if self.about_number is not None:
            public["about_number"] = self.about_number
        if self.until is not None:
            public["until"] = self.until.isoformat()
        if self.ruling is not None:
            public["ruling"] = str(self.ruling)
        return public


def number_at(address: str) -> int | None:
    """Of the entry to which such an address leads."""
    found = re.search(r"#decision-([0-9]+)$", address)
    return int(found[1]) if found else None


def address_of(number: int) -> str:
    """A page of the log that begins with this entry, however long the log grows."""
    return f"{reverse('moderation:log')}?upto={number}#decision-{number}"
