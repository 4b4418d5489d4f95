"""JSON-LD of W3C's Web Annotation: a claim is a note on a passage, a counterpoint a reply to one.

A passage is told as both of its selectors, in the newest revision that has its words.
"""

from typing import Any

from forum.exchange.formats.plain_text import json_file
from forum.exchange.records import (
    ClaimRecord,
    CounterpointRecord,
    PlaceRecord,
    RevisionRecord,
    Snapshot,
)

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# What the standard has no word for.
TERMS = "urn:counterpoint:terms:"
OWN_TERMS = (
    "relation", "label", "strength", "base", "link", "effect", "up", "down", "status", "writer",
    "licence", "consent", "floor", "quorum", "placeState",
)  # fmt: skip
AROUND = 32

Where = tuple[PlaceRecord, RevisionRecord]


def write(snapshot: Snapshot) -> bytes:
    revisions = {(each.essay, each.number): each for each in snapshot.revisions}
    essays = {passage.id: passage.essay for passage in snapshot.passages}
    # Later revisions come later: the last is the newest.
    where = {
        place.passage: (place, revisions[essays[place.passage], place.revision])
        for place in snapshot.places
        if place.start is not None
    }
    items = []
    addresses = {claim.id: claim.url for claim in snapshot.claims}
    for claim in snapshot.claims:
        items.append(_claim(claim, where.get(claim.passage)))
    addresses_below = {each.id: each.url for each in snapshot.counterpoints}
    for each in snapshot.counterpoints:
        target = addresses_below[each.target] if each.target else addresses[each.claim]
        items.append(_counterpoint(each, target))
    own = {name: {"@id": TERMS + name} for name in OWN_TERMS}
    rule = snapshot.head["rule"]
    return json_file(
        {
            "@context": [CONTEXT, own],
            "id": f"{snapshot.site}/#{snapshot.head['format']}",
            "type": "AnnotationPage",
            "licence": snapshot.licence,
            **rule,
            "items": items,
        }
    )


def _claim(claim: ClaimRecord, where: Where | None) -> dict[str, Any]:
    note: dict[str, Any] = {
        "id": claim.url,
        "type": "Annotation",
        "motivation": "describing",
        "created": claim.created_at,
        "status": claim.status,
    }
    if claim.is_shown:
        note |= {"label": claim.label, "strength": claim.strength, "writer": claim.marked_by}
        note |= {"licence": claim.licence, "consent": claim.consent}
        note["body"] = _body(claim.statement)
    # Every passage had its words once, in the revision that it was made in.
    return note | ({"target": _passage(*where), "placeState": where[0].state} if where else {})


def _counterpoint(each: CounterpointRecord, target: str) -> dict[str, Any]:
    note: dict[str, Any] = {
        "id": each.url,
        "type": "Annotation",
        "motivation": "replying",
        "created": each.created_at,
        "status": each.status,
        "relation": each.relation,
        "target": target,
    }
    if each.is_shown:
        values = ("base", "strength", "link", "effect", "up", "down", "licence", "consent")
        note |= {name: getattr(each, name) for name in values}
        note |= {"writer": each.author, "body": _body(each.text)}
    return note


def _body(text: str | None) -> dict[str, Any]:
    return {"type": "TextualBody", "value": text, "format": "text/plain"}


def _passage(place: PlaceRecord, revision: RevisionRecord) -> dict[str, Any]:
    start, end, text = place.start or 0, place.end or 0, revision.text
    return {
        "type": "SpecificResource",
        "source": revision.url,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(start - AROUND, 0) : start],
                "suffix": text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }
