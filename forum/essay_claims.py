"""What an essay's page shows of each of its claims. With each post on an essay its page is made
anew, and most claims say what they said before.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from essays.layout import Mark
from forum.counterpoints.drawing import map_item_html
from forum.counterpoints.margin import describe, note_html, sign_html
from forum.counterpoints.models import Claim, Relation
from forum.counterpoints.printed import printed_note_html
from forum.counterpoints.signs import Sign, signs_of_claims
from forum.counterpoints.weighing import floor
from forum.lib.languages import present
from forum.lib.newest import Newest

# Some kB each, in each process's memory.
MOST = 2_000


class Shown(NamedTuple):
    """Of a claim in the text: its signs, its mark and note there, its line in the list beside the
    map, its note for the printer, and what the other lists of the page say of it."""

    signs: list[Sign]
    mark: Mark
    listed_html: str
    printed_html: str
    entry: dict[str, Any]


_shown: Newest[Shown] = Newest(MOST)


def shown(claims: Sequence[Any]) -> list[Shown]:
    """Of claims as `margin.claims_in_text` reads them, each with a place and the version of its
    debate, which is raised whenever one of its signs is another; one query for the signs of those
    that are not kept.
    """
    keys = {claim.pk: (present(), floor(), *_says(claim)) for claim in claims}
    kept = {pk: _shown.get(key) for pk, key in keys.items()}
    signs = signs_of_claims([pk for pk, found in kept.items() if found is None])
    told = []
    for claim in claims:
        found = kept[claim.pk]
        if found is None:
            found = _show(claim, signs.get(claim.pk, []))
            _shown.put(keys[claim.pk], found)
        told.append(found)
    return told


def entry(claim: Claim) -> dict[str, Any]:
    return {
        "number": claim.number,
        "label": claim.label,
        "url": f"#p-{claim.number}",
        "page": claim.get_absolute_url(),
        "statement": claim.statement,
        "counts": {name: getattr(claim, name) for name in Relation.values},
    }


def mark(claim: Any) -> Mark:
    return Mark(
        number=claim.number, label=claim.label, start=claim.start, end=claim.end,
        description=describe(claim), sign_html=sign_html(claim.label), note_html=note_html(claim),
    )  # fmt: skip


def _show(claim: Any, signs: list[Sign]) -> Shown:
    return Shown(
        signs=signs, mark=mark(claim), listed_html=map_item_html(claim, signs),
        printed_html=printed_note_html(claim), entry=entry(claim),
    )  # fmt: skip


def _says(claim: Any) -> Iterator[Any]:
    """Every value that was read of it, and of the posts and people beside it."""
    decider = claim.decided_by
    beside = (decider, decider.post, decider.post.author) if decider is not None else ()
    for row in (claim, claim.opening, *beside):
        for name, value in row.__dict__.items():
            if name != "_state":
                yield value
