from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forum.lib.seeded_words import as_read
from forum.moderation.case_querysets import CaseQuerySet
from forum.moderation.querysets import ReportQuerySet
from forum.moderation.reasons import REASON_NAME_LENGTH
from forum.posts.models import Post

REPORT_LENGTH = 1_000
RULE_NAME_LENGTH = 120


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    DECIDED = "decided", _("Decided")
    # Its post was taken back, or its member had left, before anybody decided.
    CLOSED = "closed", _("Closed")


class Case(models.Model):
    """All reports of a post that wait for the same decision. Decided, it stays as it was.

    Or it is about a member, and what they did is no one post: how they report, what their profile
    says, what they write to moderators, many posts together.
    """

    # Whatever asks for it has asked before whether the case is about a member: then it is None.
    post: "models.ForeignKey[Post, Post]" = models.ForeignKey(  # type: ignore[misc]
        Post, null=True, on_delete=models.PROTECT, related_name="cases"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases_about"
    )
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
    # What the stated rule says that held the post back before anybody read it.
    held_by_rule = models.CharField(max_length=RULE_NAME_LENGTH, blank=True)
    # An edit after that decision opened it: then and now are compared.
    amends = models.ForeignKey(
        "moderation.Decision", null=True, on_delete=models.PROTECT, related_name="amendments"
    )
    # The decided case whose decision was taken back: its reports and appeals are here.
    continues = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="continued_by"
    )
    # What the watch list says for which the post was reported, by nobody, though it is public.
    flagged_by = models.CharField(max_length=RULE_NAME_LENGTH, blank=True, default="")
    report_count = models.PositiveIntegerField(default=0)
    # The gravest reason among its reports.
    gravity = models.PositiveSmallIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(state="open"), name="one_open_case_a_post"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(state="open"), name="one_open_case_a_member"
            ),
            models.CheckConstraint(
                name="case_about_a_post_or_a_member",
                condition=Q(post__isnull=False, member=None) | Q(post=None, member__isnull=False),
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
            models.Index(fields=["id"], condition=~Q(held_by_rule=""), name="case_of_held_post"),
            models.Index(
                fields=["id"], condition=Q(state="open", post=None), name="case_about_member"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Case %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN

    @property
    def is_about_member(self) -> bool:
        return self.member_id is not None

    @property
    def judged(self) -> Any:
        """What it is about: a post, or a member."""
        return self.member if self.is_about_member else self.post

    @property
    def accused(self) -> Any:
        """On whose record its decision goes."""
        return self.member if self.is_about_member else self.post.author

    @property
    def accused_id(self) -> int:
        return self.member_id if self.member_id is not None else self.post.author_id

    @property
    def public_url(self) -> str:
        """Where the log leads from it: to a post, and to no member."""
        return "" if self.is_about_member else self.post.get_absolute_url()

    @property
    def is_closed(self) -> bool:
        return self.state == CaseState.CLOSED

    @property
    def holding_words(self) -> str:
        return as_read(self.held_by_rule)

    @property
    def flagging_words(self) -> str:
        return as_read(self.flagged_by)

    def waiting_appeals(self) -> list[Any]:
        """Appeals that it is to decide."""
        return [one for one in self.appeals.all() if one.result is None]


class Report(models.Model):
    """What one member holds against a post. Only moderators know who it was."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports"
    )
    # The key of what it was reported for; and that as it was then: its name, the number of the rule
    # that it speaks of, how grave it is.
    reason = models.CharField(max_length=12)
    filed_as = models.CharField(max_length=REASON_NAME_LENGTH, default="")
    rule_number = models.PositiveSmallIntegerField(null=True)
    gravity = models.PositiveSmallIntegerField(default=1)
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
        return f"{self.reason_words} ({self.case})"

    @property
    def reason_words(self) -> str:
        """As it was called when it was filed."""
        return as_read(self.filed_as)
