"""Every format that the argument can be had in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.exchange.formats import aif, annotations, archive, argdown, graphml, json_lines, tables
from forum.exchange.records import Snapshot


@dataclass(frozen=True, slots=True)
class Format:
    title: str | Promise
    about: str | Promise
    ending: str
    content_type: str
    write: Callable[[Snapshot], bytes]


FORMATS = {
    "jsonl": Format(
        "JSON Lines", _("A record a line; all that the other formats are made of."),
        "jsonl", "application/jsonl; charset=utf-8", json_lines.write,
    ),
    "csv": Format(
        "CSV", _("Tables for a spreadsheet or a database, in a zip with a datapackage.json."),
        "csv.zip", "application/zip", tables.write,
    ),
    "graphml": Format(
        "GraphML", _("Claims and counterpoints as a graph, for Gephi, yEd or networkx."),
        "graphml", "application/graphml+xml; charset=utf-8", graphml.write,
    ),
    "argdown": Format(
        "Argdown", _("The argument as an indented text that draws itself as a map."),
        "argdown", "text/plain; charset=utf-8", argdown.write,
    ),
    "jsonld": Format(
        "Web Annotation", _("W3C’s JSON-LD: each claim is a note on its passage."),
        "jsonld", "application/ld+json", annotations.write,
    ),
    "aif": Format(
        "AIF", _("The Argument Interchange Format as JSON; an undercut attacks the link."),
        "aif.json", "application/json", aif.write,
    ),
    "archive": Format(
        _("Archive"), _("All of these in one zip, with their schema, the licence and checksums."),
        "zip", "application/zip", archive.write,
    ),
}  # fmt: skip
