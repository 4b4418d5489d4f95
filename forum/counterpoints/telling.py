"""Who hears of what happens to a claim: whoever is answered at once, followers by the worker."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays.models import Revision
from forum.accounts.language import speaking_to
from forum.accounts.models import User
from forum.counterpoints.models import Claim, Counterpoint, Relation, Standing
from forum.lib.site_language import in_each_language
from forum.notifications.actions import Matter, notify
from forum.notifications.following import follow_own
from forum.notifications.happenings import Audience, announce, has_followers
from forum.notifications.models import FollowKind, NoticeKind
from forum.posts.mentioning import excerpt


class _Does(NamedTuple):
    """What a counterpoint does, as it is told to those who have to do with it."""

    to_it: Any
    to_theirs: Any
    to_their_claim: Any
    to_another: Any


DOES = {
    Relation.REBUTS: _Does(
        gettext_lazy("rebuts %(where)s"),
        gettext_lazy("rebuts your counterpoint on %(where)s"),
        gettext_lazy("rebuts the claim that you marked, %(where)s"),
        gettext_lazy("rebuts a counterpoint on %(where)s"),
    ),
    Relation.UNDERCUTS: _Does(
        gettext_lazy("undercuts %(where)s"),
        gettext_lazy("undercuts your counterpoint on %(where)s"),
        gettext_lazy("undercuts the claim that you marked, %(where)s"),
        gettext_lazy("undercuts a counterpoint on %(where)s"),
    ),
    Relation.SUPPORTS: _Does(
        gettext_lazy("supports %(where)s"),
        gettext_lazy("supports your counterpoint on %(where)s"),
        gettext_lazy("supports the claim that you marked, %(where)s"),
        gettext_lazy("supports a counterpoint on %(where)s"),
    ),
    Relation.CONCEDES: _Does(
        gettext_lazy("grants a point on %(where)s"),
        gettext_lazy("grants a point on your counterpoint on %(where)s"),
        gettext_lazy("grants a point on the claim that you marked, %(where)s"),
        gettext_lazy("grants a point on a counterpoint on %(where)s"),
    ),
}
WAS = {
    Standing.UNCHALLENGED: gettext_lazy("was unchallenged"),
    Standing.STANDS: gettext_lazy("stood"),
    Standing.UNANSWERED: gettext_lazy("was unanswered"),
    Standing.CONTESTED: gettext_lazy("was contested"),
    Standing.REFUTED: gettext_lazy("was refuted"),
    Standing.CONCEDED: gettext_lazy("was conceded"),
}
IS = {
    Standing.UNCHALLENGED: gettext_lazy("is unchallenged"),
    Standing.STANDS: gettext_lazy("stands"),
    Standing.UNANSWERED: gettext_lazy("is unanswered"),
    Standing.CONTESTED: gettext_lazy("is contested"),
    Standing.REFUTED: gettext_lazy("is refuted"),
    Standing.CONCEDED: gettext_lazy("is conceded"),
}
# An answer follows its objection, a vote another: what is over within this was no news.
STANDING_SETTLES = timedelta(minutes=10)


def tell_marked(claim: Claim, *, now: datetime) -> None:
    """Whoever marks a claim follows it; it is told to followers of its essay and of its author."""
    author, essay = claim.opening.author, claim.essay
    follow_own(member=author, kind=FollowKind.CLAIM, thing=claim.pk, now=now)
    announce(
        matter=lambda: Matter(
            sentence=in_each_language(_marks, claim),
            excerpt=excerpt(claim.opening.text), url=claim.opening.get_absolute_url(),
            sign="mark", about=about(claim.pk), place=essay.title,
        ),
        audiences=[
            Audience(FollowKind.ESSAY, essay.pk, NoticeKind.CLAIM),
            Audience(FollowKind.MEMBER, author.pk, NoticeKind.MEMBER),
        ],
        actor=author, told=claim.opening.told, now=now,
    )  # fmt: skip


def _marks(claim: Claim) -> str:
    return _("marks %(where)s") % {"where": _where(claim)}


def tell_answered(counterpoint: Counterpoint, *, now: datetime) -> None:
    claim, post = counterpoint.claim, counterpoint.post
    does = DOES[Relation(counterpoint.relation)]
    told = _answered(counterpoint, does)
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
    # For all who follow, whoever they are.
    does_it = does.to_another if counterpoint.target else does.to_it
    announce(
        matter=lambda: Matter(sentence=in_each_language(_on, does_it, claim), **said),
        audiences=[
            Audience(FollowKind.CLAIM, claim.pk, NoticeKind.COUNTERPOINT),
            Audience(FollowKind.MEMBER, post.author_id, NoticeKind.MEMBER),
        ],
        actor=post.author, told={*post.told, *(each.pk for each in told)}, now=now,
    )  # fmt: skip


def _on(does_it: Any, claim: Claim) -> str:
    sentence: str = does_it % {"where": _where(claim)}
    return sentence


def _said_to(member: User, does_it: Any, claim: Claim) -> str:
    with speaking_to(member):
        return _on(does_it, claim)


def _answered(counterpoint: Counterpoint, does: _Does) -> dict[User, str]:
    """Whose words are answered, and how they are told."""
    claim = counterpoint.claim
    if counterpoint.target is not None:
        whose = counterpoint.target.post.author
        return {whose: _said_to(whose, does.to_theirs, claim)}
    marker, author = claim.opening.author, claim.essay.author
    told = {marker: _said_to(marker, does.to_their_claim, claim)}
    if author is not None:
        told[author] = _said_to(author, does.to_it, claim)
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
            sentence=in_each_language(_moved, claim, was, label),
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
            sentence=in_each_language(_revised, revision),
            excerpt=revision.note, sign="pen", about=f"essay:{essay.pk}", place=essay.title,
            url=reverse("revision-diff", args=[essay.slug, number - 1, number]),
        ),
        audiences=[Audience(FollowKind.ESSAY, essay.pk, NoticeKind.REVISED)],
        told={*asked, *([revision.created_by_id] if revision.created_by_id else [])},
        key=f"revision:{revision.pk}", now=now,
    )  # fmt: skip


def _revised(revision: Revision) -> str:
    told = {"title": revision.essay.title, "number": revision.number}
    return _("%(title)s has a new revision, number %(number)s") % told


def about(claim_id: int) -> str:
    return f"thread:{claim_id}"


def _where(claim: Claim) -> str:
    return _("claim %(number)s of %(title)s") % {"number": claim.number, "title": claim.essay.title}


def _moved(claim: Claim, was: str, label: str) -> str:
    return _("Claim %(number)s of %(title)s %(was)s and %(is)s now") % {
        "number": claim.number,
        "title": claim.essay.title,
        "was": WAS[Standing(was)],
        "is": IS[Standing(label)],
    }
