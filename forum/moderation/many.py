"""One decision for many cases: first what it would do to each, then one press."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.models import User
from forum.lib.verdict import Refused, Verdict, denied, ensure
from forum.moderation import actions, outcome_permissions, permissions
from forum.moderation.models import TAKEN_DOWN, Case, Outcome, Rule
from forum.posts.statuses import PostStatus

# What can be said of many posts in one sentence. The rest is for one post and its author.
TOGETHER = (Outcome.KEEP, Outcome.HIDE, Outcome.REMOVE, Outcome.RESTORE)
# A page of the queue.
MOST = 25

BECOMES = {
    Outcome.KEEP: gettext_lazy("Stays as it is"),
    Outcome.HIDE: gettext_lazy("Will be hidden"),
    Outcome.REMOVE: gettext_lazy("Will be removed"),
    Outcome.RESTORE: gettext_lazy("Will be shown again"),
}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one case, or why it would be left out."""

    case: Case
    seen: str
    verdict: Verdict
    becomes: str


@dataclass(slots=True)
class Done:
    decided: list[Case] = field(default_factory=list)
    skipped: list[tuple[Case, str]] = field(default_factory=list)

    def __str__(self) -> str:
        told = [_("%(number)s decided.") % {"number": len(self.decided)}]
        for case, reason in self.skipped:
            told.append(_("%(case)s was left out: %(reason)s") % {"case": case, "reason": reason})
        return " ".join(told)


def foresee(moderator: Any, cases: Iterable[Case], outcome: Outcome) -> list[Foreseen]:
    """No query for any of them, where they were read `for_many`."""
    return [
        Foreseen(
            case, actions.digest(case.post), _may(moderator, case, outcome), _becomes(case, outcome)
        )
        for case in cases
    ]


def _may(moderator: Any, case: Case, outcome: Outcome) -> Verdict:
    if case.is_about_member:
        return denied(_("What is about a member is decided by itself."))
    if outcome not in TOGETHER:
        return denied(_("This is decided of one post at a time."))
    verdict = permissions.can_judge(moderator, case)
    if verdict and case.waiting_appeals():
        return denied(_("An appeal is answered by itself."))
    if verdict and case.claimed_by_id != moderator.pk:
        verdict = permissions.can_claim(moderator, case)
    return verdict and outcome_permissions.can_choose(outcome, case.post)


def _becomes(case: Case, outcome: Outcome) -> str:
    if outcome == Outcome.RESTORE and case.post.status == PostStatus.HELD:
        return _("Will be public")
    if outcome == Outcome.KEEP and case.post.status in TAKEN_DOWN:
        is_hidden = case.post.status == PostStatus.HIDDEN
        return _("Stays hidden") if is_hidden else _("Stays removed")
    return str(BECOMES.get(outcome, ""))


@transaction.atomic
def decide_many(
    *, moderator: User, cases: Iterable[Case], seen: Mapping[int, str], outcome: str, rule: Rule,
    reason: str,
) -> Done:  # fmt: skip
    """Each by itself: what is refused of one leaves the others as they were decided."""
    ensure(permissions.can_moderate(moderator))
    done = Done()
    # In one order, so that of two who decide the same cases none waits for the other.
    for case in sorted(cases, key=lambda case: case.pk):
        try:
            _decide(moderator, case, seen.get(case.pk, ""), Outcome(outcome), rule, reason)
        except Refused as refusal:
            done.skipped.append((case, str(refusal)))
        else:
            done.decided.append(case)
    return done


@transaction.atomic
def _decide(
    moderator: User, case: Case, seen: str, outcome: Outcome, rule: Rule, reason: str
) -> None:
    ensure(_may(moderator, case, outcome))
    if case.claimed_by_id != moderator.pk:
        case = actions.claim_case(moderator=moderator, case=case)
    actions.decide(
        moderator=moderator, case=case, outcome=outcome, rule=rule, reason=reason, seen=seen
    )
