"""Who may link claims, and judge what others propose. Each answer is a Verdict with its reason."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.counterpoints.models import Claim, ClaimLink, LinkKind, LinkState
from forum.guard.permissions import can_write
from forum.lib.moments import minute_words
from forum.lib.verdict import ALLOWED, Verdict, denied

# Whoever has more to propose in a day gives others no time to judge it.
PROPOSALS_A_DAY = 10
A_DAY = timedelta(days=1)
# More than a page shows well, and than a reader follows.
MOST_LINKS = 40

NOT_HERE = gettext_lazy("This claim is no longer here.")


def can_link(user: Any, claim: Claim) -> Verdict:
    """Propose any link of this claim at all."""
    if not user.is_authenticated:
        return denied(_("Log in to link this claim with another one."))
    if not _is_there(claim):
        return denied(str(NOT_HERE))
    if claim.link_count >= MOST_LINKS:
        return denied(
            _("Claim %(number)s has %(most_links)s links: that is as many as it can.")
            % {"number": claim.number, "most_links": MOST_LINKS}
        )
    return can_write(user)


def can_propose_link(
    user: Any, claim: Claim, other: Claim, kind: str, *, now: datetime | None = None
) -> Verdict:
    verdict = can_link(user, claim)
    if not verdict:
        return verdict
    if claim.pk == other.pk:
        return denied(_("This is the claim itself. Choose another one."))
    if not _is_there(other):
        return denied(_("The other claim is no longer here."))
    if other.link_count >= MOST_LINKS:
        return denied(
            _("The other claim has %(most_links)s links: that is as many as it can.")
            % {"most_links": MOST_LINKS}
        )
    return _is_new(user, claim, other, kind) and _has_proposals_left(user, now or timezone.now())


def can_judge_link(user: Any, link: ClaimLink) -> Verdict:
    """Confirm it, or say that it is not so."""
    if not user.is_authenticated:
        return denied(_("Log in to say whether it is so."))
    if link.state != LinkState.PROPOSED:
        return denied(_("Somebody has settled this already."))
    if not (_is_there(link.source) and _is_there(link.target)):
        return denied(str(NOT_HERE))
    if link.proposed_by_id == user.pk:
        return denied(_("What you proposed is judged by somebody else."))
    return can_write(user)


def can_withdraw_link(user: Any, link: ClaimLink) -> Verdict:
    if not user.is_authenticated or link.proposed_by_id != user.pk:
        return denied(_("Only whoever proposed a link withdraws it."))
    if link.state == LinkState.CONFIRMED:
        return denied(_("Somebody has confirmed it: it is not yours alone any more."))
    if link.state != LinkState.PROPOSED:
        return denied(_("Somebody has settled this already."))
    return can_write(user)


def is_live(link: ClaimLink) -> Verdict:
    return ALLOWED if link.is_live else denied(_("This link is gone already."))


def _is_there(claim: Claim) -> bool:
    """For every reader. A retired essay stays readable, and its claims can be pointed to."""
    return claim.opening.is_visible and claim.essay.is_published


def _is_new(user: Any, claim: Claim, other: Claim, kind: str) -> Verdict:
    """Said once, for each pair and kind; and not again by whoever was told that it is not so."""
    for link in ClaimLink.objects.between(claim.pk, other.pk):
        if link.kind != kind:
            continue
        is_same_way = kind != LinkKind.DEPENDS or link.source_id == claim.pk
        if link.is_live:
            return denied(
                _there(link) if is_same_way else _("The other claim depends on this one.")
            )
        if link.state == LinkState.REMOVED:
            return denied(_("A moderator has removed this link."))
        if is_same_way and link.state == LinkState.REFUSED and link.proposed_by_id == user.pk:
            return denied(_("You have proposed this, and somebody found that it is not so."))
    return ALLOWED


def _there(link: ClaimLink) -> str:
    if link.is_confirmed:
        return _("These two claims are linked so already.")
    return _("Somebody has proposed this already: it waits for another member to confirm it.")


def _has_proposals_left(user: Any, now: datetime) -> Verdict:
    lately = ClaimLink.objects.proposed_since(user, now - A_DAY).order_by("-proposed_at")
    times = list(lately.values_list("proposed_at", flat=True)[:PROPOSALS_A_DAY])
    if len(times) < PROPOSALS_A_DAY:
        return ALLOWED
    return denied(
        _(
            "You have proposed %(proposals_a_day)s links within a day. You can propose the next "
            "one from %(minute_words)s."
        )
        % {"proposals_a_day": PROPOSALS_A_DAY, "minute_words": minute_words(times[-1] + A_DAY)}
    )
