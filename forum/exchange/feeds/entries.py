"""Essays, claims, posts and revisions as entries of a feed."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essays.models import Essay, Revision
from forum.counterpoints.models import Claim
from forum.exchange.feeds.absolute import absolute
from forum.exchange.feeds.atom import CONTENT_TYPE, Answered, Entry, Link, Person
from forum.exchange.feeds.identity import urn
from forum.lib.small_letters import small
from forum.posts.models import Post
from forum.templatetags.look import STANDING_WORDS

# Readers show one line.
TITLE_LENGTH = 160


def whole_essays() -> "QuerySet[Essay]":
    essays: QuerySet[Essay] = (
        Essay.objects.select_related("current_revision")
        .prefetch_related("tags")
        .only(
            "slug", "title", "summary", "author_name", "published_at", "post_count",
            "current_revision__created_at",
        )
        .annotate(born=_born("pk"))
    )  # fmt: skip
    return essays


def whole_claims() -> "QuerySet[Claim]":
    claims: QuerySet[Claim] = Claim.objects.select_related(
        "essay", "thread", "passage", "opening__author"
    ).only(
        "number", "created_at", "label", "label_since", "rebuts", "undercuts", "supports",
        "concedes", "essay__slug", "essay__title", "essay__author_name", "thread__last_post_at",
        "passage__exact", "opening__text", "opening__html", "opening__edited_at",
        "opening__as_author", "opening__author__username", "opening__author__display_name",
    )  # fmt: skip
    return claims


def whole_posts() -> "QuerySet[Post]":
    """With what each answers, and of a claim's statement the claim."""
    posts: QuerySet[Post] = Post.objects.select_related(
        "author", "parent", "counterpoint", "thread__essay", "thread__claim__passage"
    ).only(
        "html", "text", "depth", "created_at", "edited_at", "as_author", "reply_count",
        "author__username", "author__display_name", "parent__created_at", "parent__depth",
        "counterpoint__relation", "thread__kind", "thread__last_post_at", "thread__essay__slug",
        "thread__essay__title", "thread__essay__author_name", "thread__claim__number",
        "thread__claim__created_at", "thread__claim__label", "thread__claim__label_since",
        "thread__claim__rebuts", "thread__claim__undercuts", "thread__claim__supports",
        "thread__claim__concedes", "thread__claim__passage__exact",
    ).annotate(essay_born=_born("thread__essay"))  # fmt: skip
    return posts


def whole_revisions() -> "QuerySet[Revision]":
    revisions: QuerySet[Revision] = Revision.objects.select_related("essay").only(
        "number", "note", "created_at", "essay__slug", "essay__title", "essay__author_name"
    )
    return revisions


def _born(essay: str) -> Subquery:
    """When an essay was first written down: that stays, whatever it is called or when it is shown.
    `essay` is the way to it from the outer query.
    """
    revisions = Revision.objects.filter(essay=OuterRef(essay)).order_by("number")
    return Subquery(revisions.values("created_at")[:1])


# No relation: what was written before there were any, and remarks.
_DOES_TO_CLAIM = {
    "rebuts": gettext_lazy("Rebuts claim %(number)s of %(title)s"),
    "undercuts": gettext_lazy("Undercuts claim %(number)s of %(title)s"),
    "supports": gettext_lazy("Supports claim %(number)s of %(title)s"),
    "concedes": gettext_lazy("Concedes claim %(number)s of %(title)s"),
    "": gettext_lazy("Answers claim %(number)s of %(title)s"),
}
_DOES_TO_COUNTERPOINT = {
    "rebuts": gettext_lazy("Rebuts a counterpoint on claim %(number)s of %(title)s"),
    "undercuts": gettext_lazy("Undercuts a counterpoint on claim %(number)s of %(title)s"),
    "supports": gettext_lazy("Supports a counterpoint on claim %(number)s of %(title)s"),
    "concedes": gettext_lazy("Concedes a counterpoint on claim %(number)s of %(title)s"),
    "": gettext_lazy("Answers a counterpoint on claim %(number)s of %(title)s"),
}


class Entries:
    """Made once a feed: where the site is stands in every address."""

    def __init__(self, site: str) -> None:
        self.site = site

    def essay(self, essay: Essay) -> Entry:
        url, revised = self.site + essay.get_absolute_url(), essay.current_revision
        assert essay.published_at is not None  # noqa: S101 — nobody else is listed
        talk = reverse("exchange:discussion-feed", args=[essay.slug])
        return Entry(
            id=urn("essay", essay.pk, essay.born),  # type: ignore[attr-defined]
            title=essay.title,
            url=url,
            published=essay.published_at,
            updated=max(essay.published_at, revised.created_at) if revised else essay.published_at,
            author=Person(essay.author_name),
            summary=essay.summary,
            categories=tuple(tag.name for tag in essay.tags.all()),
            replies=Link("replies", self.site + talk, CONTENT_TYPE, count=essay.post_count),
        )

    def claim(self, claim: Any) -> Entry:
        return self._claim(claim, claim.opening, claim.essay, claim.thread)

    def post(self, post: Any) -> Entry:
        thread = post.thread
        claim = getattr(thread, "claim", None)
        if claim is not None and post.depth == 0:
            return self._claim(claim, post, thread.essay, thread)
        url = self.site + post.get_absolute_url()
        essay, relation = thread.essay, _relation(post)
        if claim is None:
            title = _("On %(title)s") % {"title": essay.title}
        else:
            title = _does(post, relation, claim, essay)
        return Entry(
            id=urn("post", post.pk, post.created_at),
            title=_line(f"{title}: {post.text}"),
            url=url,
            published=post.created_at,
            updated=post.edited_at or post.created_at,
            author=self.speaker(post, essay),
            content_html=absolute(post.html, self.site, url),
            categories=(relation,) if relation else (),
            answered=self._answered(post, claim, essay),
            replies=Link("replies", url, count=post.reply_count),
        )

    def revision(self, revision: Revision) -> Entry:
        essay, url = revision.essay, self.site + revision.get_absolute_url()
        return Entry(
            id=urn("revision", revision.pk, revision.created_at),
            title=_("Revision %(number)s of %(title)s")
            % {"number": revision.number, "title": essay.title},
            url=url,
            published=revision.created_at,
            updated=revision.created_at,
            author=Person(essay.author_name),
            summary=revision.note or _("The text as it stands from now on."),
            categories=("revision",),
        )

    def _claim(self, claim: Any, opening: Any, essay: Any, thread: Any) -> Entry:
        url = self.site + claim.get_absolute_url()
        moments = (claim.created_at, claim.label_since, opening.edited_at)
        feed = self.site + reverse("exchange:claim-feed", args=[claim.pk])
        return Entry(
            id=claim_urn(claim),
            title=_line(f"{_claim_words(claim, essay)}: {opening.text}"),
            url=url,
            published=claim.created_at,
            updated=max(moment for moment in moments if moment is not None),
            author=self.speaker(opening, essay),
            content_html=absolute(opening.html, self.site, url) + _stands(claim),
            categories=(claim.label,),
            replies=Link(
                "replies", feed, CONTENT_TYPE, claim.counterpoint_count, thread.last_post_at
            ),
        )

    def _answered(self, post: Any, claim: Any, essay: Any) -> Answered:
        if _is_answer(post):
            href = self.site + reverse("posts:post", args=[post.parent_id])
            return Answered(urn("post", post.parent_id, post.parent.created_at), href)
        if claim is not None:
            return Answered(claim_urn(claim), self.site + claim.get_absolute_url())
        ref = urn("essay", essay.pk, post.essay_born)
        return Answered(ref, self.site + essay.get_absolute_url())

    def speaker(self, post: Any, essay: Any) -> Person:
        """Whoever speaks in the name of the essay's author goes by that name alone."""
        if post.as_author:
            return Person(essay.author_name)
        return Person(post.author.name, self.site + post.author.get_absolute_url())


def claim_urn(claim: Any) -> str:
    return urn("claim", claim.pk, claim.created_at)


def _is_answer(post: Any) -> bool:
    """To another post than the statement of a claim."""
    return post.parent_id is not None and post.parent.depth > 0


def _relation(post: Any) -> str:
    counterpoint = getattr(post, "counterpoint", None)
    return counterpoint.relation if counterpoint else ""


def _does(post: Any, relation: str, claim: Any, essay: Any) -> str:
    words = _DOES_TO_COUNTERPOINT if _is_answer(post) else _DOES_TO_CLAIM
    return words[relation] % {"number": claim.number, "title": essay.title}


def _claim_words(claim: Any, essay: Any) -> str:
    return _("Claim %(number)s of %(title)s") % {"number": claim.number, "title": essay.title}


def _stands(claim: Any) -> str:
    return format_html(
        "<blockquote><p>{}</p></blockquote><p>{}</p>",
        claim.passage.exact,
        _("Standing: %(standing)s.") % {"standing": small(STANDING_WORDS[claim.label])},
    )


def _line(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(TITLE_LENGTH)
