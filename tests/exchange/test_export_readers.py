"""What we write is read by programs that are not ours: the same nodes, edges and texts."""

import csv
import io
import json
import re
from pathlib import Path
from zipfile import ZipFile

import networkx
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import Namespace

from forum.exchange.formats.catalogue import FORMATS
from forum.exchange.records import as_row
from tests.exchange.exports import hostile_snapshot, records

OA = Namespace("http://www.w3.org/ns/oa#")
RDF_VALUE = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")
TERMS = Namespace("urn:counterpoint:terms:")
# Ours: the few terms that the export uses, so that nothing is fetched.
CONTEXT = Path(__file__).with_name("annotation_context.json")
# XML has no way to say them.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@pytest.fixture(scope="module")
def snapshot():
    return hostile_snapshot()


def texts(snapshot):
    """By the record's place among all: the text, empty for a tombstone."""
    said = {("claim", each.id): each.statement for each in snapshot.claims}
    return said | {("counterpoint", each.id): each.text for each in snapshot.counterpoints}


def test_networkx_reads_the_graphml(snapshot):
    content = FORMATS["graphml"].write(snapshot)
    graph = networkx.read_graphml(io.BytesIO(content))
    assert graph.number_of_nodes() == len(snapshot.claims) + len(snapshot.counterpoints)
    for each in snapshot.claims:
        node = graph.nodes[f"c{each.id}"]
        assert (node["kind"], node["label"]) == ("claim", "contested")
        assert node["text"] == UNWRITABLE.sub("\ufffd", each.statement)
    for each in snapshot.counterpoints:
        node = graph.nodes[f"p{each.id}"]
        assert node.get("text") == (each.text and UNWRITABLE.sub("\ufffd", each.text))
        assert node.get("effect") == each.effect
    edges = {(source, target, data["relation"]) for source, target, data in graph.edges(data=True)}
    assert edges == {
        (f"p{e.id}", f"p{e.target}" if e.target else f"c{e.claim}", e.relation)
        for e in snapshot.counterpoints
    }
    assert json.loads(graph.graph["about"])["licence"] == snapshot.licence


# What it warns of is its own doing.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_the_web_annotations(snapshot):
    data = json.loads(FORMATS["jsonld"].write(snapshot))
    assert data["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    data["@context"][0] = json.loads(CONTEXT.read_text())["@context"]
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    for each in snapshot.claims:
        note = URIRef(each.url)
        assert str(graph.value(graph.value(note, OA.hasBody), RDF_VALUE)) == each.statement
        passage = graph.value(note, OA.hasTarget)
        exact = {str(words) for s in graph.objects(passage, OA.hasSelector)
                 for words in graph.objects(s, OA.exact)}  # fmt: skip
        assert exact == {snapshot.passages[0].exact}
    urls = {each.id: each.url for each in snapshot.counterpoints}
    claims = {each.id: each.url for each in snapshot.claims}
    for each in snapshot.counterpoints:
        note = URIRef(each.url)
        target = urls[each.target] if each.target else claims[each.claim]
        assert graph.value(note, OA.hasTarget) == URIRef(target)
        assert graph.value(note, TERMS.relation) == Literal(each.relation)
        body = graph.value(note, OA.hasBody)
        assert (None if body is None else str(graph.value(body, RDF_VALUE))) == each.text


def test_every_table_is_read_back_whole_and_no_cell_is_a_formula(snapshot):
    with ZipFile(io.BytesIO(FORMATS["csv"].write(snapshot))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        tables = {
            resource["name"]: list(
                csv.DictReader(io.StringIO(archive.read(resource["path"]).decode(), newline=""))
            )
            for resource in package["resources"]
        }
    for name, rows in snapshot.tables():
        assert len(tables[name]) == len(rows)
        for row, record in zip(tables[name], rows, strict=True):
            assert not [
                cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            ]
            for column, value in as_row(record).items():
                if isinstance(value, str):
                    assert row[column].removeprefix("'") == value
                elif value is None:
                    assert row[column] == ""
                else:
                    assert row[column].lower() == str(value).lower()


def test_json_lines_are_lines_to_every_reader(snapshot):
    content = FORMATS["jsonl"].write(snapshot)
    assert content.decode().splitlines() == content.decode().split("\n")[:-1]
    found = records(content)
    for name, rows in snapshot.tables():
        assert found[name] == [as_row(record) for record in rows]
    assert found["export"][0]["rule"] == {"floor": "1/5", "quorum": 5}


def test_aif_has_a_node_for_each_bearing_and_undercuts_attack_that(snapshot):
    data = json.loads(FORMATS["aif"].write(snapshot))
    nodes = {node["nodeID"]: node for node in data["nodes"]}
    assert len(nodes) == len(data["nodes"])
    edges = {(edge["fromID"], edge["toID"]) for edge in data["edges"]}
    assert {end for edge in edges for end in edge} <= nodes.keys()
    for (kind, number), text in texts(snapshot).items():
        node = nodes[f"{kind[0]}{number}".replace("c", "p" if kind == "counterpoint" else "c")]
        assert node["type"] == "I"
        assert node["text"] == ("[removed]" if text is None else text)
    for each in snapshot.counterpoints:
        wanted = "RA" if each.relation in {"supports", "concedes"} else "CA"
        assert nodes[f"s{each.id}"]["type"] == wanted
        target = f"c{each.claim}"
        if each.target:
            target = f"s{each.target}" if each.relation == "undercuts" else f"p{each.target}"
        assert {(f"p{each.id}", f"s{each.id}"), (f"s{each.id}", target)} <= edges
    assert len(edges) == 2 * len(snapshot.counterpoints)


def test_argdown_is_one_line_a_post_and_says_no_sign_of_its_own(snapshot):
    lines = FORMATS["argdown"].write(snapshot).decode().split("\n")
    below = [line for line in lines if re.match(r" +[-+_] <", line)]
    assert len(below) == len(snapshot.counterpoints)
    assert sum(line.startswith("[Claim ") for line in lines) == len(snapshot.claims)
    for line in below:
        said = re.sub(r"^ +[-+_] <\w+ \d+>: | #\w+$", "", line)
        assert not re.search(r"(?<!\\)(?:\\\\)*[@#*_\[\]<>{}]", said)
        assert said.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028]", said)
