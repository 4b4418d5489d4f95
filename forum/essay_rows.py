"""The rows of a list of essays. Most say what they said a minute ago, so they are kept."""

from collections.abc import Iterable
from typing import Any

from essays.models import Essay
from forum.lib.fragments import Fragment

_ROW = Fragment("forum/_essay_row.html")


def add_rows(essays: Iterable[Essay]) -> None:
    """Give each essay `row_html`; it must have its `labels`: see essay_lists.add_strips."""
    for essay in essays:
        essay.row_html = _ROW.html({"essay": essay}, _says(essay))  # type: ignore[attr-defined]


def _says(essay: Any) -> tuple[Any, ...]:
    return (
        essay.slug, essay.title, essay.summary, essay.author_name, essay.published_at,
        essay.claim_count > 0, essay.counterpoint_count, essay.post_count, *essay.labels,
    )  # fmt: skip
