"""Exports as a test reads them, and texts that no format likes."""

import json

from forum.exchange.formats.catalogue import FORMATS
from forum.exchange.snapshot import public_essays, read_snapshot

SITE = "https://debate.example"

HOSTILE = [
    "A \"quoted\" and an 'apostrophe', [brackets], {braces} and (parentheses).",
    "]]> & <b>bold</b> </script><script>alert(1)</script> <!-- no comment -->",
    "=SUM(A1:A9), and =cmd|' /C calc'!A0.",
    "+1 -1 @here #tag #(a long tag) @[Claim 1] @<Rebuttal 2> [Claim 1]: <Rebuttal 2>:",
    "-- a rule -- === *bold* _italic_ **both** // a remark /* another */ \\ and \\\\.",
    "שלום עולם, \u202ebackwards\u202c, 👩\u200d🌾 and 🌾.",
    ".a dot.b :smile: https://example.org/?a=1&b=2 1. (1) ---- {a: b}",
    "@mention at the start; a comma, a semicolon; the end }",
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
