"""Where members stand on a claim, and which counterpoints changed their minds."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essays.actions import raise_version
from forum.accounts.language import speaking_to
from forum.accounts.models import User
from forum.counterpoints import camps, permissions
from forum.counterpoints.actions import hold
from forum.counterpoints.camp_votes import move_votes
from forum.counterpoints.models import ChangedMind, Claim, Counterpoint, Side, Stance
from forum.lib.verdict import Refused, ensure
from forum.notifications.actions import notify
from forum.notifications.models import Notice, NoticeKind
from forum.posts.rows import raise_thread_version

SAME_SIDE = _("Then it changed nothing: say where you stood before, and where you stand now.")


@transaction.atomic
def take_stance(
    *, member: User, claim: Claim, side: str | None, now: datetime | None = None
) -> None:
    """Agree, disagree or be unsure; None takes it back. The last word counts, and moves no label.

    The member's votes in this debate go over to the camp of those whom they stand with now.
    """
    hold(claim.pk)
    ensure(permissions.can_take_stance(member, claim))
    _stand(member.pk, claim.pk, side, now or timezone.now())


@transaction.atomic
def credit(
    *,
    member: User,
    counterpoint: Counterpoint,
    before: str,
    after: str,
    now: datetime | None = None,
) -> None:
    """Say that a counterpoint changed their mind; said twice, the first time counts."""
    hold(counterpoint.claim_id)
    ensure(permissions.can_credit(member, counterpoint))
    if before == after:
        raise Refused(SAME_SIDE)
    now = now or timezone.now()
    _stand(member.pk, counterpoint.claim_id, after, now)
    _settle(member.pk, counterpoint.claim_id)
    _, is_new = ChangedMind.objects.get_or_create(
        member=member, counterpoint=counterpoint,
        defaults={"before": before, "after": after, "at": now},
    )  # fmt: skip
    if is_new:
        _count_mind(counterpoint.pk, counterpoint.post.author_id, member.pk, 1)
        _tell_credited(counterpoint, now)
    raise_thread_version(counterpoint.claim_id)


@transaction.atomic
def take_credit_back(*, member: User, counterpoint: Counterpoint) -> None:
    """The stance stays as it is: where they stand now is another matter than what moved them."""
    hold(counterpoint.claim_id)
    ensure(permissions.can_credit(member, counterpoint))
    _forget_credit(counterpoint.pk, counterpoint.post.author_id, member.pk)
    raise_thread_version(counterpoint.claim_id)


@transaction.atomic
def leave_unsaid(*, member: User, claim: Claim) -> None:
    """They changed their stance, and nothing on the page moved them: do not ask any more."""
    hold(claim.pk)
    ensure(permissions.can_take_stance(member, claim))
    _settle(member.pk, claim.pk)


@transaction.atomic
def forget_stances(*, member: User) -> None:
    """Whoever leaves takes along where they stood and what changed their mind.

    For an erasure, and asked of nobody. Their votes stay and count, in neither camp any more: then
    the member's row can be deleted, and no column of the camps is left wrong.
    """
    credited = sorted(
        ChangedMind.objects.filter(member=member).values_list(
            "counterpoint__claim", "counterpoint", "counterpoint__post__author"
        )
    )
    claims = Stance.objects.filter(member=member).values_list("claim", flat=True)
    # By number, so that two who leave at once do not wait for each other.
    for claim_id in _each(claims, (claim for claim, *_rest in credited)):
        hold(claim_id)
        for claim, counterpoint, author in credited:
            if claim == claim_id:
                _forget_credit(counterpoint, author, member.pk)
        _stand(member.pk, claim_id, None, timezone.now())
        raise_thread_version(claim_id)


def _each(*numbers: Iterable[int]) -> list[int]:
    return sorted({number for some in numbers for number in some})


def _stand(member_id: int, claim_id: int, side: str | None, now: datetime) -> None:
    """Whoever calls it holds the claim, so nobody takes this stance at the same time."""
    stance = Stance.objects.filter(member=member_id, claim=claim_id).first()
    before = stance.side if stance else None
    if before == side:
        return
    if side is None:
        Stance.objects.filter(member=member_id, claim=claim_id).delete()
    elif stance is None:
        Stance.objects.create(member_id=member_id, claim_id=claim_id, side=side, since=now)
    else:
        # Back where they stood: nothing has moved them.
        stance.left = "" if stance.left == side else stance.side
        stance.side, stance.since = side, now
        stance.save(update_fields=["side", "since", "left"])
    move_votes(claim_id, member_id, before=before, after=side)
    _count_stance(claim_id, before, side)
    raise_thread_version(claim_id)


def _count_stance(claim_id: int, before: str | None, after: str | None) -> None:
    names = (Side.AGREE, Side.DISAGREE, Side.UNSURE)
    claim = Claim.objects.only("essay_id", "divided", *names).get(pk=claim_id)
    counts = {name.value: getattr(claim, name) for name in names}
    for side, by in ((before, -1), (after, 1)):
        if side is not None:
            counts[side] = max(counts[side] + by, 0)
    divided = camps.divided(**counts)
    Claim.objects.filter(pk=claim_id).update(divided=divided, **counts)
    if divided != claim.divided:
        # The list of the essay's claims has an order by it.
        raise_version(claim.essay_id)


def _settle(member_id: int, claim_id: int) -> None:
    Stance.objects.filter(member=member_id, claim=claim_id).update(left="")


def _forget_credit(counterpoint_id: int, author_id: int, member_id: int) -> None:
    credit = ChangedMind.objects.filter(member=member_id, counterpoint=counterpoint_id)
    if credit.delete()[0]:
        _count_mind(counterpoint_id, author_id, member_id, -1)


def _count_mind(counterpoint_id: int, author_id: int, member_id: int, by: int) -> None:
    Counterpoint.objects.filter(pk=counterpoint_id).update(minds=F("minds") + by)
    # Behind the author's row: the member may credit another of their counterpoints just now.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=author_id)
    others = ChangedMind.objects.filter(
        member=member_id, counterpoint__post__author=author_id
    ).exclude(counterpoint=counterpoint_id)
    # Of a writer people are counted: one whom they moved twice is one.
    if not others.exists():
        User.objects.filter(pk=author_id).update(minds_changed=F("minds_changed") + by)


def _tell_credited(counterpoint: Counterpoint, now: datetime) -> None:
    """Without a name. While one such notice is unread there is no second: neither the moment nor
    the number of them shall tell who it was."""
    claim, author, url = (
        counterpoint.claim,
        counterpoint.post.author,
        counterpoint.get_absolute_url(),
    )
    if not Notice.objects.has_unread(author, kind=NoticeKind.CREDITED, url=url):
        with speaking_to(author):
            words = _("Your counterpoint on claim %(number)s of %(title)s changed a reader’s mind")
        notify(
            recipient=author, kind=NoticeKind.CREDITED, url=url, sign="mind", now=now,
            sentence=words
            % {"number": claim.number, "title": claim.essay.title},
        )  # fmt: skip
