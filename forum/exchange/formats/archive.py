"""One zip of everything: each format, the schema, the licence, the rule and a sum of each file."""

from hashlib import sha256

from forum.exchange.formats import aif, annotations, argdown, graphml, json_lines, tables
from forum.exchange.formats.packing import pack
from forum.exchange.formats.plain_text import json_file
from forum.exchange.records import Snapshot, schema

README = """\
The argument of essays as data, from {site}

{licence}

argument.jsonl     a record a line; schema.json says what each field means
csv/               the same as tables, with a datapackage.json
argument.graphml   claims and counterpoints as a graph
argument.argdown   the argument as an indented text
argument.jsonld    W3C Web Annotation: each claim is a note on its passage
argument.aif.json  the Argument Interchange Format
rule.json          the parameters of the rule of standing
SHA256SUMS         check them with: sha256sum -c SHA256SUMS

Writers have pseudonyms, numbered in the order in which they first wrote. Pseudonyms are good for
this export only; "essayist" is whoever speaks as an essay's author. Texts can still be found on the
site, and with them their writers: pseudonyms are a courtesy, not a safeguard. Whoever has left the
site has another pseudonym in each debate, and no name.

Each essay, claim and counterpoint says under which licence it is, and what its writer consented to;
the licences and consents are spelt out in schema.json. Votes are told as the site shows them, since
standings depend on them, and never whose they are. Stances, and minds that were changed, are told
from five people up: of fewer there is nothing, not even that there were any.

What was taken down by a moderator or taken back by its writer is here without text, writer and
votes, so that trees stay connected. It carries nothing, nor does what hangs below it.

Where members stand on a claim, how either camp votes, and whose mind was changed is told in sums
alone, and of fewer than five people not at all. None of it moves a standing.

A claim's standing follows from its counterpoints by a published rule. To compute it anew, give each
claim (author "essayist") and its counterpoints, oldest first, to `manage.py standing`.

The same data gives the same bytes.
"""


def write(snapshot: Snapshot) -> bytes:
    readme = README.format(site=snapshot.site, licence=snapshot.licence)
    files = {
        "README.txt": readme.encode(),
        "LICENCE.txt": f"{snapshot.licence}\n".encode(),
        "rule.json": json_file(snapshot.head["rule"]),
        "schema.json": json_file(snapshot.head | {"tables": schema()}),
        "argument.jsonl": json_lines.write(snapshot),
        "argument.graphml": graphml.write(snapshot),
        "argument.argdown": argdown.write(snapshot),
        "argument.jsonld": annotations.write(snapshot),
        "argument.aif.json": aif.write(snapshot),
    }
    files |= {f"csv/{name}": content for name, content in tables.files(snapshot).items()}
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return pack(files | {"SHA256SUMS": sums.encode()})
