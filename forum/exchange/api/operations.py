"""What the read API answers. The docstrings are what its page says of each address."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query

from forum.exchange.api import items, rows, schemas, versions
from forum.exchange.api.paging import USUAL, After, Limit, listed
from forum.exchange.api.sentences import sentences_page
from forum.exchange.api.site import reads
from forum.lib.keyset import Order
from forum.lib.site_address import site_address

BY_ID = Order("id")
BY_NUMBER = Order("number")
BY_POST = Order("post_id")


@reads("essays/", "essays", versions.of_all, schemas.Page[schemas.Essay])
def essays(request: HttpRequest, limit: Limit = USUAL, after: After = "") -> Any:
    """All essays, the first that was written first."""
    return listed(request, rows.essays(), BY_ID, items.essay, limit=limit, after=after)


@reads("essays/{slug:slug}/", "essay", versions.of_essay, schemas.Essay)
def essay(request: HttpRequest, slug: str) -> Any:
    """One essay, by the slug in its address."""
    return items.essay(get_object_or_404(rows.essays(), slug=slug), site_address(request))


@reads(
    "essays/{slug:slug}/revisions/", "revisions", versions.of_essay,
    schemas.Page[schemas.RevisionInList],
)  # fmt: skip
def revisions(request: HttpRequest, slug: str, limit: Limit = USUAL, after: After = "") -> Any:
    """Every revision of an essay that readers have seen, the first one first; without texts."""
    found = rows.revisions().filter(essay__slug=slug)
    return listed(request, found, BY_NUMBER, items.revision, limit=limit, after=after)


@reads(
    "essays/{slug:slug}/revisions/{list-number:number}/", "revision", versions.of_essay,
    schemas.Revision,
)  # fmt: skip
def revision(request: HttpRequest, slug: str, number: int) -> Any:
    """One revision with its text."""
    found = get_object_or_404(rows.whole_revisions(), essay__slug=slug, number=number)
    told = items.revision(found, site_address(request))
    return {**told, "text": found.text, "licence": settings.CONTENT_LICENCE}


@reads(
    "essays/{slug:slug}/revisions/{list-number:number}/sentences/", "sentences",
    versions.of_essay, schemas.Page[schemas.Sentence],
)  # fmt: skip
def sentences(
    request: HttpRequest, slug: str, number: int, limit: Limit = USUAL, after: After = ""
) -> Any:
    """The sentences of a revision in their order, each with its place in the text."""
    found = get_object_or_404(rows.whole_revisions(), essay__slug=slug, number=number)
    return sentences_page(request, found, limit=limit, after=after)


@reads("essays/{slug:slug}/claims/", "claims", versions.of_essay, schemas.Page[schemas.Claim])
def claims(
    request: HttpRequest,
    slug: str,
    standing: Annotated[
        schemas.Standing | None, Query(description="Only those that stand so.")
    ] = None,
    limit: Limit = USUAL,
    after: After = "",
) -> Any:
    """The claims of an essay in order of marking, each with its standing."""
    found = rows.claims().filter(essay__slug=slug)
    if standing is not None:
        found = found.filter(label=standing)
    return listed(request, found, BY_NUMBER, items.claim, limit=limit, after=after)


@reads("claims/{list-number:pk}/", "claim", versions.of_claim, schemas.Claim)
def claim(request: HttpRequest, pk: int) -> Any:
    """One claim, with its standing and the post that decides it."""
    return items.claim(get_object_or_404(rows.claims(), pk=pk), site_address(request))


@reads(
    "claims/{list-number:pk}/standings/", "standings", versions.of_claim,
    schemas.Page[schemas.PastStanding],
)  # fmt: skip
def standings(request: HttpRequest, pk: int, limit: Limit = USUAL, after: After = "") -> Any:
    """How a claim has stood, from its marking to now: each label, since when, by which post."""
    found = rows.label_changes(pk)
    return listed(request, found, BY_ID, items.past_standing, limit=limit, after=after)


@reads(
    "claims/{list-number:pk}/counterpoints/", "counterpoints", versions.of_claim,
    schemas.Page[schemas.Counterpoint],
)  # fmt: skip
def counterpoints(request: HttpRequest, pk: int, limit: Limit = USUAL, after: After = "") -> Any:
    """All that answers a claim, or answers such an answer, in order of writing."""
    found = rows.counterpoints().filter(claim=pk)
    return listed(request, found, BY_POST, items.counterpoint, limit=limit, after=after)


@reads("counterpoints/{list-number:pk}/", "counterpoint", versions.of_post, schemas.Counterpoint)
def counterpoint(request: HttpRequest, pk: int) -> Any:
    """One counterpoint."""
    return items.counterpoint(get_object_or_404(rows.counterpoints(), pk=pk), site_address(request))


@reads("essays/{slug:slug}/threads/", "threads", versions.of_essay, schemas.Page[schemas.Thread])
def threads(request: HttpRequest, slug: str, limit: Limit = USUAL, after: After = "") -> Any:
    """The conversations about an essay: its open discussion, and the debate of each claim."""
    found = rows.threads().filter(essay__slug=slug)
    return listed(request, found, BY_ID, items.thread, limit=limit, after=after)


@reads("threads/{list-number:pk}/", "thread", versions.of_thread, schemas.Thread)
def thread(request: HttpRequest, pk: int) -> Any:
    """One conversation; that of a claim has the claim’s id."""
    return items.thread(get_object_or_404(rows.threads(), pk=pk), site_address(request))


@reads("threads/{list-number:pk}/posts/", "posts", versions.of_thread, schemas.Page[schemas.Post])
def posts(request: HttpRequest, pk: int, limit: Limit = USUAL, after: After = "") -> Any:
    """The posts of a conversation in order of writing. What a counterpoint says besides, its
    relation and weight, is among the claim’s counterpoints."""
    found = rows.posts().filter(thread=pk)
    return listed(request, found, BY_ID, items.post, limit=limit, after=after)


@reads("posts/{list-number:pk}/", "post", versions.of_post, schemas.Post)
def post(request: HttpRequest, pk: int) -> Any:
    """One post of a discussion or a debate; the opening of a claim is the claim."""
    return items.post(get_object_or_404(rows.posts(), pk=pk), site_address(request))
