"""CSV: one table a kind of record, with a datapackage.json that says what their columns mean."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

from forum.exchange.formats.packing import pack
from forum.exchange.formats.plain_text import json_file
from forum.exchange.records import Snapshot, as_row, schema

# A spreadsheet takes a cell that begins so for a formula. An apostrophe before it makes it text;
# to undo that, take one apostrophe away wherever a cell begins with one.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
ABOUT_APOSTROPHES = (
    "Where a text begins with = + - @ ' or white space that is not a blank, the cell has one"
    " apostrophe before it."
)
EMPTY = ""


def write(snapshot: Snapshot) -> bytes:
    return pack(files(snapshot))


def files(snapshot: Snapshot) -> dict[str, bytes]:
    columns = schema()
    made = {
        f"{name}.csv": _table([column["name"] for column in columns[name]], records)
        for name, records in snapshot.tables()
    }
    return {"datapackage.json": json_file(_package(snapshot))} | made


def _table(names: Sequence[str], records: Sequence[Any]) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for record in records:
        writer.writerow(_cell(value) for value in as_row(record).values())
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return str(value)


def _package(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": snapshot.head["format"],
        "version": f"{snapshot.head['version']}.0.0",
        "description": f"{snapshot.licence} {ABOUT_APOSTROPHES}",
        "licence": snapshot.licence,
        "licences": snapshot.head["licences"],
        "consents": snapshot.head["consents"],
        "homepage": snapshot.site,
        "rule": snapshot.head["rule"],
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\r\n"},
                "schema": {"fields": columns, "missingValues": [EMPTY]},
            }
            for name, columns in schema().items()
        ],
    }
