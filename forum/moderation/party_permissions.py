"""Who is no judge of a case, for what they did in it before. Each answer is a Verdict."""

from typing import Any

from django.utils.translation import gettext as _

from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.moderation.case_querysets import STAKES
from forum.moderation.models import Case


def is_no_party(user: Any, case: Case) -> Verdict:
    """Of the post, in whichever of its cases that was: what comes of it now answers them too."""
    for appeal in case.waiting_appeals():
        if appeal.decision.moderator_id == user.pk:
            return denied(_("You decided this first: another moderator decides the appeal."))
        if appeal.appellant_id == user.pk:
            return denied(_("This appeal is your own: another moderator decides it."))
    stakes = _stakes(user, case)
    if stakes["is_taken_down_by_reader"] and _asks_why_it_stays_down(case):
        return denied(_("You took this post down: another moderator decides the appeal."))
    if stakes["is_reported_by_reader"]:
        return denied(_("You reported this post: another moderator decides."))
    if stakes["is_noticed_by_reader"]:
        return denied(
            _("A legal notice about this post was given in your name: another moderator decides.")
        )
    if stakes["is_noticed_again"]:
        return denied(
            _("You answered whoever gives notice of it again: another moderator decides.")
        )
    return ALLOWED


def _asks_why_it_stays_down(case: Case) -> bool:
    return any(appeal.decision.leaves_down for appeal in case.waiting_appeals())


def _stakes(user: Any, case: Case) -> dict[str, bool]:
    """Asked of many at once, where they were read so; else with one query."""
    if all(hasattr(case, name) for name in STAKES):
        return {name: getattr(case, name) for name in STAKES}
    return Case.objects.with_stakes_of(user).values(*STAKES).get(pk=case.pk)
