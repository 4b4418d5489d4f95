from typing import Any

from essays.models import Essay
from forum.guard.permissions import can_write
from forum.lib.verdict import Verdict, denied


def can_comment(user: Any, essay: Essay) -> Verdict:
    if not essay.is_published:
        return denied("This essay is not published yet.")
    return can_write(user)
