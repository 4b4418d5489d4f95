"""The words that stand for an essay in lists, where its writer gave none."""

from essays.manuscripts.notes import without_references
from essays.manuscripts.pieces import Piece
from essays.manuscripts.titles import ends_a_sentence
from forum.lib.rendering import Unrenderable, render_essay

LONGEST_SUMMARY = 300
# Below its title an essay may have a heading, a motto, a picture: its first paragraph is not far.
MOST_BLOCKS_LOOKED_AT = 10


def summary_of(piece: Piece) -> str:
    """Its own, or the first sentences that fit."""
    return piece.summary or _first_sentences(piece)


def _first_sentences(piece: Piece) -> str:
    for block in piece.blocks[:MOST_BLOCKS_LOOKED_AT]:
        try:
            rendered = render_essay(without_references(block.source))
        except Unrenderable:
            continue
        for shown in rendered.blocks:
            words = rendered.text[shown["start"] : shown["end"]]
            if shown["kind"] == "paragraph" and ends_a_sentence(words):
                return _that_fit(rendered.text, shown["sentences"])
    return piece.title


def _that_fit(text: str, sentences: list[list[int]]) -> str:
    start = sentences[0][0]
    ends = [end for _, end in sentences if end - start <= LONGEST_SUMMARY]
    if ends:
        return text[start : ends[-1]]
    # One sentence that is too long: as many of its words as fit, and a sign that there are more.
    words = text[start : start + LONGEST_SUMMARY - 1]
    return f"{words.rsplit(' ', 1)[0].rstrip(' ,;:–—-')} …" if " " in words else f"{words}…"
