"""Exports as a test reads them, and texts that no format likes."""

import json
from fractions import Fraction
from itertools import cycle

from forum.exchange.formats.catalogue import FORMATS
from forum.exchange.records import (
    Author,
    ClaimRecord,
    CounterpointRecord,
    EssayRecord,
    PassageRecord,
    PlaceRecord,
    RevisionRecord,
    Snapshot,
)
from forum.exchange.snapshot import public_essays, read_snapshot

SITE = "https://debate.example"
MOMENT = "2026-01-01T09:00:00Z"

HOSTILE = [
    "A \"quoted\" and an 'apostrophe', [brackets], {braces} and (parentheses).",
    "]]> & <b>bold</b> </script><script>alert(1)</script> <!-- no comment -->",
    "=SUM(A1:A9), and =cmd|' /C calc'!A0.",
    "+1 -1 @here #tag #(a long tag) @[Claim 1] @<Rebuttal 2> [Claim 1]: <Rebuttal 2>:",
    "-- a rule -- === *bold* _italic_ **both** // a remark /* another */ \\ and \\\\.",
    "שלום עולם, \u202ebackwards\u202c, 👩\u200d🌾 and 🌾.",
    ".a dot.b :smile: https://example.org/?a=1&b=2 1. (1) ---- {a: b}",
    "@mention at the start; a comma, a semicolon; the end }",
    "Bells \a, escapes \x1b[31m, a form feed \f, a line separator \u2028 and \x85.",
    "\tA tab before, \rand carriage returns\r\n, and 'apostrophes'.",
    "'an apostrophe before",
]


def write(name, essays=None, **options):
    essays = public_essays() if essays is None else essays
    return FORMATS[name].write(read_snapshot(essays, site=SITE, **options))


def records(content):
    """Of JSON Lines: by type, the rows."""
    found = {}
    for line in content.decode().split("\n")[:-1]:
        row = json.loads(line)
        found.setdefault(row.pop("type"), []).append(row)
    return found


def hostile_snapshot():
    """A claim and an answer for each hostile text, in every relation, and a tombstone."""
    relations = cycle(("rebuts", "undercuts", "supports", "concedes"))
    text = "\n".join(HOSTILE)
    claims, counterpoints = [], []
    for number, words in enumerate(HOSTILE, start=1):
        claims.append(claim(number, words))
        first, second = 100 * number, 100 * number + 1
        counterpoints.append(counterpoint(first, number, next(relations), words))
        counterpoints.append(
            counterpoint(second, number, next(relations), f"{words}\n\n{words}\r\nEnd.", first)
        )
        counterpoints.append(counterpoint(second + 1, number, "undercuts", words, second))
    gone = counterpoint(9000, 1, "rebuts", None, 101)
    counterpoints += [gone, counterpoint(9001, 1, "supports", "Below it.", 9000)]
    start = text.index(HOSTILE[0])
    place = PlaceRecord(1, 1, "exact", start, start + len(HOSTILE[0]), 1.0)
    return Snapshot(
        site=SITE, licence=HOSTILE[0], floor=Fraction(1, 5), quorum=5,
        authors=[Author("a1", HOSTILE[2])],
        essays=[EssayRecord("the-collar", HOSTILE[4], HOSTILE[2], HOSTILE[1], MOMENT, 1, SITE)],
        revisions=[RevisionRecord("the-collar", 1, MOMENT, HOSTILE[2], text, f"{SITE}/r1/")],
        passages=[PassageRecord(1, "the-collar", 1, HOSTILE[0], "", "\n")],
        places=[place], claims=claims, counterpoints=counterpoints,
    )  # fmt: skip


def claim(number, statement):
    return ClaimRecord(
        id=number, essay="the-collar", number=number, passage=1, status="visible", merged_into=None,
        statement=statement, marked_by="a1", created_at=MOMENT, is_key=False, label="contested",
        label_since=MOMENT, is_frozen=False, strength=0.25, decided_by=100 * number,
        agree=5, disagree=0, unsure=1,
        url=f"{SITE}/claims/{number}/",
    )  # fmt: skip


def counterpoint(number, of_claim, relation, text, target=None):
    said = text is not None
    values = dict.fromkeys(("base", "strength", "link", "effect"), 0.25 if said else None)
    camps = ("agree_up", "agree_down", "disagree_up", "disagree_down", "both_sides", "minds")
    values |= dict.fromkeys(camps)
    return CounterpointRecord(
        id=number, claim=of_claim, target=target, relation=relation,
        status="visible" if said else "removed", author="a1" if said else None, created_at=MOMENT,
        edited_at=None, restatement=text, text=text, up=1 if said else None,
        down=0 if said else None, url=f"{SITE}/posts/{number}/", **values,
    )  # fmt: skip
