"""JSON Lines: first what holds for all of it, then a record a line."""

from forum.exchange.formats.plain_text import json_line
from forum.exchange.records import Snapshot, as_row


def write(snapshot: Snapshot) -> bytes:
    lines = [json_line({"type": "export"} | snapshot.head)]
    for name, records in snapshot.tables():
        lines += [json_line({"type": name} | as_row(record)) for record in records]
    return ("\n".join(lines) + "\n").encode()
