"""Links between claims: one member proposes, another one says whether it is so."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays.actions import raise_version
from forum.accounts.models import User
from forum.counterpoints import link_permissions as permissions
from forum.counterpoints.models import Claim, ClaimLink, LinkKind, LinkState
from forum.lib.site_language import in_each_language
from forum.lib.verdict import ensure
from forum.notifications.actions import Matter, News, notify_each
from forum.notifications.happenings import Audience, announce
from forum.notifications.models import FollowKind, NoticeKind
from forum.posts.rows import raise_thread_version

# After "that", of two claims of one essay, and of two essays.
SAID = {
    LinkKind.SAME: (
        gettext_lazy("claim %(one)s of %(title)s makes the same point as claim %(other)s"),
        gettext_lazy(
            "claim %(one)s of %(title)s makes the same point as claim %(other)s of %(there)s"
        ),
    ),
    LinkKind.DEPENDS: (
        gettext_lazy("claim %(one)s of %(title)s depends on claim %(other)s"),
        gettext_lazy("claim %(one)s of %(title)s depends on claim %(other)s of %(there)s"),
    ),
    LinkKind.CONTRADICTS: (
        gettext_lazy("claim %(one)s of %(title)s contradicts claim %(other)s"),
        gettext_lazy("claim %(one)s of %(title)s contradicts claim %(other)s of %(there)s"),
    ),
}


@transaction.atomic
def propose_link(
    *, by: User, claim: Claim, other: Claim, kind: str, words: str = "", now: datetime | None = None
) -> ClaimLink:
    """Say that `claim` makes the same point as `other`, depends on it, or contradicts it."""
    now = now or timezone.now()
    claim, other = (hold_claims([claim.pk, other.pk])[pk] for pk in (claim.pk, other.pk))
    ensure(permissions.can_propose_link(by, claim, other, kind, now=now))
    source, target = ends(claim, other, kind)
    link = ClaimLink.objects.create(
        source=source, target=target, source_essay=source.essay, target_essay=target.essay,
        kind=LinkKind(kind), words=" ".join(words.split()), proposed_by=by, proposed_at=now,
    )  # fmt: skip
    _changed(link)
    _tell(
        link,
        in_each_language(_proposed, link),
        _markers(link),
        by=by,
        now=now,
    )
    return link


@transaction.atomic
def confirm_link(*, by: User, link: ClaimLink, now: datetime | None = None) -> ClaimLink:
    link, now = _held(link), now or timezone.now()
    ensure(permissions.can_judge_link(by, link))
    _settle(link, LinkState.CONFIRMED, by, now)
    sentence = in_each_language(_confirmed, link)
    told = _tell(link, sentence, {*_markers(link), link.proposed_by_id}, by=by, now=now)
    ends = (link.source_id, link.target_id)
    announce(
        matter=Matter(sentence=sentence, **_said(link)),
        audiences=[Audience(FollowKind.CLAIM, end, NoticeKind.LINKED) for end in ends],
        told={*told, by.pk}, now=now,
    )  # fmt: skip
    return link


@transaction.atomic
def refuse_link(*, by: User, link: ClaimLink, now: datetime | None = None) -> ClaimLink:
    link, now = _held(link), now or timezone.now()
    ensure(permissions.can_judge_link(by, link))
    _settle(link, LinkState.REFUSED, by, now)
    sentence = in_each_language(_refused, link)
    _tell(link, sentence, {link.proposed_by_id}, by=by, now=now)
    return link


@transaction.atomic
def withdraw_link(*, by: User, link: ClaimLink, now: datetime | None = None) -> ClaimLink:
    link = _held(link)
    ensure(permissions.can_withdraw_link(by, link))
    _settle(link, LinkState.WITHDRAWN, by, now or timezone.now())
    return link


@transaction.atomic
def remove_link(*, by: User, link: ClaimLink, now: datetime | None = None) -> ClaimLink:
    """For a moderator, whose own action asks its permission and logs it."""
    link = _held(link)
    ensure(permissions.is_live(link))
    _settle(link, LinkState.REMOVED, by, now or timezone.now())
    return link


def hold_claims(pks: Iterable[int]) -> dict[int, Claim]:
    """Lock them before anything of theirs, in the order of all who lock several."""
    claims = Claim.objects.select_related("opening", "essay", "thread")
    claims = claims.defer("essay__folded", "opening__folded", "opening__html")
    return {claim.pk: claim for claim in claims.lock_in_order(pks)}


def ends(claim: Claim, other: Claim, kind: str) -> tuple[Claim, Claim]:
    """What says the same in both directions is kept in one of them: the older claim first."""
    if kind != LinkKind.DEPENDS and claim.pk > other.pk:
        return other, claim
    return claim, other


def _proposed(link: ClaimLink) -> str:
    return _("A member proposes that %(said)s") % {"said": said(link)}


def _confirmed(link: ClaimLink) -> str:
    return _("A member confirms that %(said)s") % {"said": said(link)}


def _refused(link: ClaimLink) -> str:
    return _("A member does not find, as you proposed, that %(said)s") % {"said": said(link)}


def said(link: ClaimLink) -> str:
    """claim 2 of Oats depends on claim 7 of The Collar."""
    one, other = link.source, link.target
    near, far = SAID[LinkKind(link.kind)]
    words = near if one.essay_id == other.essay_id else far
    sentence: str = words % {
        "one": one.number,
        "title": one.essay.title,
        "other": other.number,
        "there": other.essay.title,
    }
    return sentence


def count_links(claims: Iterable[int]) -> None:
    """Make anew how many links each has."""
    for claim in claims:
        count = ClaimLink.objects.of_claims([claim]).live().count()
        Claim.objects.filter(pk=claim).update(link_count=count)


def _held(link: ClaimLink) -> ClaimLink:
    """The link as it is now, both its claims locked: nobody settles it at the same time."""
    claims = hold_claims([link.source_id, link.target_id])
    fresh = ClaimLink.objects.select_related("proposed_by").get(pk=link.pk)
    for name in ("source", "target"):
        end = claims.get(getattr(fresh, f"{name}_id"))
        # A merger came in between: it says of the link what a page would say that is loaded anew.
        if end is not None:
            setattr(fresh, name, end)
    return fresh


def _settle(link: ClaimLink, state: str, by: User, now: datetime) -> None:
    link.state, link.settled_by, link.settled_at = LinkState(state), by, now
    link.save(update_fields=["state", "settled_by", "settled_at"])
    _changed(link)


def _changed(link: ClaimLink) -> None:
    """Both claims' pages show something else now, and both essays' lists of related ones."""
    count_links([link.source_id, link.target_id])
    for claim in (link.source_id, link.target_id):
        raise_thread_version(claim)
    for essay in sorted({link.source_essay_id, link.target_essay_id}):
        raise_version(essay)


def _markers(link: ClaimLink) -> set[int]:
    return {link.source.opening.author_id, link.target.opening.author_id}


def _tell(
    link: ClaimLink,
    sentence: Mapping[str, str],
    members: Iterable[int | None],
    *,
    by: User,
    now: datetime,
) -> list[int]:
    """Without a name, of whoever proposed it and of whoever judged it: only the reasons count.

    Gives whom it told.
    """
    told = sorted({member for member in members if member is not None} - {by.pk})
    news = [News(recipient_id=member, sentence=sentence, **_said(link)) for member in told]
    notify_each(news=news, kind=NoticeKind.LINKED, now=now)
    return told


def _said(link: ClaimLink) -> dict[str, str]:
    url = f"{link.source.get_absolute_url()}#links"
    return {"url": url, "excerpt": link.words, "sign": "link", "place": link.source.essay.title}
