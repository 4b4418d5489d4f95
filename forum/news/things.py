"""The things that members follow, as pages name them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints.models import Claim
from forum.notifications.models import Follow, FollowKind
from forum.posts.statuses import PostStatus

# A line of a list.
STATEMENT_LENGTH = 160


class Thing(NamedTuple):
    name: str
    url: str
    # Where it stands, if its name does not say so.
    place: str = ""


class Followed(NamedTuple):
    """A line of the list. Without a thing where that can be read no more."""

    follow: Follow
    thing: Thing | None


def named(follows: Iterable[Follow]) -> list[Followed]:
    """With what each follows; a query for each kind among them."""
    rows = list(follows)
    things = {kind: _find(kind, [row.thing for row in rows if row.kind == kind])
              for kind in {row.kind for row in rows}}  # fmt: skip
    return [Followed(row, things[row.kind].get(row.thing)) for row in rows]


def _find(kind: str, numbers: list[int]) -> dict[int, Thing]:
    return FINDERS[FollowKind(kind)](numbers)


def _essays(numbers: list[int]) -> dict[int, Thing]:
    found = _published(numbers)
    return {
        each.pk: Thing(
            each.title,
            each.get_absolute_url(),
            _("by %(author)s") % {"author": each.author_name},
        )
        for each in found
    }


def _discussions(numbers: list[int]) -> dict[int, Thing]:
    return {
        each.pk: Thing(each.title, reverse("discussion:thread", args=[each.slug]))
        for each in _published(numbers)
    }


def _published(numbers: list[int]) -> Iterable[Essay]:
    essays: Iterable[Essay] = Essay.objects.filter(
        pk__in=numbers, published_at__lte=timezone.now(), current_revision__isnull=False
    ).only("slug", "title", "author_name")
    return essays


def _claims(numbers: list[int]) -> dict[int, Thing]:
    claims = (
        Claim.objects.filter(
            pk__in=numbers, opening__status=PostStatus.VISIBLE,
            essay__published_at__lte=timezone.now(),
        )
        .select_related("essay", "opening")
        .only("number", "essay__title", "opening__text")
    )  # fmt: skip
    return {
        each.pk: Thing(
            each.statement[:STATEMENT_LENGTH], each.get_absolute_url(),
            _("claim %(number)s of %(title)s") % {"number": each.number, "title": each.essay.title},
        )
        for each in claims
    }  # fmt: skip


def _tags(numbers: list[int]) -> dict[int, Thing]:
    tags = Tag.objects.filter(pk__in=numbers)
    return {each.pk: Thing(each.name, reverse("tag", args=[each.slug])) for each in tags}


def _members(numbers: list[int]) -> dict[int, Thing]:
    members = User.objects.filter(pk__in=numbers, is_active=True)
    return {each.pk: Thing(each.name, each.get_absolute_url()) for each in members}


FINDERS: dict[FollowKind, Callable[[list[int]], dict[int, Thing]]] = {
    FollowKind.ESSAY: _essays,
    FollowKind.CLAIM: _claims,
    FollowKind.DISCUSSION: _discussions,
    FollowKind.TAG: _tags,
    FollowKind.MEMBER: _members,
}
