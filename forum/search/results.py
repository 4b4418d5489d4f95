"""What is shown of each thing that was found. Searches for the same words find the same again, so
what is said of it is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.urls import reverse
from taggit.models import Tag

from essays.models import Essay, Revision
from forum.accounts.names import shown_name
from forum.counterpoints.models import Claim
from forum.lib.fragments import Fragment
from forum.lib.newest import Newest
from forum.lib.numbered import address_of
from forum.lib.prepared import Prepared
from forum.lib.shells import dress
from forum.posts.models import Post
from forum.search.filters import Filters
from forum.search.index import Match, find
from forum.search.listed import OfListed
from forum.search.query import Query, Term, only
from forum.search.snippets import snippet

# A heading is a sentence, not the whole post.
HEADING_LENGTH = 140
STATEMENT_LENGTH = 300
# Each costs a look into the index, and three show well enough which word is to blame.
MAX_TERMS_TRIED_ALONE = 3
TAGS_OFFERED = 12

_RESULT = Fragment("search/_result.html")
# Many things that are found have these alike: half of the work that is in what is said of a claim.
_STRIP = Fragment("components/_strip.html")
_STANDING = Fragment("components/_standing.html")
_TALLY = Fragment("components/_tally.html")

# Essays whose labels are kept: of hardly any do they move between two searches.
MOST_LABELLED = 5_000

Terms = tuple[Term, ...]
# Of the claims of an essay, in their order.
Labels = tuple[str, ...]
# By essay, with its version: every label that moves raises it.
_labels: Newest[tuple[int, Labels]] = Newest(MOST_LABELLED)


@dataclass(frozen=True, slots=True)
class Result:
    kind: str
    url: str
    heading_html: str
    snippet_html: str
    author: str
    date: datetime | None
    # Of the essay on which it is.
    title: str = ""
    essay_url: str = ""
    # Of the claim that it is, or that it answers.
    number: int | None = None
    claim_url: str = ""
    relation: str = ""
    standing_html: str = ""
    tally_html: str = ""
    strip_html: str = ""


COUNTS = ("rebuts", "undercuts", "supports", "concedes")


class Of(NamedTuple):
    """What all results of a page have in common."""

    terms: Terms
    dressed: tuple[str, ...]


class EssayFound(NamedTuple):
    slug: str
    title: str
    summary: str
    author_name: str
    published_at: datetime | None
    # A revision's text is never changed, but by another renderer.
    revision: int | None
    renderer: int | None


class PostFound(NamedTuple):
    pk: int
    text: str
    created_at: datetime
    as_author: bool
    username: str
    display_name: str
    slug: str
    title: str
    author_name: str
    relation: str | None
    claim: int | None
    number: int | None
    label: str | None
    rebuts: int
    undercuts: int
    supports: int
    concedes: int


_essays_by_pk = Prepared(
    lambda pks: Essay.objects.filter(pk__in=pks).values_list(
        "pk", "version", "slug", "title", "summary", "author_name", "published_at",
        "current_revision", "current_revision__renderer_version",
    )
)  # fmt: skip
_texts_by_revision = Prepared(
    lambda pks: Revision.objects.filter(pk__in=pks).values_list("pk", "text")
)
_labels_by_essay = Prepared(
    lambda pks: (
        Claim.objects.filter(essay__in=pks, opening__status="visible", merged_into=None)
        .order_by("number")
        .values_list("essay_id", "label")
    )
)
_posts_by_pk = Prepared(
    lambda pks: Post.objects.filter(pk__in=pks).values_list(
        "pk", "text", "created_at", "as_author", "author__username", "author__display_name",
        *(f"thread__essay__{name}" for name in ("slug", "title", "author_name")),
        "counterpoint__relation", "thread__claim",
        *(f"thread__claim__{name}" for name in ("number", "label", *COUNTS)),
    )
)  # fmt: skip


def results_of(matches: Sequence[Match], query: Query) -> list[str]:
    """What is shown of these, as HTML, in four queries at most."""
    of = Of(query.wanted, dress())
    essays = _essays([match.essay_id for match in matches if match.post_id is None], of)
    posts = _posts([match for match in matches if match.post_id is not None], of)
    found = (
        essays.get(match.essay_id) if match.post_id is None else posts.get(match.post_id)
        for match in matches
    )
    # What was deleted since the index was asked is passed over.
    return [result_html for result_html in found if result_html is not None]


def terms_alone(user: Any, query: Query) -> list[Query]:
    """For a search that found nothing: those of its terms that would find something alone."""
    if not query.unwanted and len(query.wanted) == 1:
        return []
    alone = [only(term) for term in query.wanted[:MAX_TERMS_TRIED_ALONE]]
    return [one for one in alone if find(user, one, Filters(), limit=1).matches]


tags_offered = OfListed(
    lambda essays: (
        Tag.objects.filter(essay_tags__content_object__in=essays)
        .distinct()
        .order_by("name")
        .values_list("name", "slug")[:TAGS_OFFERED]
    )
)


def _essays(pks: list[int], of: Of) -> dict[int, str]:
    if not pks:
        return {}
    rows = [(pk, version, EssayFound(*told)) for pk, version, *told in _essays_by_pk(pks=pks)]
    labels = _labels_of({pk: version for pk, version, _ in rows})

    @cache
    def texts() -> dict[int | None, str]:
        """Long, and asked for only where something is not kept."""
        revisions = [essay.revision for _, _, essay in rows if essay.revision is not None]
        return dict(_texts_by_revision(pks=revisions))

    return {pk: _of_essay(essay, texts, labels[pk], of) for pk, _, essay in rows}


def _labels_of(versions: dict[int, int]) -> dict[int, Labels]:
    """Of essays that had these versions before their labels are asked for."""
    labels: dict[int, Labels] = {}
    moved: dict[int, list[str]] = {}
    for pk, version in versions.items():
        kept = _labels.get(pk)
        if kept is not None and kept[0] == version:
            labels[pk] = kept[1]
        else:
            moved[pk] = []
    if moved:
        for pk, label in _labels_by_essay(pks=[*moved]):
            moved[pk].append(label)
    for pk, found in moved.items():
        labels[pk] = tuple(found)
        _labels.put(pk, (versions[pk], labels[pk]))
    return labels


def _of_essay(
    essay: EssayFound, texts: Callable[[], dict[int | None, str]], labels: Labels, of: Of
) -> str:
    def make_context() -> dict[str, Any]:
        around = snippet(texts().get(essay.revision, ""), of.terms)
        if not around.has_match:
            around = snippet(essay.summary, of.terms)
        result = Result(
            kind="essay",
            url=reverse("essay", args=[essay.slug]),
            heading_html=snippet(essay.title, of.terms).html,
            snippet_html=around.html,
            author=essay.author_name,
            date=essay.published_at,
            strip_html=_STRIP.made(lambda: {"labels": labels}, labels, of.dressed),
        )
        return {"result": result}

    return _RESULT.made(make_context, (of.terms, essay, labels), of.dressed)


def _posts(matches: list[Match], of: Of) -> dict[int, str]:
    if not matches:
        return {}
    kinds = {match.post_id: match.kind for match in matches}
    found = (PostFound(*row) for row in _posts_by_pk(pks=list(kinds)))
    return {post.pk: _of_post(kinds[post.pk], post, of) for post in found}


def _of_post(kind: str, post: PostFound, of: Of) -> str:
    def make_context() -> dict[str, Any]:
        heading, around = _words_of(kind, post.text, of.terms)
        claim_url = "" if post.claim is None else address_of("counterpoints:claim", post.claim)
        name = post.author_name if post.as_author else shown_name(post.display_name, post.username)
        result = Result(
            kind=kind,
            url=claim_url if kind == "claim" else address_of("posts:post", post.pk),
            heading_html=heading,
            snippet_html=around,
            author=name,
            date=post.created_at,
            title=post.title,
            essay_url=reverse("essay", args=[post.slug]),
            number=post.number,
            claim_url=claim_url,
            relation=post.relation or "",
            **(_of_debate(post, of) if kind == "claim" else {}),
        )
        return {"result": result}

    return _RESULT.made(make_context, (of.terms, kind, post), of.dressed)


def _of_debate(claim: PostFound, of: Of) -> dict[str, str]:
    label, counts = claim.label, {name: getattr(claim, name) for name in COUNTS}
    return {
        "standing_html": _STANDING.made(lambda: {"label": label}, (label,), of.dressed),
        "tally_html": _TALLY.made(lambda: {"counts": counts}, (*counts.values(),), of.dressed),
    }


def _words_of(kind: str, text: str, terms: Terms) -> tuple[str, str]:
    """A heading and what stands below it; either may be empty."""
    if kind == "claim":
        return snippet(text, terms, STATEMENT_LENGTH).html, ""
    if kind == "comment":
        return "", snippet(text, terms).html
    line = " ".join(text.split())
    heading = first_sentence(line)
    rest = line if len(heading) > HEADING_LENGTH else line[len(heading) :].lstrip()
    return snippet(heading, terms, HEADING_LENGTH).html, snippet(rest, terms).html


def first_sentence(line: str) -> str:
    ends = [at + 1 for at in (line.find(stop) for stop in (". ", "? ", "! ")) if at >= 0]
    return line[: min(ends)] if ends else line
