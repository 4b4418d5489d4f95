from typing import Any

from django.db import models


class NoticeQuerySet(models.QuerySet):
    def for_inbox(
        self, user: Any, *, kind: str = "", before: int | None = None
    ) -> "NoticeQuerySet":
        """One member's own, newest first, with who did it; `before` is the last one seen."""
        notices = self.filter(recipient=user).select_related("actor").order_by("-id")
        if kind:
            notices = notices.filter(kind=kind)
        if before is not None:
            notices = notices.filter(id__lt=before)
        return notices

    def unread(self, user: Any, *, upto: int) -> "NoticeQuerySet":
        return self.filter(recipient=user, read_at=None, id__lte=upto)

    def has_unread(self, user: Any, *, kind: str, url: str) -> bool:
        return self.filter(recipient=user, read_at=None, kind=kind, url=url).exists()

    def newest_id(self, user: Any) -> int | None:
        return self.filter(recipient=user).order_by("-id").values_list("id", flat=True).first()
