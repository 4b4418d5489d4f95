from django.db import models
from django.db.models import F, Q

from essays.models import Essay, Passage
from forum.counterpoints.models.standing import Standing
from forum.counterpoints.querysets import ClaimQuerySet
from forum.lib.numbered import address_of
from forum.posts.models import Post, Thread


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

    # How many stand where. Nobody is told while they are fewer than camps.FEWEST.
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    # The lesser of those who agree and those who disagree, once it may be told: "most contested".
    divided = models.PositiveIntegerField(default=0)

    # The claim that a moderator found to assert the same: all that was said here stands there.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged",
        db_index=False,
    )  # fmt: skip

    # Links to other claims that are proposed or confirmed: most claims have none, and then no page
    # looks for any.
    link_count = models.PositiveIntegerField(default=0)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["essay", "number"], name="claim_number_once"),
            models.CheckConstraint(
                name="claim_merged_into_another", condition=~Q(merged_into=F("thread"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["label_since", "thread"],
                condition=Q(label="unanswered"),
                name="claim_open_questions",
            ),
            models.Index(
                fields=["thread"], condition=Q(label="unchallenged"), name="claim_untried"
            ),
            # Without those that were not merged: SQLite would look for them in it, and find nearly
            # every claim.
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="claim_merged_into",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.number}"

    def get_absolute_url(self) -> str:
        return address_of("counterpoints:claim", self.pk)

    @property
    def statement(self) -> str:
        return self.opening.text

    @property
    def counterpoint_count(self) -> int:
        return self.rebuts + self.undercuts + self.supports + self.concedes
