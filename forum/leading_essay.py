"""The newest essay, at the head of the home page, kept under its version like the rows below it."""

from typing import Any

from forum.counterpoints.opening_bars import opening_bars_html
from forum.counterpoints.signs import for_score
from forum.essay_lists import add_strips, question_on
from forum.lib.fragments import Fragment

_LEAD = Fragment("forum/_lead.html")


def add_lead(essay: Any) -> None:
    """Give it `lead_html`."""
    essay.lead_html = _LEAD.made(lambda: _context(essay), (essay.pk, essay.version))


def _context(essay: Any) -> dict[str, Any]:
    add_strips([essay])
    return {
        "essay": essay,
        "bars_html": opening_bars_html(essay.labelled, for_score(essay) if essay.labelled else {}),
        "question": question_on(essay) if essay.open_count else None,
    }
