from django.conf import settings
from django.db import models


class Mute(models.Model):
    """A member will hear nothing of another. Nobody is told of it, the other least of all."""

    # No index of its own: the constraint's begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes", db_index=False
    )
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_by"
    )
    # The other is not offered the member's name either, to mention it.
    is_block = models.BooleanField(default=False)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="mute_once"),
            models.CheckConstraint(
                name="mute_of_somebody_else", condition=~models.Q(member=models.F("other"))
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="mute_list")]

    def __str__(self) -> str:
        return f"{self.member_id} mutes {self.other_id}"
