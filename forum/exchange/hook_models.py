from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

URL_LENGTH = 500


class Happening(models.TextChoices):
    """What other programs can be told of."""

    POST = "post", _("A claim, a counterpoint or a remark was posted")
    STANDING = "standing", _("The standing of a claim changed")
    REVISION = "revision", _("A revision of an essay was published")
    DECISION = "decision", _("Moderators did something that stands in the public log")


class Webhook(models.Model):
    """An address of another program's, told of what happens here."""

    name = models.CharField(max_length=60, help_text=_("What program it is for."))
    url = models.CharField(
        "address",
        max_length=URL_LENGTH,
        help_text=_("It begins with https:// and is on the public net."),
    )
    happenings = models.JSONField(_("is told that"), default=list)
    is_active = models.BooleanField(_("is told"), default=True)
    # Its receiver tells by it that we were the sender: so it is kept as it is.
    secret = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    # How far the list of changes, and the log, have been told.
    cursor = models.CharField(max_length=40, editable=False)
    log_number = models.PositiveBigIntegerField(editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class Delivery(models.Model):
    """One thing to tell one webhook, once: what it is, and what became of it."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    # Of the list of changes or of the log: the same is never told twice.
    source = models.CharField(max_length=40)
    happening = models.CharField(max_length=8, choices=Happening)
    body = models.TextField()
    state = models.CharField(max_length=7, choices=DeliveryState, default=DeliveryState.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(_("what was said"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["webhook", "source"], name="delivery_once_a_webhook")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due")
        ]

    def __str__(self) -> str:
        return f"{self.source} to {self.webhook_id}"
