"""What the pages of an import show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from essays.import_forms import BeginningForm, CutForm
from essays.importing import is_unchanged, known_essays
from essays.layout import Addresses, compose, headings
from essays.manuscript_actions import state_of
from essays.manuscripts import cutting
from essays.manuscripts.notes import without_references
from essays.manuscripts.oddities import oddities
from essays.manuscripts.pieces import Block, Doubt, Piece
from essays.manuscripts.summaries import summary_of
from essays.manuscripts.titles import excerpt
from essays.manuscripts.words import words_of
from essays.models import Essay, Manuscript
from forum.lib.languages import direction_of_text
from forum.lib.nouns import digits
from forum.lib.rendering import Unrenderable, render_essay, trusted

MOST_WAITING = 20
# Of a paragraph at a cut, enough to know it by.
LONGEST_SHOWN = 240
# Of a block, what is looked at to show so much.
_LOOKED_AT = 2_000


@dataclass(slots=True)
class Row:
    """One essay of the manuscript, with its fields."""

    number: int
    piece: Piece
    take: Any
    title: Any
    tags: Any
    doubts: list[Doubt]
    named: list[Doubt]
    prospect: str
    # Whether the look of its beginning left a doubt.
    is_doubtful: bool

    @property
    def look_act(self) -> str:
        return f"look:{self.number}"

    @property
    def words(self) -> str:
        return digits(self.piece.words)

    @property
    def paragraphs(self) -> str:
        return digits(self.piece.paragraphs)


@dataclass(slots=True)
class Boundary:
    """Where an essay begins: the words on either side of the cut."""

    number: int
    end: str
    start: str
    lines: str
    file: str
    can_cut_later: bool
    can_cut_earlier: bool
    is_doubtful: bool

    @property
    def before(self) -> int:
        return self.number - 1


def waiting() -> QuerySet[Manuscript]:
    """Manuscripts that nobody has said yes or no to yet."""
    return Manuscript.objects.defer("pieces").select_related("uploaded_by")[:MOST_WAITING]


def find(pk: int) -> Manuscript | None:
    return Manuscript.objects.filter(pk=pk).first()


def cut_context(manuscript: Manuscript, form: CutForm) -> dict[str, Any]:
    pieces = form.pieces
    known = known_essays(pieces)
    rows = [
        _row(form, place, piece, _prospect(piece, known.get(place)))
        for place, piece in enumerate(pieces)
    ]
    boundaries = [
        _boundary(pieces, row.number - 1, is_doubtful=row.is_doubtful)
        for row in rows
        if cutting.can_join(pieces, row.number - 1)
    ]
    return {
        "manuscript": manuscript,
        "form": form,
        "rows": rows,
        "taken": sum(piece.is_taken for piece in pieces),
        "words": sum(piece.words for piece in pieces),
        "paragraphs": sum(piece.paragraphs for piece in pieces),
        "warnings": sum(len(row.doubts) + len(row.named) for row in rows),
        "without_summary": sum(not piece.summary for piece in pieces),
        "with_author": [row for row in rows if row.piece.author],
        "named": [(row, doubt) for row in rows for doubt in row.named],
        "doubtful": [boundary for boundary in boundaries if boundary.is_doubtful],
        "others": [boundary for boundary in boundaries if not boundary.is_doubtful],
    }


def _row(form: CutForm, place: int, piece: Piece, prospect: str) -> Row:
    odd = oddities(piece, is_first=place == 0)
    found = [doubt for doubt in piece.doubts if not doubt.named]
    beginning = {piece.lines[0], *(block.first for block in piece.blocks[:1])}
    return Row(
        number=place + 1,
        piece=piece,
        take=form[f"take_{place}"],
        title=form[f"title_{place}"],
        tags=form[f"tags_{place}"],
        doubts=odd + found,
        named=[doubt for doubt in piece.doubts if doubt.named],
        prospect=prospect,
        is_doubtful=any(doubt.line in beginning for doubt in odd + found),
    )


def _prospect(piece: Piece, essay: Essay | None) -> str:
    if essay is None or not piece.is_taken:
        return ""
    if is_unchanged(piece, essay):
        return _("It is here already, with these words: nothing will change.")
    number = essay.current_revision.number + 1 if essay.current_revision else 1
    if essay.is_published:
        words = _(
            "It is here with other words: this makes revision %(number)s, which readers see at"
            " once; or a draft, if claims stand on words that changed."
        )
    else:
        words = _(
            "It is here with other words: this makes revision %(number)s; or a draft, if claims"
            " stand on words that changed."
        )
    return words % {"number": number}


def _boundary(pieces: Sequence[Piece], at: int, *, is_doubtful: bool) -> Boundary:
    before, after = pieces[at - 1], pieces[at]
    last = before.blocks[-1:]
    lines = (
        last[0].first if last else before.lines[0],
        after.blocks[0].last if after.blocks else after.lines[1],
    )
    return Boundary(
        number=at + 1,
        end=_end_of(last[0]) if last else before.title,
        start=_start_of(after.blocks[0]) if after.blocks else after.title,
        lines=_("%(first)s to %(last)s") % {"first": digits(lines[0]), "last": digits(lines[1])},
        file=after.file,
        can_cut_later=cutting.can_cut_later(list(pieces), at),
        can_cut_earlier=cutting.can_cut_earlier(list(pieces), at),
        is_doubtful=is_doubtful,
    )


def _start_of(block: Block) -> str:
    return excerpt(words_of(without_references(block.source[:_LOOKED_AT])), LONGEST_SHOWN)


def _end_of(block: Block) -> str:
    words = words_of(without_references(block.source[-_LOOKED_AT:]))
    shown = words[-LONGEST_SHOWN:]
    return words if shown == words else f"… {shown[shown.find(' ') + 1 :]}"


def look_context(
    manuscript: Manuscript, pieces: Sequence[Piece], at: int, form: BeginningForm
) -> dict[str, Any]:
    """An essay as its page will show it."""
    piece = pieces[at]
    text, why_not, way = "", "", "ltr"
    sections: list[tuple[str, str]] = []
    try:
        rendered = render_essay(piece.source)
        way = direction_of_text(rendered.text)
        path = reverse("manuscript-look", args=[manuscript.pk, at + 1])
        text = compose(rendered.blocks, [], Addresses(challenge=None, permalink=path, revision=1))
        sections = [(name, words) for name, words, _ in headings(rendered.blocks, rendered.text)]
    except Unrenderable as error:
        why_not = str(error)
    return {
        "manuscript": manuscript,
        "number": at + 1,
        "piece": piece,
        "author": piece.author or manuscript.author_name,
        "summary": summary_of(piece),
        "why_not": why_not,
        "form": form,
        "sections": sections,
        "direction": way,
        "text_html": trusted(text),
    }


def beginning_form(pieces: Sequence[Piece], at: int, data: Any = None) -> BeginningForm:
    blocks = [
        (place, f"{place + 1}. {excerpt(' '.join(block.source[:200].split()))}")
        for place, block in enumerate(pieces[at].blocks)
    ]
    return BeginningForm(data, state=state_of(pieces), blocks=blocks[1:])
