"""Keeping what members have not posted yet. Nothing of it is ever written over unseen: where two
devices go on from the same draft, the later makes a draft of its own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from forum.accounts.models import User
from forum.guard.models import FormKey
from forum.lib.prepared import PreparedDelete
from forum.lib.prepared_objects import PreparedObjects
from forum.lib.verdict import ensure
from forum.posts import permissions
from forum.posts.models import TYPED, Draft

# Whoever has not come back to a text after this long has given it up; the page of drafts says so.
LIFE = timedelta(days=60)

Fields = Mapping[str, list[str]]
NEWEST = ("-kept_at", "-pk")
# A draft's id, and the version of it that a form goes on from.
Seen = tuple[int, int]


def is_blank(fields: Fields) -> bool:
    return not any(text.strip() for name in TYPED for text in fields.get(name, ()))


@transaction.atomic
def keep(  # noqa: PLR0913 — a draft has that many parts
    *,
    author: User,
    place: str,
    url: str,
    about: str,
    fields: Fields,
    form_key: UUID,
    seen: Seen | None = None,
    is_begun_signed_out: bool = False,
    now: datetime | None = None,
) -> Draft | None:
    """Keep what stands in a form. None where there is nothing to keep: nobody wrote anything, or
    the form was posted in the meantime."""
    if is_blank(fields) or FormKey.objects.filter(user=author, key=form_key, action=place).exists():
        return None
    now = now or timezone.now()
    draft = _gone_on_with(author, place, form_key, seen)
    ensure(permissions.can_keep_draft(author, fields, is_new=draft is None))
    if draft is None:
        draft = Draft(
            author=author, place=place, form_key=form_key, begun_at=now,
            is_begun_signed_out=is_begun_signed_out,
        )  # fmt: skip
    else:
        draft.version += 1
    draft.url, draft.about, draft.fields = url, about[:300], dict(fields)
    draft.form_key, draft.kept_at = form_key, now
    draft.save()
    return draft


def _gone_on_with(author: User, place: str, form_key: UUID, seen: Seen | None) -> Draft | None:
    """The draft that this form wrote last, or the one that it took up and nobody changed since."""
    rule = Q(form_key=form_key)
    if seen is not None:
        pk, version = seen
        rule |= Q(pk=pk, version=version)
    drafts = Draft.objects.select_for_update().filter(rule, author=author, place=place)
    return drafts.order_by("-version").first()


_use_up = PreparedDelete(
    lambda author, place, key: Draft.objects.filter(form_key=key, author=author, place=place)
)
_use_up_seen = PreparedDelete(
    lambda author, place, key, pk, version: Draft.objects.filter(
        Q(form_key=key) | Q(pk=pk, version=version), author=author, place=place
    )
)


def use_up(*, author: User, place: str, form_key: UUID, seen: Seen | None = None) -> None:
    """Its form was posted. One that another device wrote on since stays."""
    own = {"author": author.pk, "place": place, "key": form_key}
    if seen is None:
        _use_up(**own)
    else:
        pk, version = seen
        _use_up_seen(**own, pk=pk, version=version)


@transaction.atomic
def throw_away(*, by: User, draft: Draft) -> None:
    ensure(permissions.can_throw_away(by, draft))
    draft.delete()


def move_drafts(drafts: "QuerySet[Draft]", before: str, after: str) -> None:
    """To the places that begin with `after` and go on as theirs do after `before`.

    A key is whatever its form sends: whoever keeps two texts under one still has both of them, the
    one that is moved under another key.
    """
    moving = drafts.annotate(goes=Concat(Value(after), Substr("place", len(before) + 1)))
    there = Draft.objects.filter(
        author=OuterRef("author"), form_key=OuterRef("form_key"), place=OuterRef("goes")
    )
    for pk in list(moving.filter(Exists(there)).values_list("pk", flat=True)):
        Draft.objects.filter(pk=pk).update(form_key=uuid4())
    drafts.update(place=Concat(Value(after), Substr("place", len(before) + 1)))


def drafts_of(user: Any) -> "QuerySet[Draft]":
    """Their own, the newest first."""
    return Draft.objects.filter(author=user).order_by(*NEWEST)


def newest_at(user: Any, place: str) -> list[Draft]:
    """The newest draft of a place, and the one before it if there is one; one query."""
    return _newest_query()(author=user.pk, place=place)


@cache
def _newest_query() -> PreparedObjects:
    return PreparedObjects(
        lambda author, place: Draft.objects.filter(author=author, place=place).order_by(*NEWEST)[:2]
    )


def erase_drafts(author: User) -> int:
    """With all that is about a member. Returns how many."""
    return Draft.objects.filter(author=author).delete()[0]


def forget_old_drafts(*, now: datetime | None = None) -> int:
    """Drop what nobody has come back to; periodic work. Returns how many."""
    limit = (now or timezone.now()) - LIFE
    return Draft.objects.filter(kept_at__lt=limit).delete()[0]
