"""Reads an argument in AIF: trees of what was said, or one sentence about what is broken.

Only what can be debated here is taken: each statement bears on one thing at most. Who said what in
which order of a dialogue is passed over.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from forum.counterpoints.models import Relation
from forum.exchange.formats.aif import CONFLICT, INFERENCE, SCHEMES, STATEMENT
from forum.exchange.records import SHOWN

TAKEN = (STATEMENT, INFERENCE, CONFLICT)
# Locutions, and how they follow each other and put statements forward.
PASSED_OVER = ("L", "TA", "YA")
MOST_NODES = 10_000
# JSON can spell one half of a pair alone; no file and no database can hold it.
_HALVES = re.compile("[\ud800-\udfff]")
CONCESSION = SCHEMES[Relation.CONCEDES][1]


class BadArgumentError(ValueError):
    """What is wrong with the file, in one sentence."""


@dataclass(slots=True)
class Said:
    """A claim, where it has no relation; else a counterpoint."""

    text: str
    # The words of the essay that a claim is about.
    quote: str
    is_gone: bool
    relation: str = ""
    answers: list["Said"] = field(default_factory=list)


def read_argument(raw: bytes) -> list[Said]:
    """The claims, in the order of the file."""
    nodes, edges = _parts(raw)
    return _Reading(nodes, edges).claims()


def _parts(raw: bytes) -> tuple[dict[str, dict[str, Any]], list[tuple[str, str]]]:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadArgumentError("The file is not JSON.") from None
    rows, lines = (data.get(n) if isinstance(data, dict) else None for n in ("nodes", "edges"))
    if not isinstance(rows, list) or not isinstance(lines, list):
        raise BadArgumentError('AIF is an object with "nodes" and "edges".')
    if len(rows) > MOST_NODES:
        raise BadArgumentError(f"There are more than {MOST_NODES:,} nodes.")
    nodes = _nodes(rows)
    return nodes, _edges(lines, nodes)


def _nodes(rows: list[Any]) -> dict[str, dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    for place, row in enumerate(rows, start=1):
        key = _word(row, "nodeID", f"Node number {place}")
        if key in nodes:
            raise BadArgumentError(f"Two nodes have the nodeID {key!r}.")
        if row.get("type") not in TAKEN + PASSED_OVER:
            raise BadArgumentError(f"Node {key!r} is of a type that cannot be debated here.")
        nodes[key] = row
    return nodes


def _edges(lines: list[Any], nodes: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    edges = []
    for place, line in enumerate(lines, start=1):
        start, end = (_word(line, name, f"Edge number {place}") for name in ("fromID", "toID"))
        for key in (start, end):
            if key not in nodes:
                raise BadArgumentError(f"Edge number {place} leads to {key!r}, which is no node.")
        if not {nodes[start]["type"], nodes[end]["type"]} & set(PASSED_OVER):
            edges.append((start, end))
    return edges


def _word(row: Any, name: str, whose: str) -> str:
    value = row.get(name) if isinstance(row, dict) else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise BadArgumentError(f'{whose} has no "{name}".')
    if not value.isprintable() and _HALVES.search(value):
        raise BadArgumentError(f'{whose} has half a character in its "{name}".')
    return value


class _Reading:
    def __init__(self, nodes: dict[str, dict[str, Any]], edges: list[tuple[str, str]]) -> None:
        self.nodes = nodes
        self.said = {
            key: Said(
                text=_word(node, "text", f"Node {key!r}"),
                quote=str(node.get("quote") or node["text"]),
                is_gone=node.get("status", SHOWN) != SHOWN,
            )
            for key, node in nodes.items()
            if node["type"] == STATEMENT
        }
        self.onto: defaultdict[str, list[str]] = defaultdict(list)
        self.premises: defaultdict[str, list[str]] = defaultdict(list)
        for start, end in edges:
            self.onto[start].append(end)
            if start in self.said:
                self.premises[end].append(start)

    def claims(self) -> list[Said]:
        claims = []
        for key, said in self.said.items():
            if not self.onto[key]:
                claims.append(said)
                continue
            said.relation, target = self._bearing(key, self._only(key))
            self.said[target].answers.append(said)
        reached = list(claims)
        for said in reached:  # grows as it goes
            reached.extend(said.answers)
        if not claims or len(reached) < len(self.said):
            raise BadArgumentError("The argument goes in a circle, or has no claim at all.")
        return claims

    def _bearing(self, key: str, bearing: str) -> tuple[str, str]:
        """How the statement bears on which other."""
        node = self.nodes[bearing]
        if node["type"] == STATEMENT:
            raise BadArgumentError(f"Node {key!r} leads to a statement without saying how.")
        target = self._only(bearing)
        if target in self.said:
            return _relation(node), target
        undercut = self.premises[target]
        if node["type"] != CONFLICT or len(undercut) != 1:
            raise BadArgumentError(f"Node {bearing!r} bears on {target!r}: no one thing to answer.")
        return Relation.UNDERCUTS, undercut[0]

    def _only(self, key: str) -> str:
        if len(self.onto[key]) != 1:
            raise BadArgumentError(f"Node {key!r} must bear on one thing.")
        return self.onto[key][0]


def _relation(node: dict[str, Any]) -> str:
    if node["type"] == CONFLICT:
        # A claim bears on nothing above it: our own files say so of an undercut of one.
        is_undercut = node.get("relation") == Relation.UNDERCUTS
        return Relation.UNDERCUTS if is_undercut else Relation.REBUTS
    return Relation.CONCEDES if node.get("scheme") == CONCESSION else Relation.SUPPORTS
