import io
import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from django.core.management import call_command
from django.test import SimpleTestCase

from forum.counterpoints.management.commands.standing import Command

ROOT = Path(__file__).parents[2]
CLAIM = {"id": "c", "kind": "claim", "parent": None, "author": "a1", "up": 0, "down": 0}
OBJECTION = {"id": "1", "kind": "rebuts", "parent": "c", "author": "a2", "up": 0, "down": 0}
FRESH_OBJECTION = {
    "c": {
        "base": "1/2",
        "strength": "3/8",
        "link": "1",
        "effect": "3/8",
        "label": "unanswered",
        "decided_by": "1",
    },
    "1": {"base": "1/4", "strength": "1/4", "link": "1", "effect": "1/4"},
}


class StandingCommandTests(SimpleTestCase):
    def setUp(self):
        self.addCleanup(sys.set_int_max_str_digits, sys.get_int_max_str_digits())
        # As a process begins: the command lifts it, in whatever test it ran before.
        sys.set_int_max_str_digits(sys.int_info.default_max_str_digits)

    def run_with(self, data):
        """The exit status, what is written, and what is said about errors."""
        data = data if isinstance(data, bytes) else json.dumps(data).encode()
        out, err, status = io.StringIO(), io.StringIO(), 0
        with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(data))):
            try:
                call_command(Command(), stdout=out, stderr=err)
            except SystemExit as end:
                status = end.code
        return status, out.getvalue(), err.getvalue()

    def told(self, *nodes, **settings):
        status, out, err = self.run_with({"nodes": nodes, **settings})
        self.assertEqual((status, err), (0, ""))
        return json.loads(out)

    def assert_refused(self, data, because):
        status, out, err = self.run_with(data)
        self.assertEqual((status, out), (1, ""))
        self.assertIn(because, err)
        self.assertRegex(err, r"\A[^\n]+[.]\n\Z")

    def assert_tree_refused(self, because, *nodes, **settings):
        self.assert_refused({"nodes": nodes, **settings}, because)

    def test_a_tree_from_the_shell_needs_neither_database_nor_secret(self):
        done = subprocess.run(
            [sys.executable, "manage.py", "standing"],
            input=json.dumps({"nodes": [CLAIM, OBJECTION]}),
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(json.loads(done.stdout), FRESH_OBJECTION)

    def test_fractions_are_exact_and_only_the_claim_has_a_label(self):
        self.assertEqual(self.told(CLAIM, OBJECTION), FRESH_OBJECTION)

    def test_a_label_that_no_post_decides_says_so(self):
        told = self.told(CLAIM)["c"]
        self.assertEqual((told["label"], told["decided_by"]), ("unchallenged", None))

    def test_what_is_hidden_is_left_out(self):
        answer = {**OBJECTION, "id": "2", "parent": "1"}
        self.assertEqual(list(self.told(CLAIM, {**OBJECTION, "hidden": True}, answer)), ["c"])

    def test_settings_come_with_the_tree(self):
        nodes = [CLAIM, {**OBJECTION, "down": 5}]
        self.assertEqual(self.told(*nodes)["c"]["label"], "stands")
        self.assertEqual(self.told(*nodes, quorum=6)["c"]["label"], "unanswered")
        for floor in ("1/9", "0.1", 0.1, 0):
            self.assertEqual(self.told(*nodes, floor=floor)["c"]["label"], "unanswered")

    def test_whole_numbers_serve_as_names(self):
        told = self.told({"id": 7, "kind": "claim"}, {"id": 8, "kind": "rebuts", "parent": 7})
        self.assertEqual((list(told), told["7"]["decided_by"]), (["7", "8"], "8"))

    def test_a_deep_chain_is_told_exactly(self):
        # Deeper than Python recurses, and longer than it writes numbers by default.
        depth = 3000
        chain = [
            {"id": i, "kind": "rebuts", "parent": i - 1 if i else "c", "up": 90}
            for i in range(depth)
        ]
        told = self.told(CLAIM, *chain)
        self.assertEqual(len(told), depth + 1)
        self.assertGreater(len(told["c"]["strength"]), 2 * 4300)

    def test_a_chain_too_long_to_write_is_refused_at_once(self):
        chain = [{"id": i, "kind": "rebuts", "parent": i - 1} for i in range(1, 100_001)]
        self.assert_tree_refused("too long to write", {"id": 0, "kind": "claim"}, *chain)

    def test_a_broad_tree_is_not_too_long(self):
        replies = [{"id": i, "kind": "rebuts", "parent": "c"} for i in range(20_000)]
        self.assertEqual(self.told(CLAIM, *replies)["c"]["decided_by"], "0")

    def test_what_is_no_tree_is_refused(self):
        for data, because in [
            (b"", "not JSON"),
            (b"{", "not JSON"),
            (b"\xff\xfe{", "not JSON"),
            (b'{"nodes": [], "quorum": NaN}', "not JSON"),
            (b'{"quorum": 1' + b"0" * 5000 + b"}", "not JSON"),
            (b"[" * 200_000, "nested too deeply"),
            ([], "one JSON object"),
            ("tree", "one JSON object"),
            ({}, '"nodes"'),
            ({"nodes": {}}, '"nodes"'),
        ]:
            with self.subTest(data=data[:20] if isinstance(data, bytes) else data):
                self.assert_refused(data, because)

    def test_bad_nodes_are_refused(self):
        for change, because in [
            ({"id": None}, "no id"),
            ({"id": []}, "id"),
            ({"id": True}, "id"),
            ({"id": "c"}, "Two nodes"),
            ({"kind": "likes"}, "unknown kind"),
            ({"kind": ["rebuts"]}, "unknown kind"),
            ({"kind": None}, "unknown kind"),
            ({"kind": "claim"}, "exactly one claim"),
            ({"parent": "x"}, "missing"),
            ({"parent": None}, "missing"),
            ({"parent": {}}, "parent"),
            ({"parent": "1"}, "cycle"),
            ({"author": ["a1"]}, "author"),
            ({"up": -1}, "up"),
            ({"up": True}, "up"),
            ({"up": None}, "up"),
            ({"down": 1.5}, "down"),
            ({"down": "2"}, "down"),
            ({"hidden": "no"}, "hidden"),
            ({"id": "two\nlines", "parent": "x" * 500}, "missing"),
        ]:
            with self.subTest(change=change):
                self.assert_tree_refused(because, CLAIM, {**OBJECTION, **change})
        self.assert_tree_refused("not an object", CLAIM, 5)

    def test_bad_shapes_are_refused(self):
        around = [{**OBJECTION, "id": str(i), "parent": str(1 - i)} for i in (0, 1)]
        self.assert_tree_refused("cycle", CLAIM, *around)
        self.assert_tree_refused("cycle", CLAIM, {**around[0], "hidden": True}, around[1])
        self.assert_tree_refused("exactly one claim")
        self.assert_tree_refused("exactly one claim", OBJECTION)
        self.assert_tree_refused("must not have a parent", {**CLAIM, "parent": "1"}, OBJECTION)

    def test_bad_settings_are_refused(self):
        for floor in ("1/0", "6/5", "-1/5", "a fifth", "1e-999999999", "1_0/50", 2, True, [], {}):
            with self.subTest(floor=floor):
                self.assert_tree_refused("floor", CLAIM, floor=floor)
        for quorum in (-1, 2.5, "5", True, []):
            with self.subTest(quorum=quorum):
                self.assert_tree_refused("quorum", CLAIM, quorum=quorum)
