"""How a member's counterpoints fared. Everybody can read it: it is made of what is public."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from forum.accounts.models import User
from forum.counterpoints.models import Correction, Counterpoint, Relation
from forum.counterpoints.standing import SLACK
from forum.counterpoints.weighing import floor
from forum.posts.statuses import PostStatus

# Nobody is judged by more, and no page grows with what its member wrote.
NEWEST = 1_000


@dataclass(frozen=True, slots=True)
class Record:
    relations: list[tuple[str, int]]
    total: int
    survive: int
    # Others have answered them, whether they survived that or not.
    answered: int
    # Given in to by whom they attacked; and what the member gave in to.
    won: int
    made: int
    credited: int

    @property
    def fell(self) -> int:
        return self.total - self.survive

    @property
    def is_cut(self) -> bool:
        return self.total >= NEWEST


def record_of(member: User) -> Record | None:
    """2 queries, however much they wrote; None, and no query, where they argued nothing."""
    if not member.counterpoint_count:
        return None
    survives = Q(is_open=True) | Q(effect__gte=floor() - SLACK)
    found = _counted(member)[:NEWEST].aggregate(
        total=Count("pk"),
        survive=Count("pk", filter=survives),
        answered=Count("pk", filter=Q(is_answered=True)),
        won=Count("pk", filter=Q(is_conceded=True)),
        **{kind: Count("pk", filter=Q(relation=kind)) for kind in Relation.values},
    )
    relations = [(kind, found.pop(kind)) for kind in Relation.values]
    made = dict(relations)[Relation.CONCEDES]
    return Record(relations, **found, made=made, credited=_credits(member))


def _counted(member: User) -> "QuerySet[Counterpoint]":
    """Those that carry something and can be read."""
    counterpoints: QuerySet[Counterpoint] = Counterpoint.objects.filter(
        post__author=member,
        is_counted=True,
        claim__opening__status=PostStatus.VISIBLE,
        claim__essay__published_at__lte=timezone.now(),
    ).order_by("-pk")
    return counterpoints


def _credits(member: User) -> int:
    credits_ = Correction.objects.filter(credited=member).order_by()
    return credits_.values("pk")[:NEWEST].count()
