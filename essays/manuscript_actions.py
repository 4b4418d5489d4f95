"""A manuscript on the desk: brought, corrected, made essays of, or thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from essays import permissions
from essays.drafting import Overtaken
from essays.importing import Imported, store
from essays.manuscripts import cutting
from essays.manuscripts.pieces import Piece, from_json
from essays.models import Essay, Manuscript
from forum.lib.verdict import ensure

CORRECTED_ELSEWHERE = _(
    "This cut was corrected in another window. Here is how it is now; what you typed was not kept."
)
CORRECTIONS = {
    "join": (cutting.can_join, cutting.join),
    "later": (cutting.can_cut_later, cutting.cut_later),
    "earlier": (cutting.can_cut_earlier, cutting.cut_earlier),
}


@dataclass(slots=True)
class Said:
    """What an editor says of the pieces, by their places."""

    author_name: str = ""
    taken: dict[int, bool] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    tags: dict[int, list[str]] = field(default_factory=dict)


def pieces_of(manuscript: Manuscript) -> list[Piece]:
    return [from_json(stored) for stored in manuscript.pieces]


def state_of(pieces: Sequence[Piece]) -> str:
    """Changes with the cut, so that a correction is never made of another one."""
    cut = [(piece.file, piece.lines, piece.paragraphs) for piece in pieces]
    return sha256(repr(cut).encode()).hexdigest()[:16]


@transaction.atomic
def bring(
    *, by: Any, file_name: str, pieces: Sequence[Piece], author_name: str,
    now: datetime | None = None,
) -> Manuscript:  # fmt: skip
    ensure(permissions.can_edit(by, Essay()))
    authors = {piece.author for piece in pieces}
    if len(authors) == 1 and not author_name:
        # Said of each alike, it is said once, where it can be corrected.
        author_name = authors.pop()
        for piece in pieces:
            piece.author = ""
    return Manuscript.objects.create(
        file_name=file_name, author_name=author_name, uploaded_by=by,
        uploaded_at=now or timezone.now(), pieces=[piece.as_json() for piece in pieces],
    )  # fmt: skip


@transaction.atomic
def correct(
    *, by: Any, manuscript: Manuscript, seen: str, said: Said, act: str = "", at: int = 0
) -> None:
    """Keep what was typed; then join an essay with the one before, or move where it begins.

    Raises `Overtaken` where `seen` is no longer the cut.
    """
    manuscript, pieces = _held(by, manuscript, seen)
    _take_over(manuscript, pieces, said)
    if act in CORRECTIONS:
        may, correction = CORRECTIONS[act]
        if may(pieces, at):
            correction(pieces, at)
    _keep(manuscript, pieces)


@transaction.atomic
def begin_essay(*, by: Any, manuscript: Manuscript, seen: str, at: int, block: int) -> None:
    """Let another essay begin with a paragraph of this one."""
    manuscript, pieces = _held(by, manuscript, seen)
    if cutting.can_begin(pieces, at, block):
        cutting.begin(pieces, at, block)
    _keep(manuscript, pieces)


@transaction.atomic
def make_essays(*, by: Any, manuscript: Manuscript, seen: str, said: Said) -> list[Imported]:
    """Raises `Unready` with every reason, and then nothing was stored."""
    manuscript, pieces = _held(by, manuscript, seen)
    _take_over(manuscript, pieces, said)
    done = store(
        pieces=pieces, author_name=manuscript.author_name, file_name=manuscript.file_name, by=by
    )
    manuscript.delete()
    return done


@transaction.atomic
def discard(*, by: Any, manuscript: Manuscript) -> None:
    ensure(permissions.can_edit(by, Essay()))
    manuscript.delete()


def _held(by: Any, manuscript: Manuscript, seen: str) -> tuple[Manuscript, list[Piece]]:
    ensure(permissions.can_edit(by, Essay()))
    manuscript = Manuscript.objects.select_for_update().get(pk=manuscript.pk)
    pieces = pieces_of(manuscript)
    if state_of(pieces) != seen:
        raise Overtaken(CORRECTED_ELSEWHERE)
    return manuscript, pieces


def _take_over(manuscript: Manuscript, pieces: Sequence[Piece], said: Said) -> None:
    manuscript.author_name = said.author_name
    for place, piece in enumerate(pieces):
        piece.is_taken = said.taken.get(place, piece.is_taken)
        piece.tags = said.tags.get(place, piece.tags)
        title = said.titles.get(place, piece.title)
        if title != piece.title:
            piece.title, piece.is_titled = title, True


def _keep(manuscript: Manuscript, pieces: Sequence[Piece]) -> None:
    manuscript.pieces = [piece.as_json() for piece in pieces]
    manuscript.save(update_fields=["pieces", "author_name"])
