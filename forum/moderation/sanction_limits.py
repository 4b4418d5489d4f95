"""What sanctions keep members from. The columns of a member say what is in force, so that no page
and no permission has to ask for it.
"""

from datetime import datetime

from django.db.models import Max, Min

from forum.accounts.models import User
from forum.moderation.models import Sanction, SanctionKind

LIMITED_BY = {
    SanctionKind.HOLD: "held_until",
    SanctionKind.SILENCE: "silenced_until",
    SanctionKind.SUSPEND: "suspended_until",
}


def bring_into_force(member_id: int, now: datetime) -> None:
    """Make the columns say what the sanctions say: the longest of each kind counts. Whoever makes
    or ends one calls it.
    """
    found = dict.fromkeys(LIMITED_BY.values())
    found["banned_at"] = None
    sanctions = Sanction.objects.filter(member=member_id, lifted_at=None)
    kinds = sanctions.order_by().values_list("kind").annotate(Max("until"), Min("created_at"))
    for kind, until, since in kinds:
        if kind == SanctionKind.BAN:
            found["banned_at"] = since
        elif kind in LIMITED_BY and until > now:
            found[LIMITED_BY[SanctionKind(kind)]] = until
    User.objects.filter(pk=member_id).update(**found)
