"""Sentences that members keep for themselves."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from essays import permissions
from essays.models import Bookmark, Revision
from essays.sentence_fates import Number, sentences_of
from forum.accounts.models import User
from forum.lib.keyset import Order, page
from forum.lib.verdict import ensure

BOOKMARKS_A_PAGE = 20
NEWEST = Order("id", is_falling=True)


def bookmark_of(member: Any, revision: Revision, number: Number) -> Bookmark | None:
    if not member.is_authenticated:
        return None
    paragraph, sentence = number
    kept = Bookmark.objects.filter(member=member, revision=revision)
    return kept.filter(paragraph=paragraph, sentence=sentence).first()


@transaction.atomic
def keep(
    *,
    member: User,
    revision: Revision,
    number: Number,
    note: str = "",
    now: datetime | None = None,
) -> Bookmark:
    """Keep the sentence, or change its note. Raises `KeyError` for a number it does not have."""
    start, end = sentences_of(revision)[number]
    kept = bookmark_of(member, revision, number)
    ensure(permissions.can_bookmark(member, revision.essay, is_new=kept is None))
    paragraph, sentence = number
    made, _ = Bookmark.objects.update_or_create(
        member=member, revision=revision, paragraph=paragraph, sentence=sentence,
        defaults={"note": note.strip()},
        create_defaults={
            "note": note.strip(), "words": revision.text[start:end],
            "made_at": now or timezone.now(),
        },
    )  # fmt: skip
    return made


def remove(*, member: User, revision: Revision, number: Number) -> None:
    """What is not kept stays so: twice is the same as once."""
    paragraph, sentence = number
    kept = Bookmark.objects.filter(member=member, revision=revision)
    kept.filter(paragraph=paragraph, sentence=sentence).delete()


def bookmarks_of(member: User, *, after: str = "") -> tuple[list[Bookmark], str]:
    """A page of them, the newest first, and what the next page follows; 1 query."""
    rows = Bookmark.objects.filter(member=member).select_related("revision__essay")
    long = ("source", "html", "text", "blocks")
    rows = rows.defer("revision__essay__folded", *(f"revision__{name}" for name in long))
    return page(rows, NEWEST, size=BOOKMARKS_A_PAGE, after=after)
