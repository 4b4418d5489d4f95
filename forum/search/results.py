from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from taggit.models import Tag

from essays.models import Essay
from forum.counterpoints.models import Claim
from forum.lib.fragments import Fragment
from forum.lib.prepared_objects import PreparedObjects
from forum.posts.models import Post
from forum.search.filters import Filters
from forum.search.index import Match, find
from forum.search.query import Query, Term, only
from forum.search.snippets import snippet

# A heading is a sentence, not the whole post.
HEADING_LENGTH = 140
STATEMENT_LENGTH = 300
# Each costs a look into the index, and three show well enough which word is to blame.
MAX_TERMS_TRIED_ALONE = 3
TAGS_OFFERED = 12

_STRIP = Fragment("components/_strip.html")


@dataclass(frozen=True, slots=True)
class Result:
    kind: str
    url: str
    heading_html: str
    snippet_html: str
    essay: Essay
    author: str
    date: datetime | None
    label: str = ""
    claim: Claim | None = None
    relation: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    strip_html: str = ""


def results_of(matches: Sequence[Match], query: Query) -> list[Result]:
    """What is shown of these, in three queries at most."""
    essays = _essays(matches)
    posts = _posts(matches)
    labels = _labels(essays)
    results = []
    for match in matches:
        # What was deleted since the index was asked is passed over.
        if match.post_id is None and match.essay_id in essays:
            essay = essays[match.essay_id]
            results.append(_of_essay(essay, labels.get(essay.pk, []), query.wanted))
        elif match.post_id in posts:
            results.append(_of_post(match.kind, posts[match.post_id], query.wanted))
    return results


def terms_alone(user: Any, query: Query) -> list[Query]:
    """For a search that found nothing: those of its terms that would find something alone."""
    if not query.unwanted and len(query.wanted) == 1:
        return []
    alone = [only(term) for term in query.wanted[:MAX_TERMS_TRIED_ALONE]]
    return [one for one in alone if find(user, one, Filters(), limit=1, is_weighed=False).matches]


def tags_offered(user: Any) -> Iterable[Tag]:
    essays = Essay.objects.listed_for(user).order_by()
    tags = Tag.objects.filter(essay_tags__content_object__in=essays)
    return tags.distinct().order_by("name")[:TAGS_OFFERED]


_essays_by_pk = PreparedObjects(
    lambda pks: (
        Essay.objects.filter(pk__in=pks)
        .select_related("current_revision")
        .only("slug", "title", "summary", "author_name", "published_at", "current_revision__text")
    )
)
_posts_by_pk = PreparedObjects(
    lambda pks: (
        Post.objects.filter(pk__in=pks)
        .select_related("thread__claim", "thread__essay", "author", "counterpoint")
        .defer("source", "html", "folded", "card_html")
        .defer("thread__essay__folded", "thread__essay__summary")
    )
)


def _essays(shown: Sequence[Match]) -> dict[int, Essay]:
    pks = [match.essay_id for match in shown if match.post_id is None]
    return {essay.pk: essay for essay in _essays_by_pk(pks=pks)} if pks else {}


def _posts(shown: Sequence[Match]) -> dict[int, Post]:
    pks = [match.post_id for match in shown if match.post_id is not None]
    return {post.pk: post for post in _posts_by_pk(pks=pks)} if pks else {}


def _labels(essays: dict[int, Essay]) -> dict[int, list[str]]:
    labels: dict[int, list[str]] = {}
    if essays:
        claims = Claim.objects.filter(essay__in=essays, opening__status="visible", merged_into=None)
        for essay_id, label in claims.order_by("number").values_list("essay_id", "label"):
            labels.setdefault(essay_id, []).append(label)
    return labels


def _of_essay(essay: Essay, labels: list[str], terms: tuple[Term, ...]) -> Result:
    text = essay.current_revision.text if essay.current_revision else ""
    around = snippet(text, terms)
    if not around.has_match:
        around = snippet(essay.summary, terms)
    return Result(
        kind="essay",
        url=essay.get_absolute_url(),
        heading_html=snippet(essay.title, terms).html,
        snippet_html=around.html,
        essay=essay,
        author=essay.author_name,
        date=essay.published_at,
        strip_html=_STRIP.html({"labels": labels}, tuple(labels)),
    )


def _of_post(kind: str, post: Post, terms: tuple[Term, ...]) -> Result:
    essay = post.thread.essay
    claim: Claim | None = getattr(post.thread, "claim", None)
    counterpoint = getattr(post, "counterpoint", None)
    heading, around = _words_of(kind, post.text, terms)
    result = Result(
        kind=kind,
        url=post.get_absolute_url(),
        heading_html=heading,
        snippet_html=around,
        essay=essay,
        author=essay.author_name if post.as_author else post.author.name,
        date=post.created_at,
        claim=claim,
        relation=counterpoint.relation if counterpoint else "",
    )
    if kind != "claim" or claim is None:
        return result
    return replace(result, url=claim.get_absolute_url(), label=claim.label, counts=_counts(claim))


def _words_of(kind: str, text: str, terms: tuple[Term, ...]) -> tuple[str, str]:
    """A heading and what stands below it; either may be empty."""
    if kind == "claim":
        return snippet(text, terms, STATEMENT_LENGTH).html, ""
    if kind == "comment":
        return "", snippet(text, terms).html
    line = " ".join(text.split())
    heading = first_sentence(line)
    rest = line if len(heading) > HEADING_LENGTH else line[len(heading) :].lstrip()
    return snippet(heading, terms, HEADING_LENGTH).html, snippet(rest, terms).html


def _counts(claim: Claim) -> dict[str, int]:
    names = ("rebuts", "undercuts", "supports", "concedes")
    return {name: getattr(claim, name) for name in names}


def first_sentence(line: str) -> str:
    ends = [at + 1 for at in (line.find(stop) for stop in (". ", "? ", "! ")) if at >= 0]
    return line[: min(ends)] if ends else line
