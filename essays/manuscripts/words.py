"""The words that a piece of Markdown shows."""

from forum.lib.rendering import Unrenderable, render_essay


def words_of(source: str) -> str:
    try:
        return " ".join(render_essay(source).text.split())
    except Unrenderable:
        return source
