"""Where a branch may be moved to: by the address of a claim, a post or a discussion, or by a
claim's number in the same essay.
"""

import re
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from essays.models import Essay
from forum.counterpoints.link_choice import find_named
from forum.counterpoints.models import Claim
from forum.discussion.actions import discussion_of
from forum.posts.models import Post, Thread, ThreadKind

# Asked for so, it becomes a branch of its own where it is.
ALONE = "alone"

_POST = re.compile(r"(?:(?:^|/)posts/|#post-)([0-9]{1,18})(?:/|$|\?|#)")
_ESSAY = re.compile(r"(?:^|/)essays/([-\w]+)/")


@dataclass(frozen=True, slots=True)
class Destination:
    """A thread, and in it the post that is answered there; None: the claim itself, or nothing."""

    thread: Thread
    answered: Post | None = None
    is_alone: bool = False

    @property
    def address(self) -> str:
        """By which it is found again."""
        if self.is_alone:
            return ALONE
        where: Post | Thread = self.answered or self.thread
        return where.get_absolute_url()

    @property
    def name(self) -> str:
        if self.is_alone:
            return _("a branch of its own")
        place = place_of(self.thread)
        if self.answered is None:
            return place
        return _("post %(number)d in %(place)s") % {"number": self.answered.pk, "place": place}


def place_of(thread: Thread) -> str:
    """claim 8 of The Horse Collar; the discussion of The Horse Collar."""
    if thread.kind == ThreadKind.CLAIM:
        place = {"claim": thread.claim.number, "essay": thread.essay.title}
        return _("claim %(claim)s of %(essay)s") % place
    return _("the discussion of %(essay)s") % {"essay": thread.essay.title}


def find(post: Post, asked: str) -> Destination | None:
    """What is meant by what was asked for, whether or not the post may go there."""
    asked = asked.strip()
    if asked == ALONE:
        return Destination(post.thread, is_alone=True)
    if found := _POST.search(asked):
        return _below(int(found[1]))
    if post.thread.kind == ThreadKind.CLAIM:
        return _claim(post.thread.claim, asked)
    return _discussion(asked)


def _below(pk: int) -> Destination | None:
    """Below that post; one that opens a claim stands for the claim."""
    read = Essay.objects.visible_to(AnonymousUser()).order_by().values("pk")
    posts = Post.objects.select_related("thread__essay", "thread__claim", "author")
    found = posts.filter(pk=pk, thread__essay__in=read).first()
    if found is None:
        return None
    return Destination(found.thread, None if found.is_statement else found)


def _claim(claim: Claim, asked: str) -> Destination | None:
    found = find_named(claim, asked)
    if not found:
        return None
    threads = Thread.objects.select_related("essay", "claim__opening")
    return Destination(threads.get(pk=found[0].pk))


def _discussion(asked: str) -> Destination | None:
    found = _ESSAY.search(asked)
    if not found:
        return None
    essay = Essay.objects.visible_to(AnonymousUser()).filter(slug=found[1]).first()
    if essay is None:
        return None
    # Nobody has said anything there yet: it is opened when something comes.
    unopened = Thread(essay=essay, kind=ThreadKind.DISCUSSION)
    return Destination(essay.threads.filter(kind=ThreadKind.DISCUSSION).first() or unopened)


def opened(to: Destination) -> Thread:
    return to.thread if to.thread.pk else discussion_of(to.thread.essay)
