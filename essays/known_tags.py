from collections.abc import Iterable

from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext as _
from taggit.models import Tag

from essays.manuscripts.pieces import Piece

# As long as the table of tags takes them.
LONGEST_TAG = 100


def why_no_tag(words: str) -> str | None:
    """What is wrong with a tag, in a sentence; letters of every script make an address."""
    if len(words) > LONGEST_TAG:
        return _("A tag has at most %(length)s characters.") % {"length": LONGEST_TAG}
    if not slugify(words, allow_unicode=True):
        return _("“%(tag)s” has no letters to make an address of.") % {"tag": words}
    return None


class KnownTags:
    """The site's tags by their names, whatever the capitals."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        names = {tag.lower() for piece in pieces for tag in piece.tags}
        there = Tag.objects.annotate(low=Lower("name")).filter(low__in=names) if names else []
        self.known = {tag.name.lower(): tag.name for tag in there}

    def of(self, piece: Piece) -> list[str]:
        return [self.known.setdefault(tag.lower(), tag) for tag in piece.tags]
