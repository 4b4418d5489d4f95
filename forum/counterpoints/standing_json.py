"""Trees and their standing as JSON, for the command line."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NoReturn

from forum.counterpoints.standing import FLOOR, QUORUM, Kind
from forum.counterpoints.standing_tree import Node, Tree, Values, existing

# Plain digits only: an exponent could ask for a number larger than the machine.
_SHARE = re.compile(r"[0-9]{1,18}(?:[./][0-9]{1,18})?")

# The exact fractions of a chain grow with its depth. A thousand deep they are a matter of
# seconds; this many bits are some hundred megabytes of digits, and nobody reads further.
_MOST_BITS = 10**8


class BadTreeError(ValueError):
    """What is wrong with the input, in one sentence."""


def read_tree(text: str | bytes) -> Tree:
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise BadTreeError("The JSON is nested too deeply.") from None
    except ValueError as error:
        raise BadTreeError(f"The input is not JSON: {_one_line(str(error))}.") from None
    if not isinstance(data, dict):
        raise BadTreeError("The input must be one JSON object.")
    rows = data.get("nodes")
    if not isinstance(rows, list):
        raise BadTreeError('The input needs "nodes", a list.')
    tree = Tree(
        nodes=[_node(row, place) for place, row in enumerate(rows, start=1)],
        floor=_floor(data.get("floor")),
        quorum=_count(data, "quorum", "The input", QUORUM),
    )
    _check_shape(tree.nodes)
    _check_size(tree.nodes)
    return tree


def as_json(values: Mapping[str, Values[Fraction]]) -> dict[str, dict[str, str | None]]:
    return {key: _row(value) for key, value in values.items()}


def _row(value: Values[Fraction]) -> dict[str, str | None]:
    numbers = {
        "base": value.base,
        "strength": value.strength,
        "link": value.link,
        "effect": value.effect,
    }
    row: dict[str, str | None] = {name: str(number) for name, number in numbers.items()}
    if value.label:
        row |= {"label": value.label.value, "decided_by": value.decided_by}
    return row


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _node(row: Any, place: int) -> Node:
    if not isinstance(row, dict):
        raise BadTreeError(f"Node number {place} is not an object.")
    key = _name(row, "id", f"Node number {place}")
    if key is None:
        raise BadTreeError(f"Node number {place} has no id.")
    whose = f"Node {_quoted(key)}"
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in list(Kind):
        raise BadTreeError(f"{whose} has an unknown kind; there are {', '.join(Kind)}.")
    hidden = row.get("hidden", False)
    if not isinstance(hidden, bool):
        raise BadTreeError(f'{whose} needs true or false for "hidden".')
    return Node(
        id=key,
        kind=kind,
        parent=_name(row, "parent", whose),
        author=_name(row, "author", whose),
        up=_count(row, "up", whose, 0),
        down=_count(row, "down", whose, 0),
        hidden=hidden,
    )


def _name(row: dict[str, Any], field: str, whose: str) -> str | None:
    """A name is text, or a whole number, which is read as text: the output's keys are text."""
    value = row.get(field)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise BadTreeError(f'{whose} needs text for "{field}".')


def _count(row: dict[str, Any], field: str, whose: str, default: int) -> int:
    value = row.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadTreeError(f'{whose} needs a whole number, 0 or more, for "{field}".')
    return value


def _floor(value: Any) -> Fraction:
    if value is None:
        return FLOOR
    text = str(value) if isinstance(value, (int, float)) else value
    try:
        floor = Fraction(text) if isinstance(text, str) and _SHARE.fullmatch(text) else None
    except ZeroDivisionError:
        floor = None
    if floor is None or floor > 1:
        raise BadTreeError('The floor must be a fraction from 0 to 1, such as "1/5".')
    return floor


def _check_shape(nodes: Sequence[Node]) -> None:
    counts = Counter(node.id for node in nodes)
    twice = next((key for key, count in counts.items() if count > 1), None)
    if twice is not None:
        raise BadTreeError(f"Two nodes have the id {_quoted(twice)}.")
    claims = [node for node in nodes if node.kind == Kind.CLAIM]
    if len(claims) != 1:
        raise BadTreeError(f"A tree has exactly one claim, and this one has {len(claims)}.")
    if claims[0].parent is not None:
        raise BadTreeError(f"The claim {_quoted(claims[0].id)} must not have a parent.")
    for node in nodes:
        if node.kind != Kind.CLAIM and node.parent not in counts:
            raise BadTreeError(f"The parent of node {_quoted(node.id)} is missing.")
    _check_for_cycle(nodes)


def _check_for_cycle(nodes: Sequence[Node]) -> None:
    unhidden = [Node(node.id, node.kind, node.parent) for node in nodes]
    reached = {node.id for node in existing(unhidden)}
    lost = next((node.id for node in nodes if node.id not in reached), None)
    if lost is not None:
        raise BadTreeError(f"Node {_quoted(lost)} hangs on a cycle, not on the claim.")


def _check_size(nodes: Sequence[Node]) -> None:
    """An upper bound, found without computing a value: a fraction's length is at most that of
    its base and of the strongest reply of each kind together."""
    total = 0
    longest: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for node in reversed(existing(nodes)):
        bits = (node.votes + 4).bit_length() + longest.pop(node.id, Counter()).total()
        above = longest[node.parent]
        above[node.kind] = max(above[node.kind], bits)
        total += bits
    if total > _MOST_BITS:
        raise BadTreeError("The tree is so deep that its exact fractions are too long to write.")


def _quoted(key: str, most: int = 40) -> str:
    return json.dumps(key if len(key) <= most else key[:most] + "…", ensure_ascii=True)


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
