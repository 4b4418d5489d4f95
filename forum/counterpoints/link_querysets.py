from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from essays.models import Essay
from essays.querysets import readable_by
from forum.posts.statuses import PostStatus

# Those that a claim's page shows, and of which there is one for each pair and kind.
LIVE = ["proposed", "confirmed"]

ENDS = ("source", "target")
# What a page tells of a claim at the other end.
OF_A_CLAIM = ("number", "label", "opening__text", "opening__status", "essay")
OF_AN_ESSAY = ("slug", "title", "published_at")


class ClaimLinkQuerySet(models.QuerySet):
    def live(self) -> "ClaimLinkQuerySet":
        return self.filter(state__in=LIVE)

    def confirmed(self) -> "ClaimLinkQuerySet":
        return self.filter(state="confirmed")

    def of_claims(self, claims: Iterable[int]) -> "ClaimLinkQuerySet":
        claims = list(claims)
        return self.filter(Q(source__in=claims) | Q(target__in=claims))

    def between(self, one: int, other: int) -> "ClaimLinkQuerySet":
        """In either direction."""
        return self.filter(Q(source=one, target=other) | Q(source=other, target=one))

    def readable(self, now: datetime | None = None) -> "ClaimLinkQuerySet":
        """Both claims are there for everybody to read: otherwise a link is nowhere to be seen,
        whoever looks, and is back when they are."""
        rules = Q()
        for end in ENDS:
            rules &= Q(**{f"{end}__opening__status": PostStatus.VISIBLE})
            rules &= Q(**{f"{end}_essay__in": _published(now)})
        return self.filter(rules)

    def for_page(self, claim: int, now: datetime | None = None) -> "ClaimLinkQuerySet":
        """What a claim's page shows of its links: those that hold, then those proposed."""
        return (
            self.live()
            .readable(now)
            .of_claims([claim])
            .select_related(
                "source__opening", "target__opening", "source_essay", "target_essay", "proposed_by"
            )
            .only(
                "kind", "words", "state", "proposed_at",
                *(f"{end}__{name}" for end in ENDS for name in OF_A_CLAIM),
                *(f"{end}_essay__{name}" for end in ENDS for name in OF_AN_ESSAY),
                "proposed_by__username", "proposed_by__display_name",
            )
            .order_by("state", "pk")
        )  # fmt: skip

    def for_removal(self) -> "ClaimLinkQuerySet":
        """With both claims and their essays, seen or not: moderators clear up behind a curtain."""
        return self.select_related("source__essay", "target__essay", "proposed_by").defer(
            "source__essay__folded", "target__essay__folded"
        )

    def proposed_since(self, member: Any, since: Any) -> "ClaimLinkQuerySet":
        return self.filter(proposed_by=member, proposed_at__gt=since)


def _published(now: datetime | None) -> Any:
    return Essay.objects.filter(readable_by(AnonymousUser(), now)).order_by().values("pk")
