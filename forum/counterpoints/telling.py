"""Who hears of what happens to a claim: whoever is answered at once, followers by the worker."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from essays.models import Revision
from forum.accounts.models import User
from forum.counterpoints.models import Claim, Counterpoint, Relation, Standing
from forum.notifications.actions import Matter, notify
from forum.notifications.following import follow_own
from forum.notifications.happenings import Audience, announce, has_followers
from forum.notifications.models import FollowKind, NoticeKind
from forum.posts.mentioning import excerpt

ON_THE_CLAIM = {
    Relation.REBUTS: "rebuts",
    Relation.UNDERCUTS: "undercuts",
    Relation.SUPPORTS: "supports",
    Relation.CONCEDES: "grants a point on",
}
WAS = {label: f"was {label}" for label in Standing.values} | {Standing.STANDS: "stood"}
IS = {label: f"is {label}" for label in Standing.values} | {Standing.STANDS: "stands"}
# An answer follows its objection, a vote another: what is over within this was no news.
STANDING_SETTLES = timedelta(minutes=10)


def tell_marked(claim: Claim, *, now: datetime) -> None:
    """Whoever marks a claim follows it; it is told to followers of its essay and of its author."""
    author, essay = claim.opening.author, claim.essay
    follow_own(member=author, kind=FollowKind.CLAIM, thing=claim.pk, now=now)
    announce(
        matter=Matter(
            sentence=f"marks claim {claim.number} of {essay.title}",
            excerpt=excerpt(claim.opening.text), url=claim.opening.get_absolute_url(),
            sign="mark", about=about(claim.pk), place=essay.title,
        ),
        audiences=[
            Audience(FollowKind.ESSAY, essay.pk, NoticeKind.CLAIM),
            Audience(FollowKind.MEMBER, author.pk, NoticeKind.MEMBER),
        ],
        actor=author, told=claim.opening.told, now=now,
    )  # fmt: skip


def tell_answered(counterpoint: Counterpoint, *, now: datetime) -> None:
    claim, post = counterpoint.claim, counterpoint.post
    verb, where = ON_THE_CLAIM[Relation(counterpoint.relation)], _where(claim)
    told = _answered(counterpoint, verb, where)
    said: dict[str, Any] = {
        "excerpt": excerpt(post.text), "url": post.get_absolute_url(),
        "sign": counterpoint.relation, "about": about(claim.pk), "place": claim.essay.title,
    }  # fmt: skip
    for recipient, sentence in told.items():
        notify(
            recipient=recipient, kind=NoticeKind.ANSWERED, actor=post.author, now=now,
            sentence=sentence, **said,
        )  # fmt: skip
    if _came_with(claim, post):
        # Who follows its author, or the essay, hears of the claim itself.
        return
    follow_own(member=post.author, kind=FollowKind.CLAIM, thing=claim.pk, now=now)
    target = f"a counterpoint on {where}" if counterpoint.target else where
    announce(
        matter=Matter(sentence=f"{verb} {target}", **said),
        audiences=[
            Audience(FollowKind.CLAIM, claim.pk, NoticeKind.COUNTERPOINT),
            Audience(FollowKind.MEMBER, post.author_id, NoticeKind.MEMBER),
        ],
        actor=post.author, told={*post.told, *(each.pk for each in told)}, now=now,
    )  # fmt: skip


def _answered(counterpoint: Counterpoint, verb: str, where: str) -> dict[User, str]:
    """Whose words are answered, and how they are told."""
    claim = counterpoint.claim
    if counterpoint.target is not None:
        return {counterpoint.target.post.author: f"{verb} your counterpoint on {where}"}
    told = {claim.opening.author: f"{verb} the claim that you marked, {where}"}
    if claim.essay.author is not None:
        told[claim.essay.author] = f"{verb} {where}"
    return told


def _came_with(claim: Claim, post: Any) -> bool:
    """Whether this is the counterpoint with which its claim was marked."""
    return claim.created_at == post.created_at and claim.opening.author_id == post.author_id


def tell_standing(changed: Claim, label: str, *, by: User | None = None, now: datetime) -> None:
    """To followers, once the dust has settled: if it stands again as it did, nothing is told.

    `changed` is the claim as it was. `by` is who did it: they need not be told.
    """
    audiences = [
        Audience(FollowKind.CLAIM, changed.pk, NoticeKind.STANDING),
        Audience(FollowKind.ESSAY, changed.essay_id, NoticeKind.STANDING),
    ]
    if not has_followers(audiences):
        return
    claim = (
        Claim.objects.select_related("essay", "opening")
        .only("number", "essay__title", "opening__text")
        .get(pk=changed.pk)
    )
    was = changed.label
    announce(
        matter=Matter(
            sentence=f"C{_where(claim)[1:]} {WAS[was]} and {IS[label]} now",
            excerpt=excerpt(claim.opening.text), url=claim.opening.get_absolute_url(),
            sign=label, about=about(claim.pk), place=claim.essay.title,
        ),
        audiences=audiences, told=[by.pk] if by else [], key=f"standing:{claim.pk}", was=was,
        not_before=now + STANDING_SETTLES, now=now,
    )  # fmt: skip


def tell_revised(revision: Revision, asked: Iterable[int], *, now: datetime) -> None:
    """To whoever follows the essay; those who were `asked` whether their words still apply know."""
    essay, number = revision.essay, revision.number
    if number == 1:
        return
    announce(
        matter=Matter(
            sentence=f"{essay.title} has a new revision, number {number}",
            excerpt=revision.note, sign="pen", about=f"essay:{essay.pk}", place=essay.title,
            url=reverse("revision-diff", args=[essay.slug, number - 1, number]),
        ),
        audiences=[Audience(FollowKind.ESSAY, essay.pk, NoticeKind.REVISED)],
        told={*asked, *([revision.created_by_id] if revision.created_by_id else [])},
        key=f"revision:{revision.pk}", now=now,
    )  # fmt: skip


def about(claim_id: int) -> str:
    return f"thread:{claim_id}"


def _where(claim: Claim) -> str:
    return f"claim {claim.number} of {claim.essay.title}"
