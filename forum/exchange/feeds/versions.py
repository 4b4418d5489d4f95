"""Of what each feed is, and in which version: one cheap query, asked before anything is made.

The versions are those of the pages that show the same things; whoever may not read these gets no
feed either.
"""

from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Sum, Value
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from taggit.models import Tag

from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints import tree_pages
from forum.discussion import querysets as discussions
from forum.exchange.feeds import subjects
from forum.exchange.feeds.streams import SIZE
from forum.lib.prepared import Prepared
from forum.lib.visitor_pages import Probe, version_of
from forum.posts.models import Thread

STRANGER = AnonymousUser()


@cache
def _sums() -> Prepared:
    def build(now: datetime) -> Any:
        essays = Essay.objects.order_by().filter(
            published_at__lte=now, current_revision__isnull=False, retired_at=None
        )
        sums = essays.values(whole=Value(1)).annotate(versions=Sum("version"), ids=Sum("id"))
        return sums.values_list("versions", "ids")

    return Prepared(build)


def load_site(request: HttpRequest) -> tuple[None, str]:
    now, probed = timezone.now(), getattr(request, "probed", None)
    rows = _sums()(now=now) if probed is None else _sums().read(probed, now=now)
    return None, version_of("feed", *(rows[0] if rows else (0, 0)))


def probe_site() -> Probe:
    return Probe("feed", *_sums().statement(now=timezone.now()), columns=(0, 1))


def load_tag(_request: HttpRequest, slug: str) -> tuple[Tag, str]:
    tag = get_object_or_404(Tag.objects.order_by("pk"), slug=slug)
    sums = subjects.listed(tag).aggregate(versions=Sum("version"), ids=Sum("id"))
    return tag, version_of("feed.tag", tag.pk, sums["versions"], sums["ids"])


@cache
def _essay() -> Prepared:
    columns = ("pk", "version", "published_at", "title", "slug")
    essays = Essay.objects.order_by()
    return Prepared(
        lambda slug: essays.filter(slug=slug, current_revision__isnull=False).values_list(*columns)
    )


def load_essay(request: HttpRequest, slug: str) -> tuple[Essay, str]:
    probed = getattr(request, "probed", None)
    rows = _essay()(slug=slug) if probed is None else _essay().read(probed, slug=slug)
    for pk, version, published_at, title, address in rows:
        if published_at is not None and published_at <= timezone.now():
            essay = Essay(pk=pk, published_at=published_at, title=title, slug=address)
            return essay, version_of("feed.essay", pk, version)
    raise Http404("There is no such essay.")


def probe_essay(slug: str) -> Probe:
    return Probe("feed.essay", *_essay().statement(slug=slug), columns=(0, 1))


def load_claim(request: HttpRequest, pk: int) -> tuple[int, str]:
    version = tree_pages.version_for_all(pk, getattr(request, "probed", None))
    if not version:
        raise Http404("There is no such claim.")
    return pk, version


probe_claim = tree_pages.version_probe


def load_discussion(request: HttpRequest, slug: str) -> tuple[Thread, str]:
    probed = getattr(request, "probed", None)
    thread, _ = discussions.find_discussion(STRANGER, slug, probed)
    return thread, version_of("discussion", thread.essay_id, thread.essay.version, thread.version)


probe_discussion = discussions.version_probe


def load_member(request: HttpRequest, username: str) -> tuple[User, str]:
    """No number is raised by every change of what a member wrote, so their newest posts are asked
    in which version the pages are that show them: in an index of a member's own, without a word.
    """
    member = get_object_or_404(User, username=username, is_active=True)
    essays = subjects.listed().filter(author=member)
    told: list[Any] = [member.name, essays.aggregate(Sum("version"), Sum("id"))]
    posts = subjects.posts_of(member)
    of_pages = ("thread__version", "thread__essay__version")
    if request.GET.get("before"):
        # A later page shows older posts: the sums over all of them tell of each.
        told.append(posts.aggregate(Sum("pk"), *map(Sum, of_pages)))
    else:
        told.append(list(posts.order_by("-pk").values_list("pk", *of_pages)[: SIZE + 1]))
    return member, version_of("feed.member", member.pk, sha256(repr(told).encode()).hexdigest())
