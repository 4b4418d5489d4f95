"""Taking up the level that a member has reached, or fallen to, and telling them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.accounts.language import speaking_to
from forum.accounts.models import User
from forum.guard.models import Threshold
from forum.guard.trust import LEVELS, Facts, Step, level_of, steps
from forum.lib.nouns import digits
from forum.notifications.actions import Matter, notify
from forum.notifications.models import NoticeKind
from forum.trust.facts import facts_of

BATCH = 500


def take_up_all(*, now: datetime | None = None) -> int:
    """Of every member; daily work. Returns how many changed.

    Those of the demonstration are what they were made as: nobody has lived their days.
    """
    now = now or timezone.now()
    rows = User.objects.filter(is_active=True, is_demonstration=False).order_by("pk")
    demands = list(Threshold.objects.all())
    changed, last = 0, 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        changed += _take_up(batch, demands, now)
        last = batch[-1].pk
    return changed


def take_up(member: User, *, now: datetime | None = None) -> bool:
    """Of one, who asks for it. Says whether it changed."""
    if member.is_demonstration:
        return False
    return bool(_take_up([member], list(Threshold.objects.all()), now or timezone.now()))


def _take_up(members: Sequence[User], demands: Sequence[Threshold], now: datetime) -> int:
    facts = facts_of(members, now)
    changed = 0
    for member in members:
        level = level_of(facts[member.pk], demands)
        if level != member.trust_level:
            changed += _change(member, level, facts[member.pk], demands, now)
    return changed


@transaction.atomic
def _change(
    member: User, level: int, facts: Facts, demands: Iterable[Threshold], now: datetime
) -> bool:
    """Only from what it was: of two who find it out at once, one tells."""
    before = member.trust_level
    if not User.objects.filter(pk=member.pk, trust_level=before).update(trust_level=level):
        return False
    member.trust_level = level
    with speaking_to(member):
        matter = Matter(
            sentence=_sentence(before, level), excerpt=_reason(before, level, facts, demands),
            url=reverse("trust:levels"), sign="scales",
        )  # fmt: skip
    notify(recipient=member, kind=NoticeKind.TRUST, now=now, matter=matter)
    return True


def _sentence(before: int, level: int) -> str:
    levels = {"before": LEVELS[before], "after": LEVELS[level]}
    if level > before:
        return _("How far the site trusts you has risen, from “%(before)s” to “%(after)s”") % levels
    return _("How far the site trusts you has fallen, from “%(before)s” to “%(after)s”") % levels


def _reason(before: int, level: int, facts: Facts, demands: Iterable[Threshold]) -> str:
    """Of a fall: what the next level above asks for, and they no longer have."""
    if level > before:
        return _("You may do more in the same time now.")
    lost = next(demand for demand in demands if demand.level == level + 1)
    return "; ".join(step_words(step) for step in steps(facts, lost) if not step.is_met)


def step_words(step: Step) -> str:
    numbers = {"have": digits(step.have), "need": digits(step.need)}
    return _("%(measure)s: %(have)s, and %(need)s are asked for") % {
        "measure": step.measure.words, **numbers,
    }  # fmt: skip
