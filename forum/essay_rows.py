"""The rows of a list of essays, each kept under the version of its essay: with each post somewhere
the list is made anew, and all of its rows but one say what they said before.
"""

from collections.abc import Sequence
from typing import Any

from essays.models import Essay
from forum.essay_lists import add_strips
from forum.lib.fragments import Fragment
from forum.lib.shells import dress

_ROW = Fragment("forum/_essay_row.html")


def add_rows(essays: Sequence[Essay]) -> None:
    """Give each essay `row_html`; one query, for those that are not kept."""
    dressed = dress()
    rows: list[Any] = list(essays)
    for essay in rows:
        essay.row_html = _ROW.known(_says(essay), dressed)
    new = [essay for essay in rows if essay.row_html is None]
    add_strips(new)
    for essay in new:
        essay.row_html = _ROW.html({"essay": essay}, _says(essay))


def _says(essay: Essay) -> tuple[int, int]:
    """Its version is raised with all that its row shows."""
    return essay.pk, essay.version
