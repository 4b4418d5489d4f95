"""The words of the site's own pages: as they were written here, or else as they came."""

from functools import cache, lru_cache
from pathlib import Path

from forum.house.models import Page
from forum.lib.languages import present
from forum.lib.rendering import render_essay, with_words

FOLDER = Path(__file__).resolve().parent / "pages"


def source_of(name: str, language: str = "") -> str:
    """One query. What the keepers wrote is there in the language in which they wrote it."""
    written = Page.objects.filter(name=name).values_list("source", flat=True).first()
    return written or as_it_came(name, language)


@cache
def as_it_came(name: str, language: str = "") -> str:
    """In English where it has not been translated: a translation is `rules.de.md`."""
    translated = FOLDER / f"{name}.{language}.md"
    path = translated if translated.is_file() else FOLDER / f"{name}.md"
    return path.read_text(encoding="utf-8")


def html_of(name: str) -> str:
    return with_words(_html(source_of(name, present())))


# As many as there are pages and languages, and some that were just edited.
@lru_cache(maxsize=24)
def _html(source: str) -> str:
    return render_essay(source).html
