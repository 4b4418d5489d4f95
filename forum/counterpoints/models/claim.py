from django.db import models
from django.db.models import Q
from django.urls import reverse

from essays.models import Essay, Passage, Revision
from forum.accounts.models import User
from forum.counterpoints.querysets import ClaimQuerySet, CounterpointQuerySet
from forum.posts.models import Post, Thread


class Relation(models.TextChoices):
    REBUTS = "rebuts", "Rebuts"
    UNDERCUTS = "undercuts", "Undercuts"
    SUPPORTS = "supports", "Supports"
    CONCEDES = "concedes", "Concedes"


# Speaks for the essay: its author, or an editor who chose to. No member has the number 0.
ESSAYIST = 0

OBJECTIONS = (Relation.REBUTS, Relation.UNDERCUTS)


class Standing(models.TextChoices):
    UNCHALLENGED = "unchallenged", "Unchallenged"
    STANDS = "stands", "Stands"
    UNANSWERED = "unanswered", "Unanswered"
    CONTESTED = "contested", "Contested"
    REFUTED = "refuted", "Refuted"
    CONCEDED = "conceded", "Conceded"


class Claim(models.Model):
    """An assertion that an essay makes: a passage, and a statement of what it asserts.

    Its number, /claims/<id>/, is that of its thread.
    """

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True)
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="claims")
    # In order of marking, and for good: "claim 4" stays claim 4.
    number = models.PositiveIntegerField()
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="claims")
    # The post that opened it. Its text is the statement.
    opening = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="opens_claim")
    created_at = models.DateTimeField()

    # Marked by an editor: heads the list.
    is_key = models.BooleanField(default=False)

    label = models.CharField(max_length=12, choices=Standing, default=Standing.UNCHALLENGED)
    # Its words are gone from the essay: the label stays as it was then.
    is_frozen = models.BooleanField(default=False)
    label_since = models.DateTimeField()
    strength = models.FloatField(default=0.5)
    decided_by = models.ForeignKey(
        "Counterpoint", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rebuts = models.PositiveIntegerField(default=0)
    undercuts = models.PositiveIntegerField(default=0)
    supports = models.PositiveIntegerField(default=0)
    concedes = models.PositiveIntegerField(default=0)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["essay", "number"], name="claim_number_once")
        ]
        indexes = [
            models.Index(
                fields=["label_since", "thread"],
                condition=Q(label="unanswered"),
                name="claim_open_questions",
            )
        ]

    def __str__(self) -> str:
        return f"claim {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("counterpoints:claim", args=[self.pk])

    @property
    def statement(self) -> str:
        return self.opening.text

    @property
    def counterpoint_count(self) -> int:
        return self.rebuts + self.undercuts + self.supports + self.concedes


class Counterpoint(models.Model):
    """A post with a relation to what it answers: the claim, or another counterpoint.

    The stored values bear the names that standing.py gives them.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="counterpoints")
    # None: it answers the claim itself.
    target = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers",
        db_index=False,
    )  # fmt: skip
    relation = models.CharField(max_length=9, choices=Relation)
    restatement = models.CharField(max_length=600, blank=True)
    # Whose voice it is: a member's number, or ESSAYIST for whoever speaks as the essay's author.
    speaker = models.BigIntegerField()
    # The same of what it answers: whose concession of it would count.
    target_speaker = models.BigIntegerField(default=ESSAYIST)

    # False while the post is hidden, held, removed or withdrawn: then it carries nothing.
    is_counted = models.BooleanField(default=True)
    base = models.FloatField(default=0.25)
    strength = models.FloatField(default=0.25)
    link = models.FloatField(default=1.0)
    effect = models.FloatField(default=0.25)
    # Of an attack: the author of what it attacks has conceded it.
    is_conceded = models.BooleanField(default=False)
    # It has an answer whose own base reaches the floor.
    is_answered = models.BooleanField(default=False)
    # Of an objection to the claim: it still counts against it.
    is_open = models.BooleanField(default=False)

    objects = CounterpointQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["target", "relation", "-effect"],
                condition=Q(is_counted=True),
                name="answers_strongest_first",
            ),
            models.Index(
                fields=["claim", "relation", "-effect"],
                condition=Q(is_counted=True, target=None),
                name="objections_strongest_first",
            ),
            models.Index(
                fields=["target", "relation"],
                condition=Q(is_counted=True, is_conceded=True),
                name="conceded_answers",
            ),
            models.Index(
                fields=["claim", "post"],
                condition=Q(is_counted=True, is_conceded=True, target=None),
                name="conceded_objections",
            ),
            models.Index(
                fields=["claim", "-effect", "post"],
                condition=Q(is_open=True),
                name="open_objections",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.target_id or 'the claim'}"

    def get_absolute_url(self) -> str:
        return self.post.get_absolute_url()


class LabelChange(models.Model):
    """The history of a claim's standing: what it became, when, and by which post."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="label_changes")
    label = models.CharField(max_length=12, choices=Standing)
    decided_by = models.ForeignKey(
        Counterpoint, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.label


class Choice(models.TextChoices):
    STILL_APPLIES = "applies", "Still applies"
    EDITED = "edited", "Edited"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Reconsideration(models.Model):
    """The words that a counterpoint is about have changed, and what its author says to that."""

    counterpoint = models.ForeignKey(
        Counterpoint, on_delete=models.CASCADE, related_name="reconsiderations"
    )
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    # None while the author has not chosen.
    choice = models.CharField(max_length=9, choices=Choice, null=True, blank=True)  # noqa: DJ001
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counterpoint", "revision"], name="reconsidered_once_a_revision"
            ),
            models.CheckConstraint(
                name="reconsideration_chosen_then",
                condition=Q(choice=None, chosen_at=None)
                | Q(choice__isnull=False, chosen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.choice or "asked"


class Correction(models.Model):
    """A revision mended what a counterpoint had found wrong: its author is credited."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="corrections")
    counterpoint = models.ForeignKey(
        Counterpoint, on_delete=models.PROTECT, related_name="corrections"
    )
    # One sentence on what was mended; may be empty.
    words = models.CharField(max_length=300, blank=True)
    was = models.CharField(max_length=1_000)
    # Empty where the passage was taken out.
    became = models.CharField(max_length=1_000, blank=True)
    credited = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="corrections"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "counterpoint"], name="correction_once_a_revision"
            )
        ]

    def __str__(self) -> str:
        return f"correction by {self.counterpoint_id}"
