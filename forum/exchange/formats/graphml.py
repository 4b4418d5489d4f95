"""GraphML: a node for each claim and counterpoint, an edge from each counterpoint to its target."""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from forum.exchange.formats.plain_text import json_line, xml_text
from forum.exchange.records import Snapshot

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
# The attributes of nodes, and their types as GraphML calls them.
OF_NODES = {
    "kind": "string", "essay": "string", "number": "int", "status": "string", "text": "string",
    "author": "string", "label": "string", "up": "int", "down": "int", "base": "double",
    "strength": "double", "link": "double", "effect": "double", "agree": "int", "disagree": "int",
    "unsure": "int", "both_sides": "double", "minds": "int", "url": "string",
    "licence": "string", "consent": "string",
}  # fmt: skip
# A reader that drops carriage returns, as XML says it must, keeps those that are spelt out.
SPELT_OUT = {"\r": "&#13;"}


def write(snapshot: Snapshot) -> bytes:
    return ("\n".join(_lines(snapshot)) + "\n").encode()


def node_id(claim: int | None, counterpoint: int | None = None) -> str:
    return f"c{claim}" if counterpoint is None else f"p{counterpoint}"


def _lines(snapshot: Snapshot) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{NAMESPACE}">'
    for name, kind in OF_NODES.items():
        yield f'<key id="{name}" for="node" attr.name="{name}" attr.type="{kind}"/>'
    yield '<key id="relation" for="edge" attr.name="relation" attr.type="string"/>'
    yield '<key id="about" for="graph" attr.name="about" attr.type="string"/>'
    yield '<graph id="argument" edgedefault="directed">'
    yield _data("about", json_line(snapshot.head))
    essays = {claim.id: claim.essay for claim in snapshot.claims}
    for claim in snapshot.claims:
        told = {"kind": "claim", "text": claim.statement, "author": claim.marked_by}
        yield _node(node_id(claim.id), claim, told)
    for each in snapshot.counterpoints:
        told = {"kind": each.relation, "essay": essays[each.claim]}
        yield _node(node_id(None, each.id), each, told)
    for each in snapshot.counterpoints:
        source, target = node_id(None, each.id), node_id(each.claim, each.target)
        relation = _data("relation", each.relation)
        yield f'<edge id="e{each.id}" source="{source}" target="{target}">{relation}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _node(name: str, record: Any, told: dict[str, Any]) -> str:
    values = ((each, told.get(each, getattr(record, each, None))) for each in OF_NODES)
    data = "".join(_data(each, value) for each, value in values if value is not None)
    return f"<node id={quoteattr(name)}>{data}</node>"


def _data(name: str, value: Any) -> str:
    return f'<data key="{name}">{escape(xml_text(str(value)), SPELT_OUT)}</data>'
