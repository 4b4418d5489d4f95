"""What programs read that were written elsewhere for just these formats: Argdown's own, arguebuf
for AIF and frictionless for tables.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from frictionless import Package

from forum.exchange.formats.argdown import argument_name, claim_name
from forum.exchange.formats.catalogue import FORMATS
from forum.exchange.formats.plain_text import one_line
from forum.exchange.formats.tables import RISKY
from forum.exchange.records import as_row
from tests.exchange.exports import hostile_snapshot

# Where `bin/prepare test` puts them.
NODE = Path(sys.executable).with_name("node")
ARGDOWN = Path(sys.prefix) / "argdown/node_modules/@argdown/cli/dist/cli.js"

ARGDOWN_RELATIONS = {
    "supports": "support",
    "concedes": "support",
    "rebuts": "attack",
    "undercuts": "undercut",
}


@pytest.fixture(scope="module")
def snapshot():
    return hostile_snapshot()


def target_of(snapshot, each):
    """The claim or counterpoint that it answers."""
    if each.target is None:
        return next(claim for claim in snapshot.claims if claim.id == each.claim)
    return next(other for other in snapshot.counterpoints if other.id == each.target)


def argdown_reads(path):
    done = subprocess.run(
        [NODE, "--no-deprecation", ARGDOWN, "json", path, "--stdout", "--throwExceptions"],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "error" not in done.stderr.lower()
    return json.JSONDecoder().raw_decode(done.stdout)[0]


@pytest.fixture(scope="module")
def argdown(snapshot, tmp_path_factory):
    path = tmp_path_factory.mktemp("argdown") / "debate.argdown"
    path.write_bytes(FORMATS["argdown"].write(snapshot))
    return argdown_reads(path)


def said_in_argdown(found, tag):
    """The text of its only member, without the tag that follows it."""
    (member,) = (each for each in found["members"] if not each.get("isReference"))
    assert member["tags"] == [tag]
    return member["text"].removesuffix(f" #{tag}")


def test_argdown_reads_every_claim_and_counterpoint_with_its_text(snapshot, argdown):
    assert argdown["statements"].keys() == {claim_name(claim) for claim in snapshot.claims}
    for claim in snapshot.claims:
        found = argdown["statements"][claim_name(claim)]
        assert said_in_argdown(found, claim.label) == one_line(claim.statement)
    assert argdown["arguments"].keys() == {argument_name(each) for each in snapshot.counterpoints}
    for each in snapshot.counterpoints:
        found = argdown["arguments"][argument_name(each)]
        wanted = f"[{each.status}]" if each.text is None else one_line(each.text)
        assert said_in_argdown(found, each.relation) == wanted


def test_argdown_reads_who_bears_on_what_and_how(snapshot, argdown):
    found = {
        (relation["from"], relation["relationType"], relation["to"])
        for kind in ("statements", "arguments")
        for each in argdown[kind].values()
        for relation in each.get("relations", ())
    }
    wanted = set()
    for each in snapshot.counterpoints:
        target = target_of(snapshot, each)
        kind = ARGDOWN_RELATIONS[each.relation]
        if target in snapshot.claims:
            # Argdown undercuts arguments only.
            kind = kind.replace("undercut", "attack")
            wanted.add((argument_name(each), kind, claim_name(target)))
        else:
            wanted.add((argument_name(each), kind, argument_name(target)))
    assert found == wanted


def test_argdown_refuses_what_is_not_escaped(snapshot, tmp_path):
    """Else the two above would say nothing."""
    path = tmp_path / "broken.argdown"
    content = FORMATS["argdown"].write(snapshot).decode()
    path.write_text(re.sub(r"\\(.)", r"\1", content))
    with pytest.raises((subprocess.CalledProcessError, AssertionError)):
        argdown_reads(path)


def test_arguebuf_reads_the_aif_with_undercuts_onto_what_they_attack(snapshot):
    arguebuf = pytest.importorskip("arguebuf", reason="it has no release for this Python")
    graph = arguebuf.load.aif(json.loads(FORMATS["aif"].write(snapshot)))
    texts = {each.id: each.plain_text for each in graph.nodes.values() if not is_scheme(each)}
    assert texts == {f"c{claim.id}": claim.statement for claim in snapshot.claims} | {
        f"p{each.id}": f"[{each.status}]" if each.text is None else each.text
        for each in snapshot.counterpoints
    }
    supports = {"supports", "concedes"}
    kinds = {
        each.id: type(each.scheme).__name__ for each in graph.nodes.values() if is_scheme(each)
    }
    assert kinds == {
        f"s{each.id}": "Support" if each.relation in supports else "Attack"
        for each in snapshot.counterpoints
    }
    edges = {(edge.source.id, edge.target.id) for edge in graph.edges.values()}
    assert edges == {pair for each in snapshot.counterpoints for pair in aif_edges(each)}


def is_scheme(node):
    return hasattr(node, "scheme")


def aif_edges(each):
    target = f"c{each.claim}"
    if each.target:
        target = f"s{each.target}" if each.relation == "undercuts" else f"p{each.target}"
    return (f"p{each.id}", f"s{each.id}"), (f"s{each.id}", target)


def test_frictionless_finds_the_tables_sound_and_reads_every_cell(snapshot, tmp_path):
    path = tmp_path / "debate.zip"
    path.write_bytes(FORMATS["csv"].write(snapshot))
    package = Package(path)
    report = package.validate()
    assert report.valid, report.flatten(["name", "message"])
    tables = {resource.name: resource.read_rows() for resource in package.resources}
    assert tables.keys() == {name for name, _ in snapshot.tables()}
    for name, records in snapshot.tables():
        assert len(tables[name]) == len(records)
        for row, record in zip(tables[name], records, strict=True):
            assert row.to_dict() == {key: cell(value) for key, value in as_row(record).items()}


def cell(value):
    """An empty text and none are the same to a table; what looks like a formula is quoted."""
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return None if value == "" else value
