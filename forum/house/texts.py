"""The words of the site's own pages: as they were written here, or else as they came."""

from functools import cache, lru_cache
from pathlib import Path

from forum.house.models import Page
from forum.lib.rendering import render_essay

FOLDER = Path(__file__).resolve().parent / "pages"


def source_of(name: str) -> str:
    """One query."""
    written = Page.objects.filter(name=name).values_list("source", flat=True).first()
    return written or as_it_came(name)


@cache
def as_it_came(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def html_of(name: str) -> str:
    return _html(source_of(name))


# As many as there are pages, and some that were just edited.
@lru_cache(maxsize=12)
def _html(source: str) -> str:
    return render_essay(source).html
