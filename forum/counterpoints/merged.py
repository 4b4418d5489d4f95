"""Of claims that became part of another: where their addresses lead, and what is told of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect

from forum.accounts.names import shown_name
from forum.counterpoints.json_rows import rows
from forum.counterpoints.link_choice import find_named
from forum.counterpoints.models import Claim, ClaimLink, LinkKind
from forum.lib.folding import fold
from forum.posts.statuses import PostStatus

CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A claim that became part of the one whose page tells it."""

    pk: int
    number: int
    opening: int
    # Empty where it was taken down.
    statement: str
    name: str
    username: str
    passage: str
    # The revision that it was quoted from: there its words stand for good.
    revision: int


def merged_redirect(request: HttpRequest, claim: Claim) -> HttpResponseRedirect:
    """With what the address asked for, which post to show, say: its posts are all there. Not for
    good, as far as browsers remember: the two can be parted again."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(claim.get_absolute_url() + (f"?{query}" if query else ""))


def parts_of(claim: Any) -> list[Part]:
    """Of a claim read `for_page`."""
    return [
        Part(
            pk, number, post, text if status == PostStatus.VISIBLE else "",
            shown_name(called, username), username, words, revision,
        )
        for pk, number, post, status, text, username, called, words, revision in rows(claim.parts)
    ]  # fmt: skip


def candidates(claim: Any, asked: str = "") -> list[Any]:
    """The essay's other claims to merge this one into: those that members found to make the same
    point first; `is_linked` tells them. Two queries.
    """
    links = ClaimLink.objects.confirmed().of_claims([claim.pk])
    pairs = links.filter(kind=LinkKind.SAME).values_list("source", "target")
    linked = {pk for pair in pairs for pk in pair} - {claim.pk}
    others = Claim.objects.offered().filter(essay=claim.essay_id).exclude(pk=claim.pk)
    named = find_named(claim, asked) if asked else None
    if named is not None:
        others = others.filter(pk__in=[one.pk for one in named])
    else:
        for word in fold(asked).split():
            others = others.filter(Q(opening__folded__contains=word))
    found = list(others.order_by("number")[:CANDIDATES])
    missing = linked - {one.pk for one in found}
    if missing and not asked:
        found += others.filter(pk__in=missing)
    for one in found:
        one.is_linked = one.pk in linked
    return sorted(found, key=lambda one: not one.is_linked)
