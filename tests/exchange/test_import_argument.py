"""An argument in AIF comes in whole, as claims and counterpoints, or not at all."""

import io
import json
import tempfile
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase

from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Claim, Counterpoint
from forum.posts.models import Post
from tests.exchange.exports import write
from tests.factories import make_claim, make_counterpoint, make_essay, make_user


def node(key, kind, text="Nobody knew why.", **more):
    return {"nodeID": key, "type": kind, "text": text, **more}


def edge(start, end):
    return {"edgeID": f"{start}>{end}", "fromID": start, "toID": end}


def graph(*bearings, **texts):
    """`bearings` are (statement, kind, what it bears on): each through a node of its own."""
    names = {name for name, _, _ in bearings} | set(texts)
    nodes = [node(name, "I", texts.get(name, f"Words of {name}.")) for name in sorted(names)]
    edges = []
    for name, kind, target in bearings:
        nodes.append(node(f"s{name}", kind, "how"))
        edges += [edge(name, f"s{name}"), edge(f"s{name}", target)]
    return {"nodes": nodes, "edges": edges}


class ImportArgumentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay(slug="the-collar")
        cls.author = make_user("wren")

    def bring(self, data, essay="the-collar", author="wren"):
        raw = data if isinstance(data, bytes) else json.dumps(data).encode()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "argument.json"
            file.write_bytes(raw)
            out = io.StringIO()
            call_command("import_argument", str(file), essay=essay, author=author, stdout=out)
        return out.getvalue()

    def test_conflicts_rebut_inferences_support_and_a_conflict_onto_a_bearing_undercuts(self):
        said = self.bring(
            graph(("a", "CA", "c"), ("b", "RA", "a"), ("d", "CA", "sa"), c="Nobody knew why.")
        )
        self.assertEqual(said, "Posts made: 4.\n")
        claim = Claim.objects.get()
        self.assertEqual(claim.passage.exact, "Nobody knew why.")
        found = {each.post.text: each for each in Counterpoint.objects.select_related("post")}
        first = found["Words of a."]
        self.assertEqual((first.relation, first.target_id), ("rebuts", None))
        self.assertEqual(found["Words of b."].relation, "supports")
        self.assertEqual(found["Words of d."].relation, "undercuts")
        self.assertEqual({found[f"Words of {n}."].target_id for n in "bd"}, {first.pk})

    def test_what_we_hand_out_comes_in_as_it_was(self):
        claim = make_claim(self.essay, "It was cheap", statement="Straw cost nothing.")
        first = make_counterpoint(claim, "rebuts", source="It cost a groat.")
        second = make_counterpoint(claim, "undercuts", target=first, source="A groat is nothing.")
        make_counterpoint(claim, "concedes", target=second, source="Granted.")
        make_counterpoint(claim, "undercuts", source="Cheap is not why.")
        gone = make_counterpoint(claim, "supports", source="Quite so.")
        make_counterpoint(claim, "rebuts", target=gone, source="Not so.")
        counterpoints.withdraw(by=gone.post.author, post=gone.post)
        make_essay(slug="again")
        self.assertEqual(self.bring(write("aif"), essay="again"), "Posts made: 5.\n")
        brought = Claim.objects.get(essay__slug="again")
        self.assertEqual(brought.statement, "Straw cost nothing.")
        self.assertEqual(brought.passage.exact, "It was cheap")
        found = {
            (each.post.text, each.relation, each.target and each.target.post.text)
            for each in brought.counterpoints.all()
        }
        self.assertEqual(
            found,
            {
                ("It cost a groat.", "rebuts", None),
                ("A groat is nothing.", "undercuts", "It cost a groat."),
                ("Granted.", "concedes", "A groat is nothing."),
                ("Cheap is not why.", "undercuts", None),
            },
        )

    def test_a_broken_one_is_refused_whole_with_a_sentence(self):
        whole = graph(("a", "CA", "c"), c="Nobody knew why.")
        circle = graph(("a", "CA", "b"), ("b", "CA", "a"), c="Nobody knew why.")
        lost = {**whole, "edges": [*whole["edges"], edge("a", "nowhere")]}
        twice = {**whole, "nodes": [*whole["nodes"], node("a", "I")]}
        forked = {**whole, "edges": [*whole["edges"], edge("sa", "a")]}
        deep = graph(
            *[(f"x{n:02}", "CA", f"x{n - 1:02}" if n else "c") for n in range(20)],
            c="Nobody knew why.",
        )
        for data, said in (
            (b"{", "The file is not JSON."),
            (b"[" * 100_000, "The file is not JSON."),
            (b"\xff\xfe\x00", "The file is not JSON."),
            ([], 'AIF is an object with "nodes" and "edges".'),
            ({"nodes": [None], "edges": []}, 'Node number 1 has no "nodeID".'),
            ({"nodes": [], "edges": []}, "has no claim at all"),
            ({"nodes": [node("a", "XX")], "edges": []}, "of a type that cannot be debated here"),
            ({"nodes": [node("a", "I", " ")], "edges": []}, "Node 'a' has no \"text\"."),
            ({"nodes": [node("a", "I")] * 10_001, "edges": []}, "more than 10,000 nodes"),
            ({"nodes": [node("a", "I", "\ud800")], "edges": []}, "half a character"),
            (lost, "leads to 'nowhere', which is no node"),
            (twice, "Two nodes have the nodeID 'a'."),
            (forked, "Node 'sa' must bear on one thing."),
            (circle, "The argument goes in a circle"),
            (graph(("a", "RA", "sb"), ("b", "CA", "c"), c="It was cheap"), "no one thing"),
            (graph(("a", "CA", "c"), c="These words are not in it."), "must have these words"),
            (graph(("a", "CA", "c"), c="The"), "must have these words, and once: “The”"),
            (deep, "as deep as it gets"),
            (graph(("a", "CA", "c"), a="x" * 20_000, c="Nobody knew why."), "Nothing was imported"),
        ):
            with self.subTest(said), self.assertRaisesMessage(CommandError, said):
                self.bring(data)
            self.assertFalse(Post.objects.exists())

    def test_it_needs_an_essay_a_member_and_a_file(self):
        whole = graph(c="Nobody knew why.")
        with self.assertRaisesMessage(CommandError, "There is no essay 'bread'."):
            self.bring(whole, essay="bread")
        with self.assertRaisesMessage(CommandError, "There is no author 'nobody'."):
            self.bring(whole, author="nobody")
        with self.assertRaisesMessage(CommandError, "cannot be read"):
            call_command("import_argument", "/nowhere", essay="the-collar", author="wren")
        self.essay.published_at = None
        self.essay.save()
        with self.assertRaisesMessage(CommandError, "This essay is not published yet."):
            self.bring(whole)
