from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FollowKind(models.TextChoices):
    ESSAY = "essay", _("Essay")
    CLAIM = "claim", _("Claim")
    DISCUSSION = "discussion", _("Discussion")
    TAG = "tag", _("Tag")
    MEMBER = "member", _("Member")


class Follow(models.Model):
    """A member wants news of a thing, named by kind and number: the apps above own it.

    A discussion bears its essay's number, so that it can be followed before anybody has spoken.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows",
        db_index=False,
    )  # fmt: skip
    kind = models.CharField(max_length=10, choices=FollowKind)
    thing = models.BigIntegerField()
    # False once it was ended: then writing there again does not begin it again by itself.
    is_on = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "thing"], name="follow_once")
        ]
        indexes = [
            models.Index(
                fields=["kind", "thing", "member"], condition=Q(is_on=True), name="follow_followers"
            ),
            models.Index(
                fields=["member", "kind", "-id"], condition=Q(is_on=True), name="follow_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
