from django.db import models
from django.db.models import Q

from forum.counterpoints.models.claim import Claim
from forum.counterpoints.models.relation import ESSAYIST, Relation
from forum.counterpoints.models.restating import RESTATEMENT_LENGTH, Restating
from forum.counterpoints.querysets import CounterpointQuerySet
from forum.posts.models import Post


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
    restatement = models.CharField(max_length=RESTATEMENT_LENGTH, blank=True)
    # What whoever it answers said last of that, if anything.
    restated = models.ForeignKey(
        Restating, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        db_index=False,
    )  # fmt: skip
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

    # Of its votes those of members who agree with the claim, and of those who disagree.
    agree_up = models.PositiveIntegerField(default=0)
    agree_down = models.PositiveIntegerField(default=0)
    disagree_up = models.PositiveIntegerField(default=0)
    disagree_down = models.PositiveIntegerField(default=0)
    # The lower of both camps' bounds; None while either camp is too small to tell.
    both_sides = models.FloatField(null=True)
    # The post's own bound again, so that one index holds the whole order.
    overall = models.FloatField(default=0.0)
    # Its place in the order "convinces both sides": by that where it is known, by all votes else.
    rank = models.FloatField(default=0.0)
    # How many members say that it changed their mind.
    minds = models.PositiveIntegerField(default=0)

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
            models.Index(
                fields=["restated"],
                condition=Q(restated__isnull=False),
                name="restated_counterpoints",
            ),
            models.Index(
                fields=["claim", "-rank", "-overall", "-post"],
                condition=Q(target=None),
                name="both_sides_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.target_id or 'the claim'}"

    def get_absolute_url(self) -> str:
        return self.post.get_absolute_url()
