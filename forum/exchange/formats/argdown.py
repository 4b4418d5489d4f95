"""Argdown: each claim a statement, and below it, indented, the counterpoints as arguments.

Argdown knows an undercut of an argument only; that of a claim is written as an attack.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from forum.exchange.formats.plain_text import one_line
from forum.exchange.records import ClaimRecord, CounterpointRecord, Snapshot

SIGNS = {"supports": "+", "concedes": "+", "rebuts": "-", "undercuts": "_"}
NOUNS = {
    "supports": "Support", "concedes": "Concession", "rebuts": "Rebuttal", "undercuts": "Undercut",
}  # fmt: skip
INDENT = "  "
# Argdown reads signs into all of these; a dot or a colon only right before a word, a hyphen only
# beside another.
_SPECIAL = re.compile(r"[\\@#*_\[\]<>{}()/|=~^`]|[.:](?=\S)|-(?=-)|(?<=-)-")


def write(snapshot: Snapshot) -> bytes:
    return ("\n".join(_lines(snapshot)) + "\n").encode()


def escaped(text: str) -> str:
    """One line that says just this, whatever is in it."""
    return _SPECIAL.sub(r"\\\g<0>", one_line(text)) or "…"


def _lines(snapshot: Snapshot) -> Iterator[str]:
    rule = snapshot.head["rule"]
    yield f"// {one_line(snapshot.licence)}"
    yield from (f"// {one_line(consent)}" for consent in snapshot.head["consents"].values())
    yield f"// Floor {rule['floor']}, quorum {rule['quorum']}."
    for essay in snapshot.essays:
        yield ""
        yield f"# {escaped(essay.title)}"
        for claim in snapshot.claims_of.get(essay.slug, ()):
            yield ""
            said = claim.statement if claim.statement is not None else f"[{claim.status}]"
            label = f" #{claim.label}" if claim.label else ""
            yield f"[{claim_name(claim)}]: {escaped(said)}{label}"
            yield from _below(snapshot.counterpoints_of.get(claim.id, ()))


def claim_name(claim: ClaimRecord) -> str:
    return f"Claim {claim.number} of {claim.essay}"


def argument_name(each: CounterpointRecord) -> str:
    return f"{NOUNS[each.relation]} {each.id}"


def _below(counterpoints: Sequence[CounterpointRecord]) -> Iterator[str]:
    answers: defaultdict[int | None, list[CounterpointRecord]] = defaultdict(list)
    for each in reversed(counterpoints):
        answers[each.target].append(each)
    waiting = [(each, 1) for each in answers[None]]
    while waiting:
        each, depth = waiting.pop()
        yield f"{INDENT * depth}{_argument(each)}"
        waiting += [(answer, depth + 1) for answer in answers[each.id]]


def _argument(each: CounterpointRecord) -> str:
    sign = "-" if each.target is None and each.relation == "undercuts" else SIGNS[each.relation]
    said = each.text if each.text is not None else f"[{each.status}]"
    return f"{sign} <{argument_name(each)}>: {escaped(said)} #{each.relation}"
