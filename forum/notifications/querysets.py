from collections.abc import Sequence
from typing import Any

from django.db import models

from forum.notifications.kinds import DIGESTS


class NoticeQuerySet(models.QuerySet):
    def for_inbox(
        self, user: Any, *, kinds: Sequence[str] = (), before: int | None = None
    ) -> "NoticeQuerySet":
        """One member's own, newest first, with who did it; `before` is the last one seen."""
        notices = self.filter(recipient=user).select_related("actor").order_by("-id")
        if kinds:
            notices = notices.filter(kind__in=kinds)
        if before is not None:
            notices = notices.filter(id__lt=before)
        return notices

    def unread(self, user: Any, *, upto: int) -> "NoticeQuerySet":
        return self.filter(recipient=user, read_at=None, id__lte=upto)

    def has_unread(self, user: Any, *, kind: str, url: str) -> bool:
        return self.filter(recipient=user, read_at=None, kind=kind, url=url).exists()

    def newest_id(self, user: Any) -> int | None:
        return self.filter(recipient=user).order_by("-id").values_list("id", flat=True).first()

    def for_digest(self, letter: Any) -> "NoticeQuerySet":
        """What has gathered for a daily or weekly letter, and goes out with none yet."""
        if letter.way not in DIGESTS:
            return self.none()
        return self.filter(recipient=letter.recipient_id, way=letter.way, letter=None)

    def for_letter(self, letter: Any) -> "NoticeQuerySet":
        """What it carries, in the order in which it happened."""
        return self.filter(letter=letter).select_related("actor").order_by("id")
