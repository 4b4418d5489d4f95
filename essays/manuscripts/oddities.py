"""What looks odd about an essay as it is cut now: asked anew after each correction."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from essays.manuscripts.dates import moment_of
from essays.manuscripts.notes import idle, missing, without_references
from essays.manuscripts.pieces import Doubt, Piece
from essays.manuscripts.titles import excerpt
from essays.manuscripts.words import words_of
from forum.lib.nouns import count_word, counted

PROPOSED = gettext_noop("It has no title of its own: its first words stand in for one.")
FEWEST_WORDS = 20
MOST_NAMED = 8
# A first word that looks back at something said before.
_LOOKING_BACK = {
    "so", "but", "and", "or", "however", "therefore", "thus", "moreover", "nevertheless", "yet",
    "also", "then", "hence", "furthermore",
}  # fmt: skip


def oddities(piece: Piece, *, is_first: bool) -> list[Doubt]:
    """Of its cut and its notes; what the reading itself was not sure of lies in `doubts`."""
    found = []
    if not piece.is_titled:
        found.append(Doubt(PROPOSED, piece.lines[0]))
    if piece.blocks and piece.is_taken:
        found += _about_its_beginning(piece, is_first=is_first)
        if piece.words < FEWEST_WORDS:
            found.append(
                Doubt(
                    _("It has only %(words)s.") % {"words": counted(piece.words, "word")},
                    piece.lines[0],
                )
            )
    if piece.date and moment_of(piece.date) is None:
        found.append(
            Doubt(
                _("Its date is none that can be read: “%(excerpt)s”.")
                % {"excerpt": excerpt(piece.date)}
            )
        )
    if labels := missing(piece):
        words = ngettext(
            "A note has no text: %(labels)s.", "%(words)s notes have no text: %(labels)s.",
            len(labels),
        )  # fmt: skip
        found.append(_about_notes(labels, words))
    if labels := idle(piece):
        words = ngettext(
            "Nothing refers to a note, so no page shows it: %(labels)s.",
            "%(words)s notes are referred to by nothing, so no page shows them: %(labels)s.",
            len(labels),
        )
        found.append(_about_notes(labels, words))
    return found


def _about_its_beginning(piece: Piece, *, is_first: bool) -> list[Doubt]:
    opening = piece.blocks[0].source[:500].lstrip("\\ *_#>\"'“‘(-")
    first = opening.split(maxsplit=1)[0].rstrip(",;:") if opening else ""
    looks_back = first.lower() in _LOOKING_BACK and first[:1].isupper() and not is_first
    if not (looks_back or first[:1].islower()):
        return []
    words = excerpt(words_of(without_references(piece.blocks[0].source)))
    if is_first:
        return [
            Doubt(
                _("It starts with “%(words)s”, amid a sentence.") % {"words": words},
                piece.blocks[0].first,
            )
        ]
    return [
        Doubt(
            _("It starts with “%(words)s”: it may belong to the essay before.") % {"words": words},
            piece.blocks[0].first,
        )
    ]


def _about_notes(labels: list[str], words: str) -> Doubt:
    named = ", ".join(labels[:MOST_NAMED]) + (" …" if len(labels) > MOST_NAMED else "")
    return Doubt(words % {"words": capfirst(count_word(len(labels))), "labels": named})
