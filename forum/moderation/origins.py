"""What led to a decision, and what a machine had to do with it, as a statement of reasons says it.

Never who it was: only that somebody reported it, or gave notice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from forum.lib.seeded_words import as_read
from forum.lib.small_letters import small
from forum.moderation.models import Case, Decision, Sanction, SanctionKind

LET_STAND = ("keep", "note", "restore")


@dataclass(frozen=True, slots=True)
class Origin:
    words: str
    machine: str


def origin_of(decision: Decision) -> Origin:
    case = decision.case
    is_by_order = bool(case.held_by_rule) and _was_held_by_order(decision.member_id, case.opened_at)
    led = list(_led(decision, is_by_order=is_by_order))
    if case.opened_by_id is not None or not led:
        led.append(_("A moderator looked into it unasked."))
    return Origin(" ".join(led), _machine(decision, is_by_order=is_by_order))


def _led(decision: Decision, *, is_by_order: bool) -> Iterator[str]:
    case = decision.case
    if case.appeals.exists():
        yield _("An appeal against an earlier decision.")
    if case.legal_notices.exists():
        yield _("A legal notice: somebody said that it is against the law.")
    yield from _found(case, is_by_order=is_by_order)
    reasons = {small(as_read(reason)) for reason in _reasons(case)}
    if reasons:
        yield _("Reports of other members: %(reasons)s.") % {"reasons": ", ".join(sorted(reasons))}
    if case.amends is not None and case.amends.outcome in LET_STAND:
        yield _("Its author edited what a moderator had let stand.")
    elif case.amends is not None:
        yield _("Its author amended what a moderator had hidden.")


def _found(case: Case, *, is_by_order: bool) -> Iterator[str]:
    if is_by_order:
        yield _("All that its author wrote then was read before it was public.")
    elif case.held_by_rule:
        rule = {"rule": _within(case.held_by_rule)}
        yield _("A rule of this site held it back by machine: %(rule)s.") % rule
    if case.flagged_by:
        yield _("The watch list of this site found it by machine: %(rule)s.") % {
            "rule": _within(case.flagged_by)
        }


def _within(rule: str) -> str:
    """Its words, where a sentence of ours ends with them."""
    return as_read(rule).rstrip(".")


def _reasons(case: Case) -> list[str]:
    return list(case.reports.order_by().values_list("filed_as", flat=True).distinct())


def _was_held_by_order(member: int, at: datetime) -> bool:
    """By a moderator's decision about its author, and by no rule that looks at what is said."""
    ordered = Sanction.objects.filter(
        member=member, kind=SanctionKind.HOLD, created_at__lte=at, until__gt=at
    )
    return ordered.filter(Q(lifted_at=None) | Q(lifted_at__gt=at)).exists()


def _machine(decision: Decision, *, is_by_order: bool) -> str:
    case = decision.case
    if case.flagged_by or (case.held_by_rule and not is_by_order):
        return _("A machine found it by a stated rule, and decided nothing.")
    if _was_found_before(decision):
        return _("A machine had found it once before by a stated rule, and decided nothing.")
    return _("No machine found it or decided it.")


def _was_found_before(decision: Decision) -> bool:
    """In another case of the post, from which this one follows."""
    if decision.case.is_about_member:
        return False
    earlier = Case.objects.filter(post=decision.case.post_id, pk__lt=decision.case_id)
    return any(
        flagged_by or not _was_held_by_order(decision.member_id, opened_at)
        for flagged_by, opened_at in earlier.exclude(held_by_rule="", flagged_by="").values_list(
            "flagged_by", "opened_at"
        )
    )
