"""What a manuscript says and what the essays cut from it show, white space aside."""

from pathlib import Path

from forum.lib.markdown import without_hidden
from forum.lib.rendering import render_essay

QUIRKS = (Path(__file__).parent / "quirks.txt").read_text(encoding="utf-8")


def bare(text):
    return "".join(without_hidden(text).split())


def shown(piece):
    return render_essay(piece.source).text


def all_shown(pieces):
    """Every word of the pieces, in the manuscript's order."""
    words = []
    for piece in pieces:
        parts = [(block.first, render_essay(block.source).text) for block in piece.blocks]
        parts += [(aside.first, aside.source) for aside in piece.asides]
        if piece.heading:
            parts.append((piece.heading.first, render_essay(piece.heading.source).text))
        # Blocks of one line keep their order.
        words += [text for _, text in sorted(parts, key=lambda part: part[0])]
    return bare("".join(words))


def said(piece):
    return [doubt.words for doubt in piece.doubts]
