from collections.abc import Iterable

from django.db.models.functions import Lower
from taggit.models import Tag

from essays.manuscripts.pieces import Piece


class KnownTags:
    """The site's tags by their names, whatever the capitals."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        names = {tag.lower() for piece in pieces for tag in piece.tags}
        there = Tag.objects.annotate(low=Lower("name")).filter(low__in=names) if names else []
        self.known = {tag.name.lower(): tag.name for tag in there}

    def of(self, piece: Piece) -> list[str]:
        return [self.known.setdefault(tag.lower(), tag) for tag in piece.tags]
