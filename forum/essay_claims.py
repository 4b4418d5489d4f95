"""What an essay's page shows of each of its claims. With each post on an essay its page is made
anew, and most claims say what they said before.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from essays.layout import Mark
from forum.counterpoints.drawing import map_item_html
from forum.counterpoints.margin import describe, note_html, sign_html
from forum.counterpoints.models import Claim, Relation
from forum.counterpoints.printed import printed_note_html
from forum.counterpoints.signs import Sign
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


class Showing:
    """Of claims as `margin.claims_in_text` reads them, each with a place and the version of its
    debate, which is raised whenever one of its signs is another. What is kept of them is found at
    once; `new` are the others, of which the signs are needed.
    """

    def __init__(self, claims: Sequence[Any]) -> None:
        self.claims = claims
        self.keys = {claim.pk: (present(), floor(), *_says(claim)) for claim in claims}
        self.kept = {pk: _shown.get(key) for pk, key in self.keys.items()}
        self.new = [pk for pk, found in self.kept.items() if found is None]

    def shown(self, signs: Mapping[int, list[Sign]]) -> list[Shown]:
        """`signs` of those that are new."""
        return [self._one(claim, signs) for claim in self.claims]

    def _one(self, claim: Any, signs: Mapping[int, list[Sign]]) -> Shown:
        found = self.kept[claim.pk]
        if found is None:
            found = _show(claim, signs.get(claim.pk, []))
            _shown.put(self.keys[claim.pk], found)
        return found


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
