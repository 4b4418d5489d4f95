from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from django.test import SimpleTestCase
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forum.counterpoints.standing import (
    ATTACKS,
    BACKING,
    Objection,
    base,
    claim_values,
    is_answer,
    is_conceded,
    label,
    node_values,
)
from forum.counterpoints.standing_tree import Node, Tree, compute

RELATIONS = ("supports", "rebuts", "undercuts", "concedes")

calmly = settings(deadline=None, max_examples=150)


@st.composite
def trees(draw, relations=RELATIONS, least=0, most=18):
    votes = st.integers(0, 9)
    authors = st.sampled_from(["ada", "ben", "cleo", None])
    nodes = [Node(0, "claim", None, draw(authors), draw(votes), draw(votes))]
    for key in range(1, draw(st.integers(least, most)) + 1):
        # Near the end as often as anywhere, so that deep trees come up too.
        parent = draw(st.integers(0, key - 1) | st.integers(max(0, key - 3), key - 1))
        kind = draw(st.sampled_from(relations))
        nodes.append(Node(key, kind, parent, draw(authors), draw(votes), draw(votes)))
    return nodes


def hide(nodes, keys):
    return [replace(node, hidden=node.id in keys) for node in nodes]


def ancestors(nodes, key):
    while (key := nodes[key].parent) is not None:
        yield key


def values_of(nodes, number=Fraction, **given):
    return compute(Tree(nodes), number, **given)


def grounded(nodes):
    """Dung's grounded labelling, by its own definition: what is in, beginning with nothing."""
    attackers = {
        node.id: {other.id for other in nodes if other.parent == node.id} for node in nodes
    }
    inside, outside = set(), set()
    while True:
        more = {key for key, against in attackers.items() if against <= outside}
        less = {key for key, against in attackers.items() if against & inside}
        if (more, less) == (inside, outside):
            return inside
        inside, outside = more, less


class Site:
    """The tree as a site stores it: a row a post, moved along the ancestors only."""

    FLOOR, QUORUM = 0.2, 5

    def __init__(self, claim):
        self.nodes, self.replies, self.rows = {claim.id: claim}, defaultdict(list), {}
        self.label = None
        self.move(claim.id)

    def write(self, node):
        self.nodes[node.id] = node
        self.replies[node.parent].append(node.id)
        self.move(node.id)

    def change(self, key, **changes):
        self.nodes[key] = replace(self.nodes[key], **changes)
        self.move(key)

    def move(self, key):
        # A concession reaches two levels up at once, and so does a base that makes an answer.
        moved, fixed = 0, 3
        while key is not None:
            before = self.rows.get(key)
            self.rows[key] = self.row(self.nodes[key])
            moved += 1
            parent = self.nodes[key].parent
            # Beside a tie an objection fades without moving the claim's strength: its label may.
            if moved >= fixed and before == self.rows[key] and parent is not None:
                return
            key = parent
        self.label = self.labelled()

    def existing(self, key, kinds):
        replies = (self.nodes[reply] for reply in self.replies[key])
        return [reply for reply in replies if not reply.hidden and reply.kind in kinds]

    def strongest(self, key, kinds):
        return max((self.rows[r.id]["effect"] for r in self.existing(key, kinds)), default=0.0)

    def row(self, node):
        conceded = {r.kind for r in self.existing(node.id, ATTACKS) if self.gives_up(node, r)}
        own_base = base(node.up, node.down, node.kind)
        if node.kind == "claim":
            force = claim_values(
                own_base,
                strongest_support=self.strongest(node.id, BACKING),
                strongest_objection=self.strongest(node.id, ATTACKS),
                conceded=bool(conceded),
            )
        else:
            force = node_values(
                own_base,
                strongest_support=self.strongest(node.id, BACKING),
                strongest_rebuttal=self.strongest(node.id, {"rebuts"}),
                strongest_undercut=self.strongest(node.id, {"undercuts"}),
                rebuttal_conceded="rebuts" in conceded,
                undercut_conceded="undercuts" in conceded,
            )
        answers = self.existing(node.id, ATTACKS)
        answered = any(is_answer(self.rows[r.id]["base"], self.FLOOR) for r in answers)
        votes = node.up + node.down
        return {"base": own_base, **force._asdict(), "answered": answered, "votes": votes}

    def gives_up(self, node, attack):
        concessions = self.existing(attack.id, {"concedes"})
        return is_conceded(attack.kind, node.author, [c.author for c in concessions])

    def labelled(self):
        claim = self.nodes[0]
        rows = [(r, self.rows[r.id]) for r in self.existing(0, ATTACKS)]
        objections = [
            Objection(r.id, row["effect"], row["answered"], row["votes"], self.gives_up(claim, r))
            for r, row in rows
        ]
        strength = self.rows[0]["strength"]
        return label(objections, strength=strength, floor=self.FLOOR, quorum=self.QUORUM)


class StandingPropertiesTests(SimpleTestCase):
    @calmly
    @given(trees(relations=("supports", "concedes")))
    def test_without_an_objection_a_claim_is_unchallenged_whatever_the_votes(self, nodes):
        told = values_of(nodes)[0]
        self.assertEqual((told.label, told.decided_by), ("unchallenged", None))

    @calmly
    @given(trees(relations=("rebuts",)))
    def test_whole_bases_and_rebuttals_alone_give_the_grounded_labelling(self, nodes):
        for number in (Fraction, float):
            values = values_of(nodes, number, base_of=lambda _, number=number: number(1))
            inside = grounded(nodes)
            for key, told in values.items():
                self.assertEqual(told.strength, 1 if key in inside else 0)

    @calmly
    @given(trees(), st.data())
    def test_hiding_moves_ancestors_only(self, nodes, data):
        hidden = data.draw(st.sampled_from(nodes)).id
        before, after = values_of(nodes), values_of(hide(nodes, {hidden}))
        above = set(ancestors(nodes, hidden))
        for key, told in after.items():
            if key not in above:
                self.assertEqual(told, before[key])
        below = {key for key in before if hidden in {key, *ancestors(nodes, key)}}
        self.assertEqual(set(after), set(before) - below)

    @calmly
    @given(trees(), st.data())
    def test_eleven_more_copies_of_an_objection_change_nothing(self, nodes, data):
        target = data.draw(st.sampled_from(nodes)).id
        kind = data.draw(st.sampled_from(sorted(ATTACKS)))
        up = data.draw(st.integers(0, 9))
        copies = [Node(100 + i, kind, target, "dora", up) for i in range(12)]
        once, often = values_of([*nodes, copies[0]]), values_of([*nodes, *copies])
        for key, told in once.items():
            self.assertEqual(often[key], told)

    @calmly
    @given(trees())
    def test_floats_agree_with_fractions(self, nodes):
        exact, rounded = values_of(nodes), values_of(nodes, float)
        objections = [n.id for n in nodes if n.parent == 0 and n.kind in ATTACKS]
        compared = [exact[key].effect for key in objections]
        compared += [Fraction(0), Fraction(1, 5), exact[0].strength]
        # Fractions that differ by less than floats can tell are not what this is about.
        assume(all(a == b or abs(a - b) > 1e-8 for a, b in combinations(compared, 2)))
        for key, told in exact.items():
            for name in ("base", "strength", "link", "effect"):
                self.assertLess(abs(getattr(told, name) - getattr(rounded[key], name)), 1e-9)
            self.assertEqual(told.label, rounded[key].label)
            self.assertEqual(told.decided_by, rounded[key].decided_by)

    @calmly
    @given(trees())
    def test_no_value_leaves_its_bounds(self, nodes):
        for number in (Fraction, float):
            for told in values_of(nodes, number).values():
                for value in (told.base, told.strength, told.link, told.effect):
                    self.assertTrue(0 <= value <= 1)


class MovingAlongAncestorsTests(SimpleTestCase):
    def site_of(self, nodes):
        site = Site(nodes[0])
        for node in nodes[1:]:
            site.write(node)
        return site

    def assert_as_from_nothing(self, site):
        whole = values_of(list(site.nodes.values()), float)
        for key, told in whole.items():
            row = site.rows[key]
            for name in ("base", "strength", "link", "effect"):
                self.assertEqual(row[name], getattr(told, name))
        self.assertEqual(tuple(site.label), (whole[0].label, whole[0].decided_by))

    @calmly
    @given(trees(), st.data())
    def test_every_change_gives_what_a_full_recomputation_gives(self, nodes, data):
        site = self.site_of(nodes)
        self.assert_as_from_nothing(site)
        for _ in range(data.draw(st.integers(0, 8))):
            key = data.draw(st.sampled_from(nodes)).id
            verb = data.draw(st.sampled_from(["hide", "restore", "vote"]))
            if verb == "vote":
                site.change(key, up=site.nodes[key].up + 1)
            elif key:
                site.change(key, hidden=verb == "hide")
            self.assert_as_from_nothing(site)

    @calmly
    @given(trees(least=1), st.data())
    def test_hiding_and_restoring_moves_everything_exactly_back(self, nodes, data):
        site = self.site_of(nodes)
        rows, told = dict(site.rows), site.label
        key = data.draw(st.sampled_from(nodes[1:])).id
        site.change(key, hidden=True)
        site.change(key, hidden=False)
        self.assertEqual((site.rows, site.label), (rows, told))
