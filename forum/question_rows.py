"""The rows of a list of claims that wait for an answer, kept like those of essays."""

from collections.abc import Iterable
from typing import Any

from forum.counterpoints.models import Claim
from forum.lib.fragments import Fragment

_ROW = Fragment("forum/_question.html")


def add_question_rows(claims: Iterable[Claim]) -> None:
    """Give each claim, read as by `essay_lists.open_questions`, its `row_html`."""
    for claim in claims:
        claim.row_html = _ROW.html({"claim": claim}, _says(claim))  # type: ignore[attr-defined]


def _says(claim: Any) -> tuple[Any, ...]:
    author = claim.decided_by.post.author
    return (
        claim.pk, claim.label, claim.label_since, claim.statement, claim.decided_by_id,
        author.name, claim.essay.slug, claim.essay.title,
    )  # fmt: skip
