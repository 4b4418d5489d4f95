"""AIF as JSON: each claim and counterpoint says something (I), and each counterpoint bears on its
target through a node of its own, an inference (RA) or a conflict (CA).

An undercut does not deny what it answers but that this bears on anything: it is a conflict onto
the node by which its target bears on the target's own. A claim bears on nothing above it: an
undercut of a claim is a conflict with the claim itself, as the rule of standing counts it.
"""

from typing import Any

from forum.exchange.formats.plain_text import json_file
from forum.exchange.records import CounterpointRecord, Snapshot

INFERENCE, CONFLICT = "RA", "CA"
SCHEMES = {
    "supports": (INFERENCE, "Default Inference"),
    "concedes": (INFERENCE, "Concession"),
    "rebuts": (CONFLICT, "Default Conflict"),
    "undercuts": (CONFLICT, "Undercut"),
}
STATEMENT = "I"


def write(snapshot: Snapshot) -> bytes:
    nodes: list[dict[str, Any]] = []
    edges: list[dict[str, str]] = []
    quotes = {passage.id: passage.exact for passage in snapshot.passages}
    for claim in snapshot.claims:
        text = claim.statement if claim.statement is not None else tombstone(claim.status)
        said = {"nodeID": f"c{claim.id}", "text": text, "type": STATEMENT}
        told: dict[str, Any] = {
            "timestamp": moment(claim.created_at),
            "label": claim.label,
            "url": claim.url,
        }
        told |= {"licence": claim.licence, "consent": claim.consent}
        nodes.append(said | told | {"status": claim.status, "quote": quotes[claim.passage]})
    for each in snapshot.counterpoints:
        nodes += _nodes(each)
        edges += _edges(each)
    return json_file({"nodes": nodes, "edges": edges, "locutions": []} | snapshot.head)


def moment(at: str) -> str:
    """As AIF has it: in UTC, to the second, without saying so."""
    return at[:19].replace("T", " ")


def tombstone(status: str) -> str:
    return f"[{status}]"


def _nodes(each: CounterpointRecord) -> list[dict[str, Any]]:
    kind, scheme = SCHEMES[each.relation]
    text = each.text if each.text is not None else tombstone(each.status)
    said = {"nodeID": f"p{each.id}", "text": text, "type": STATEMENT}
    bearing = {"nodeID": f"s{each.id}", "text": scheme, "type": kind, "scheme": scheme}
    bearing |= {"relation": each.relation, "timestamp": moment(each.created_at)}
    told: dict[str, Any] = {
        "timestamp": moment(each.created_at),
        "author": each.author,
        "url": each.url,
    }
    told |= {"status": each.status, "up": each.up, "down": each.down}
    told |= {"licence": each.licence, "consent": each.consent}
    return [said | told, bearing]


def _edges(each: CounterpointRecord) -> list[dict[str, str]]:
    own, bearing = f"p{each.id}", f"s{each.id}"
    return [
        {"edgeID": f"e{each.id}a", "fromID": own, "toID": bearing},
        {"edgeID": f"e{each.id}b", "fromID": bearing, "toID": _target(each)},
    ]


def _target(each: CounterpointRecord) -> str:
    if each.target is None:
        return f"c{each.claim}"
    return f"s{each.target}" if each.relation == "undercuts" else f"p{each.target}"
