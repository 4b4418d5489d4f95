"""Objections that wait for a member: to what they claimed, wrote, or stand for as an author."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forum.accounts.models import User
from forum.counterpoints.models import OBJECTIONS, Claim, Counterpoint
from forum.counterpoints.standing import SLACK
from forum.counterpoints.weighing import floor
from forum.essay_lists import published
from forum.posts.models import Post, PostStatus
from forum.written import EXCERPT_LENGTH


@dataclass(frozen=True, slots=True)
class Waiting:
    """An objection that nobody has answered, with what it is about."""

    objection: Counterpoint
    excerpt: str

    @property
    def place(self) -> str:
        claim = self.objection.claim
        return _("%(title)s, claim %(number)s") % {
            "title": claim.essay.title,
            "number": claim.number,
        }

    @property
    def what(self) -> str:
        """What of the member's it objects to."""
        if self.objection.target_id is None:
            return pgettext("after “against”", "the claim")
        return pgettext("after “against”", "a counterpoint")


def waiting_for(member: User, *, after: int | None = None) -> "QuerySet[Counterpoint]":
    """The oldest first; `after` is the last one seen.

    What the member wrote is looked up by indexes: it costs what they wrote, not what is here.
    """
    wrote = Post.objects.filter(author=member).order_by().values("pk")
    found = (
        Counterpoint.objects.filter(
            Q(pk__in=_to_claims(wrote))
            | Q(pk__in=_to_essays(member))
            | Q(pk__in=_to_counterpoints(wrote))
        )
        .filter(
            published("claim__essay__"),
            Q(claim__thread__locked_at=None) | Q(claim__thread__locked_until__lte=timezone.now()),
            post__status=PostStatus.VISIBLE,
            claim__opening__status=PostStatus.VISIBLE,
            # Of words that are gone nothing is asked any more; and a closed debate takes no answer.
            claim__is_frozen=False,
        )
        .exclude(post__author=member)
        .select_related("post__author", "claim__essay")
        .only(
            "relation", "target", "post__created_at", "post__author__username",
            "post__author__display_name", "claim__number", "claim__essay__slug",
            "claim__essay__title",
        )
        .annotate(excerpt=Left("post__text", EXCERPT_LENGTH))
        .order_by("pk")
    )  # fmt: skip
    return found if after is None else found.filter(pk__gt=after)


def as_waiting(objection: Counterpoint) -> Waiting:
    excerpt: str = objection.excerpt  # type: ignore[attr-defined]
    is_cut = len(excerpt) == EXCERPT_LENGTH
    return Waiting(objection, excerpt.rsplit(" ", 1)[0] + " …" if is_cut else excerpt)


def _to_claims(wrote: Any) -> Any:
    return _open_on(Claim.objects.filter(opening__in=wrote).values("pk"))


def _to_essays(member: User) -> Any:
    return _open_on(Claim.objects.filter(essay__author=member).values("pk"))


def _open_on(claims: Any) -> Any:
    found = Counterpoint.objects.filter(claim__in=claims, is_open=True, is_answered=False)
    return found.values("pk")


def _to_counterpoints(wrote: Any) -> Any:
    """What is too weak to weaken anything asks for nothing; nor does what was granted already."""
    return Counterpoint.objects.filter(
        target__in=wrote,
        target__is_counted=True,
        relation__in=OBJECTIONS,
        is_counted=True,
        is_answered=False,
        is_conceded=False,
        effect__gte=floor() - SLACK,
    ).values("pk")
