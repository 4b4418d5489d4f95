"""Feeds are the same for everybody: a member's reader gets what a stranger's gets."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from essays.models import Essay
from forum.accounts.models import User
from forum.exchange.feeds import atom, subjects, versions
from forum.exchange.feeds.atom import CONTENT_TYPE, Feed, Link, Person
from forum.exchange.feeds.entries import Entries, whole_claims
from forum.exchange.feeds.identity import NEVER, feed_urn, urn
from forum.exchange.feeds.streams import Stream, read_page
from forum.lib.house import house
from forum.lib.site_address import site_address
from forum.lib.visitor_pages import kept_for_visitors
from forum.posts.models import Thread


@login_not_required
@require_safe
@kept_for_visitors(versions.load_site, versions.probe_site, is_same_for_all=True)
def site_feed(request: HttpRequest, _subject: None) -> HttpResponse:
    streams = subjects.essays_and_claims(_entries(request))
    subtitle = _("Essays, and the claims that readers mark in them.")
    return _answer(
        request, streams, feed_urn("site"), house().name, reverse("home"), subtitle=subtitle
    )


@login_not_required
@require_safe
@kept_for_visitors(versions.load_tag, is_same_for_all=True)
def tag_feed(request: HttpRequest, tag: Tag, slug: str) -> HttpResponse:
    streams = subjects.essays_and_claims(_entries(request), tag)
    name = feed_urn("tag", tag.pk)
    title = f"{house().name}: {tag.name}"
    return _answer(request, streams, name, title, reverse("tag", args=[slug]))


@login_not_required
@require_safe
@kept_for_visitors(versions.load_essay, versions.probe_essay, is_same_for_all=True)
def essay_feed(request: HttpRequest, essay: Essay, slug: str) -> HttpResponse:
    streams = subjects.debate_of(_entries(request), essay)
    title = _("%(title)s: claims, counterpoints and revisions") % {"title": essay.title}
    name = feed_urn("essay", essay.pk)
    return _answer(request, streams, name, title, essay.get_absolute_url())


@login_not_required
@require_safe
@kept_for_visitors(versions.load_claim, versions.probe_claim, is_same_for_all=True)
def claim_feed(request: HttpRequest, thread: int, pk: int) -> HttpResponse:
    claim = get_object_or_404(whole_claims(), pk=thread)
    streams = subjects.counterpoints_on(_entries(request), thread)
    said = {"number": claim.number, "title": claim.essay.title}
    title = _("Counterpoints on claim %(number)s of %(title)s") % said
    name, url = urn("claim feed", claim.pk, claim.created_at), claim.get_absolute_url()
    return _answer(request, streams, name, title, url, subtitle=claim.statement)


@login_not_required
@require_safe
@kept_for_visitors(versions.load_discussion, versions.probe_discussion, is_same_for_all=True)
def discussion_feed(request: HttpRequest, thread: Thread, slug: str) -> HttpResponse:
    streams = subjects.remarks_in(_entries(request), thread)
    title = _("Open discussion of %(title)s") % {"title": thread.essay.title}
    name = feed_urn("discussion", thread.essay_id)
    return _answer(request, streams, name, title, reverse("discussion:thread", args=[slug]))


@login_not_required
@require_safe
@kept_for_visitors(versions.load_member, is_same_for_all=True)
def member_feed(request: HttpRequest, member: User, username: str) -> HttpResponse:
    streams = subjects.written_by(_entries(request), member)
    name = urn("member feed", member.pk, member.date_joined)
    url = member.get_absolute_url()
    author = Person(member.name, site_address(request) + url)
    title = _("%(name)s on %(site)s") % {"name": member.name, "site": house().name}
    return _answer(request, streams, name, title, url, author=author)


def _entries(request: HttpRequest) -> Entries:
    return Entries(site_address(request))


def _answer(
    request: HttpRequest, streams: Sequence[Stream], name: str, title: str, url: str, **more: Any
) -> HttpResponse:
    site, path = site_address(request), request.path
    before = request.GET.get("before", "")
    entries, following = read_page(streams, before)
    links = [Link("self", site + request.get_full_path(), CONTENT_TYPE)]
    links.append(Link("first", site + path, CONTENT_TYPE))
    if following:
        after = f"{path}?{urlencode({'before': following})}"
        links.append(Link("next", site + after, CONTENT_TYPE))
    feed = Feed(
        id=name, title=title, url=site + url, entries=entries, links=tuple(links),
        updated=max((entry.updated for entry in entries), default=NEVER),
        rights=settings.CONTENT_LICENCE, **more,
    )  # fmt: skip
    response = HttpResponse(atom.write(feed), content_type=f"{CONTENT_TYPE}; charset=utf-8")
    # Not that of the newest entry: one that is taken away makes the feed another, too.
    response.headers["Last-Modified"] = http_date(timezone.now().timestamp())
    return response
