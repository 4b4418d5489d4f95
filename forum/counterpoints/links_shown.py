"""The links of a claim as its page tells them, and what of other claims such a page shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from forum.counterpoints.link_permissions import can_judge_link, can_withdraw_link
from forum.counterpoints.models import Claim, ClaimLink, LinkKind

# From the side of what depends, and of what it depends on; the others are the same from both.
WORDS = {
    LinkKind.SAME: (_("Makes the same point"), _("Makes the same point")),
    LinkKind.DEPENDS: (_("Depends on"), _("What depends on it")),
    LinkKind.CONTRADICTS: (_("Contradicts"), _("Contradicts")),
}


@dataclass(frozen=True, slots=True)
class LinkShown:
    """One link, seen from one of its claims."""

    link: ClaimLink
    claim: Any
    # Empty where both are of the same essay.
    essay_title: str
    words: str
    can_judge: bool = False
    can_withdraw: bool = False
    can_remove: bool = False
    # Whom moderators may have to speak to.
    proposer: str = ""

    @property
    def pk(self) -> int:
        return self.link.pk


def links_of(claim: Claim, user: Any) -> list[LinkShown]:
    """Those that hold, and for members those that wait; one query, none where there are none."""
    if not claim.link_count:
        return []
    links = ClaimLink.objects.for_page(claim.pk)
    if not user.is_authenticated:
        links = links.confirmed()
    return [_shown(link, claim, user) for link in links]


def _shown(link: Any, claim: Claim, user: Any) -> LinkShown:
    is_source = link.source_id == claim.pk
    link.source.essay, link.target.essay = link.source_essay, link.target_essay
    other = link.target if is_source else link.source
    is_near = link.source_essay_id == link.target_essay_id
    is_moderator = getattr(user, "is_moderator", False)
    return LinkShown(
        link,
        other,
        "" if is_near else other.essay.title,
        str(WORDS[LinkKind(link.kind)][not is_source]),
        can_judge=bool(can_judge_link(user, link)),
        can_withdraw=bool(can_withdraw_link(user, link)),
        can_remove=is_moderator,
        proposer=link.proposed_by.name if is_moderator and link.proposed_by else "",
    )


def linked_versions() -> Case:
    """Of the outer query's claim: a number that rises with whatever its links show of others."""
    both = Coalesce(_versions("source", "target"), 0) + Coalesce(_versions("target", "source"), 0)
    return Case(When(link_count__gt=0, then=both), default=Value(0))


def _versions(near: str, far: str) -> Subquery:
    links = ClaimLink.objects.live().filter(**{near: OuterRef("pk")}).order_by()
    versions = Sum(F(f"{far}__thread__version") + F(f"{far}_essay__version"))
    return Subquery(links.values(all=Value(1)).annotate(sum=versions).values("sum"))


def linked_essays_versions() -> Any:
    """Of the outer query's essay: the same for the essays that its page calls related."""
    return Coalesce(_essays("source", "target"), 0) + Coalesce(_essays("target", "source"), 0)


def _essays(near: str, far: str) -> Subquery:
    links = ClaimLink.objects.confirmed().filter(**{f"{near}_essay": OuterRef("pk")}).order_by()
    versions = Sum(f"{far}_essay__version")
    return Subquery(links.values(all=Value(1)).annotate(sum=versions).values("sum"))
