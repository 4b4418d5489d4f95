"""Erases a member: the person at once, in one transaction; their words post by post, after it.

Votes leave their sums behind, in which nobody can be told from anybody. Whatever was interrupted
goes on when it is called again: the departure is there until all is done.
"""

import logging
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from essays.models import Essay
from forum.accounts.erasing import empty_person, end_unlisted_sessions
from forum.accounts.models import User
from forum.counterpoints.erasing import erase_words, forget_link_words
from forum.counterpoints.models import Correction
from forum.counterpoints.stances import forget_stances
from forum.exchange.models import DataRequest, Departure, RequestKind
from forum.exchange.ties import TIES
from forum.moderation.erasing import forget_member
from forum.notifications.erasing import forget_followers, forget_words_of
from forum.notifications.muting import forget_mutes_of
from forum.posts.erasing import erase_comment, posts_of
from forum.posts.models import Post, ThreadKind
from forum.posts.naming import BATCH, renew_batch

logger = logging.getLogger(__name__)


def erase(
    *,
    member: User,
    keeps_posts: bool,
    asked_by: str,
    asked_at: datetime | None = None,
    now: datetime | None = None,
) -> User:
    """`asked_at` where it was by letter; of whoever asked on the site it is known."""
    now = now or timezone.now()
    if member.erased_at is None:
        member = erase_person(
            member, keeps_posts=keeps_posts, asked_by=asked_by,
            asked_at=asked_at or _asked_here(member) or now, now=now,
        )  # fmt: skip
    if keeps_posts:
        _renew_cards(member)
    else:
        _erase_words(member, now)
    Departure.objects.filter(member=member).delete()
    logger.info("Erased the member who is now %s, asked by %s.", member.username, asked_by)
    return member


def _asked_here(member: User) -> datetime | None:
    return Departure.objects.filter(member=member).values_list("asked_at", flat=True).first()


@transaction.atomic
def erase_person(
    member: User, *, keeps_posts: bool, asked_by: str, asked_at: datetime, now: datetime
) -> User:
    """The first part of it. `erase` goes on from there, and so does the worker."""
    member = empty_person(member=member, now=now)
    end_unlisted_sessions(member)
    # Before their votes, which the camps are counted by.
    forget_stances(member=member)
    for tie in TIES:
        if tie.goes and tie.model != "exchange.Departure":
            tie.rows(member).delete()
    Essay.objects.filter(author=member).update(author=None)
    Correction.objects.filter(credited=member).update(credited=None)
    forget_member(member)
    forget_followers(member)
    forget_mutes_of(member)
    _forget_in_the_admin(member)
    DataRequest.objects.create(
        member=member, kind=RequestKind.ERASURE, asked_by=asked_by, asked_at=asked_at, at=now,
        keeps_posts=keeps_posts,
    )  # fmt: skip
    Departure.objects.update_or_create(
        member=member,
        defaults={"keeps_posts": keeps_posts, "asked_at": now, "due_at": now},
    )
    return member


def _forget_in_the_admin(member: User) -> None:
    """What keepers did to the account is listed there under the name that it had."""
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=kind, object_id=str(member.pk)).update(
        object_repr=member.name, change_message=""
    )


def _renew_cards(member: User) -> None:
    last = renew_batch(member.pk, before=None, size=BATCH)
    while last is not None:
        last = renew_batch(member.pk, before=last, size=BATCH)


def _erase_words(member: User, now: datetime) -> None:
    forget_words_of(member)
    forget_link_words(member)
    last = 0
    while posts := posts_of(member, after=last, most=BATCH):
        for post in posts:
            _erase_post(post, now)
        last = posts[-1].pk


def _erase_post(post: Post, now: datetime) -> None:
    act = erase_words if post.thread.kind == ThreadKind.CLAIM else erase_comment
    act(post=post, now=now)
