"""The newest essay, at the head of the home page, kept under its version like the rows below it."""

from typing import Any

from forum.counterpoints.opening_bars import BARS, opening_bars_html
from forum.counterpoints.signs import signs_of_claims
from forum.essay_lists import add_strips, question_on
from forum.lib.fragments import Fragment

_LEAD = Fragment("forum/_lead.html")


def add_lead(essay: Any) -> None:
    """Give it `lead_html`."""
    essay.lead_html = _LEAD.made(lambda: _context(essay), (essay.pk, essay.version))


def _context(essay: Any) -> dict[str, Any]:
    add_strips([essay])
    signs = signs_of_claims([claim for claim, _ in essay.labelled[:BARS]])
    return {
        "essay": essay,
        "bars_html": opening_bars_html(essay.labelled, signs),
        "question": question_on(essay) if essay.open_count else None,
    }
