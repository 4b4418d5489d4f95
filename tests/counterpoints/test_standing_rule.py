from fractions import Fraction

from django.test import SimpleTestCase

from forum.counterpoints.standing import (
    FLOOR,
    Objection,
    base,
    claim_values,
    is_answer,
    is_conceded,
    is_open,
    label,
    node_values,
)
from forum.counterpoints.standing_tree import Node, Tree, compute


def claim(**given):
    return Node("c", "claim", author="essayist", **given)


def reply(key, kind, parent, author=None, **given):
    return Node(key, kind, parent, author or f"author of {key}", **given)


def standing_of(*nodes, **settings):
    return compute(Tree(nodes, **settings), Fraction)


class WorkedExamplesTests(SimpleTestCase):
    def assert_claim(self, nodes, strength, label_name, decided_by=None):
        told = standing_of(*nodes)["c"]
        self.assertEqual(
            (told.strength, told.label, told.decided_by),
            (Fraction(strength), label_name, decided_by),
        )

    def test_claim_without_votes(self):
        self.assert_claim([claim()], "1/2", "unchallenged")

    def test_one_fresh_objection(self):
        self.assert_claim([claim(), reply("1", "rebuts", "c")], "3/8", "unanswered", "1")

    def test_fresh_objection_with_a_fresh_answer(self):
        nodes = [claim(), reply("1", "rebuts", "c"), reply("2", "rebuts", "1")]
        self.assert_claim(nodes, "13/32", "stands")

    def test_objection_and_answer_with_votes(self):
        nodes = [claim(), reply("1", "rebuts", "c", up=3), reply("2", "rebuts", "1", up=6)]
        self.assert_claim(nodes, "29/70", "stands")

    def test_strong_objection_with_an_answer_without_votes(self):
        nodes = [claim(), reply("1", "rebuts", "c", up=12), reply("2", "rebuts", "1")]
        self.assert_claim(nodes, "25/128", "refuted", "1")

    def test_objection_undercut(self):
        nodes = [claim(), reply("1", "rebuts", "c", up=6), reply("2", "undercuts", "1", up=16)]
        self.assert_claim(nodes, "179/400", "stands")

    def test_objector_concedes_the_answer(self):
        nodes = [
            claim(),
            reply("1", "rebuts", "c", author="objector"),
            reply("2", "rebuts", "1"),
            reply("3", "concedes", "2", author="objector"),
        ]
        self.assert_claim(nodes, "1/2", "stands")

    def test_chain_of_five_rebuttals(self):
        chain = [reply(str(i), "rebuts", str(i - 1) if i > 1 else "c", up=5) for i in range(1, 6)]
        self.assertEqual(standing_of(claim(), *chain)["1"].strength, Fraction(110, 243))
        self.assert_claim([claim(), *chain], "133/486", "contested", "1")


class StrengthTests(SimpleTestCase):
    def test_votes_make_the_base(self):
        self.assertEqual(base(0, 0, "claim", Fraction), Fraction(1, 2))
        self.assertEqual(base(0, 0, "supports", Fraction), Fraction(1, 4))
        self.assertEqual(base(6, 1, "claim", Fraction), Fraction(8, 11))
        self.assertEqual(base(6, 1, "rebuts"), 0.636363636364)

    def test_support_lifts_into_the_room_above_the_base(self):
        values = standing_of(claim(), reply("1", "supports", "c", up=2))
        self.assertEqual(values["c"].strength, Fraction(3, 4))

    def test_equal_support_and_objection_cancel_in_the_number_but_not_in_the_label(self):
        told = standing_of(claim(), reply("1", "supports", "c"), reply("2", "rebuts", "c"))["c"]
        self.assertEqual((told.strength, told.label), (Fraction(1, 2), "unanswered"))

    def test_an_undercut_hits_the_link_and_not_the_strength(self):
        told = standing_of(claim(), reply("1", "rebuts", "c"), reply("2", "undercuts", "1"))["1"]
        self.assertEqual(
            (told.strength, told.link, told.effect),
            (Fraction(1, 4), Fraction(3, 4), Fraction(3, 16)),
        )

    def test_an_undercut_can_be_undercut(self):
        values = standing_of(
            claim(),
            reply("1", "rebuts", "c"),
            reply("2", "undercuts", "1"),
            reply("3", "undercuts", "2"),
        )
        self.assertEqual(values["2"].effect, Fraction(3, 16))
        self.assertEqual(values["1"].link, Fraction(13, 16))

    def test_an_undercut_of_the_claim_objects_to_it(self):
        told = standing_of(claim(), reply("1", "undercuts", "c"))["c"]
        self.assertEqual(
            (told.strength, told.link, told.effect, told.label, told.decided_by),
            (Fraction(3, 8), 1, Fraction(3, 8), "unanswered", "1"),
        )

    def test_the_hidden_and_all_below_do_not_exist(self):
        values = standing_of(
            claim(), reply("1", "rebuts", "c", hidden=True), reply("2", "rebuts", "1")
        )
        self.assertEqual(list(values), ["c"])
        self.assertEqual(values["c"].label, "unchallenged")

    def test_a_hidden_claim_leaves_nothing(self):
        self.assertEqual(standing_of(claim(hidden=True), reply("1", "rebuts", "c")), {})

    def test_only_the_claim_has_a_label(self):
        told = standing_of(claim(), reply("1", "rebuts", "c"))["1"]
        self.assertEqual((told.label, told.decided_by), (None, None))

    def test_a_chain_of_a_hundred_thousand_is_no_deeper_than_any_other(self):
        chain = [Node(i, "rebuts", i - 1) for i in range(1, 100_001)]
        values = compute(Tree([Node(0, "claim"), *chain]), float)
        self.assertEqual((values[0].strength, values[1].strength), (0.4, 0.2))


class ConcessionTests(SimpleTestCase):
    def tree(self, attack, conceding_author, *, hidden=False):
        return [
            claim(),
            reply("1", "rebuts", "c", author="objector"),
            reply("2", attack, "1"),
            reply("3", "concedes", "2", author=conceding_author, hidden=hidden),
        ]

    def test_conceding_a_rebuttal_withdraws_what_it_attacks(self):
        told = standing_of(*self.tree("rebuts", "objector"))["1"]
        self.assertEqual((told.strength, told.link, told.effect), (0, 1, 0))

    def test_conceding_an_undercut_cuts_the_link_alone(self):
        told = standing_of(*self.tree("undercuts", "objector"))["1"]
        self.assertEqual((told.strength, told.link, told.effect), (Fraction(1, 4), 0, 0))

    def test_nobody_else_can_concede(self):
        for conceding_author in ("author of 2", "somebody", "essayist"):
            values = standing_of(*self.tree("rebuts", conceding_author))
            self.assertGreater(values["1"].strength, 0)

    def test_a_concession_supports_what_it_concedes_whoever_wrote_it(self):
        for conceding_author in ("objector", "somebody"):
            values = standing_of(*self.tree("rebuts", conceding_author))
            self.assertEqual(values["2"].strength, Fraction(7, 16))

    def test_a_concession_of_support_gives_nothing_up(self):
        told = standing_of(*self.tree("supports", "objector"))["1"]
        self.assertGreater(told.strength, Fraction(1, 4))

    def test_without_the_concession_everything_is_as_before(self):
        before = standing_of(*self.tree("rebuts", "objector")[:3])
        self.assertEqual(standing_of(*self.tree("rebuts", "objector", hidden=True)), before)

    def test_a_concession_below_a_hidden_attack_is_gone(self):
        nodes = self.tree("rebuts", "objector")
        nodes[2] = reply("2", "rebuts", "1", hidden=True)
        self.assertEqual(standing_of(*nodes)["1"].strength, Fraction(1, 4))

    def test_a_concession_holds_however_weak_it_has_become(self):
        nodes = [*self.tree("rebuts", "objector"), reply("4", "rebuts", "3", up=99)]
        nodes.append(reply("5", "concedes", "4", author="objector"))
        values = standing_of(*nodes)
        self.assertEqual((values["3"].strength, values["1"].strength), (0, 0))

    def test_what_is_given_up_still_answers(self):
        nodes = [
            claim(),
            reply("1", "rebuts", "c"),
            reply("2", "rebuts", "1", author="answerer"),
            reply("3", "rebuts", "2"),
            reply("4", "concedes", "3", author="answerer"),
        ]
        values = standing_of(*nodes)
        self.assertEqual(values["2"].strength, 0)
        self.assertEqual((values["c"].label, values["c"].decided_by), ("contested", "1"))

    def test_conceding_any_objection_concedes_the_claim_and_the_oldest_decides(self):
        nodes = [
            claim(),
            reply("1", "rebuts", "c", up=50),
            reply("2", "undercuts", "c"),
            reply("3", "rebuts", "c", up=9),
            reply("4", "concedes", "3", author="essayist"),
            reply("5", "concedes", "2", author="essayist"),
        ]
        told = standing_of(*nodes)["c"]
        self.assertEqual(
            (told.strength, told.link, told.effect, told.label, told.decided_by),
            (0, 1, 0, "conceded", "2"),
        )

    def test_what_has_no_known_author_is_conceded_by_nobody(self):
        nodes = [Node("c", "claim"), Node("1", "rebuts", "c"), Node("2", "concedes", "1")]
        self.assertEqual(standing_of(*nodes)["c"].label, "unanswered")
        self.assertFalse(is_conceded("rebuts", None, [None]))


class LabelTests(SimpleTestCase):
    def label_of(self, *objections, strength="1/2"):
        made = [
            Objection(key, Fraction(effect), answered, votes, conceded=False)
            for key, effect, answered, votes in objections
        ]
        return tuple(label(made, strength=Fraction(strength), floor=FLOOR, quorum=5))

    def test_an_answer_is_heard_from_the_floor_up(self):
        self.assertTrue(is_answer(base(0, 1, "rebuts", Fraction), FLOOR))
        self.assertFalse(is_answer(base(0, 2, "rebuts", Fraction), FLOOR))
        self.assertTrue(is_answer(base(0, 1, "rebuts"), float(FLOOR)))

    def test_five_voters_can_silence_an_unanswered_objection_and_four_cannot(self):
        for votes, name in [(4, "unanswered"), (5, "stands")]:
            self.assertEqual(self.label_of(("1", "1/10", False, votes))[0], name)

    def test_an_objection_at_the_floor_is_open_whatever_the_votes(self):
        self.assertEqual(self.label_of(("1", "1/5", True, 99)), ("contested", "1"))

    def test_an_objection_without_effect_is_never_open(self):
        for zero, floor in [(Fraction(0), FLOOR), (0.0, 0.2)]:
            self.assertFalse(is_open(zero, answered=False, votes=0, floor=floor, quorum=5))

    def test_the_oldest_of_equally_strong_objections_decides(self):
        told = self.label_of(("1", "1/5", False, 0), ("2", "2/5", False, 0), ("3", "2/5", False, 0))
        self.assertEqual(told, ("unanswered", "2"))

    def test_refuting_takes_a_quorum(self):
        for votes, name in [(4, "contested"), (5, "refuted")]:
            told = self.label_of(("1", "3/5", True, votes), strength="19/100")
            self.assertEqual(told, (name, "1"))
        self.assertEqual(self.label_of(("1", "3/5", True, 5), strength="1/5")[0], "contested")

    def test_what_is_refuted_is_so_before_a_weaker_objection_asks_for_an_answer(self):
        objections = [("1", "1/5", False, 0), ("2", "3/5", True, 5), ("3", "2/5", False, 0)]
        self.assertEqual(self.label_of(*objections, strength="1/10"), ("refuted", "2"))
        self.assertEqual(self.label_of(*objections), ("unanswered", "3"))

    def test_an_attack_on_an_objection_with_a_base_below_the_floor_is_no_answer(self):
        nodes = [claim(), reply("1", "rebuts", "c", up=5), reply("2", "rebuts", "1", down=2)]
        self.assertEqual(standing_of(*nodes)["c"].label, "unanswered")

    def test_support_for_an_objection_is_no_answer(self):
        nodes = [claim(), reply("1", "rebuts", "c"), reply("2", "supports", "1", up=5)]
        self.assertEqual(standing_of(*nodes)["c"].label, "unanswered")

    def test_floor_and_quorum_are_settings(self):
        nodes = [claim(), reply("1", "rebuts", "c", down=1), reply("2", "rebuts", "1")]
        self.assertEqual(standing_of(*nodes)["c"].label, "stands")
        self.assertEqual(standing_of(*nodes, floor=Fraction(1, 10))["c"].label, "contested")
        self.assertEqual(standing_of(*nodes, floor=Fraction(1, 3))["c"].label, "unanswered")
        self.assertEqual(standing_of(*nodes, floor=Fraction(1, 3), quorum=1)["c"].label, "stands")


class FloatTests(SimpleTestCase):
    def test_what_is_stored_is_cut_to_twelve_digits(self):
        force = node_values(
            base(1, 2, "rebuts"),
            strongest_support=1 / 3,
            strongest_rebuttal=0.0,
            strongest_undercut=1 / 7,
        )
        for value in force:
            self.assertIs(type(value), float)
            self.assertEqual(value, round(value, 12))

    def test_equals_reached_on_different_ways_tie(self):
        objections = [Objection(1, 0.3, True, 0, False), Objection(2, 0.1 + 0.2, True, 0, False)]
        self.assertEqual(label(objections, strength=0.5, floor=0.2, quorum=5).decided_by, 1)

    def test_a_tie_is_with_the_strongest_and_fractions_tie_only_as_equals(self):
        for third, step in [(1 / 3, 0.7e-9), (Fraction(1, 3), Fraction(1, 10**12))]:
            objections = [Objection(i, third + i * step, True, 0, False) for i in range(3)]
            told = label(objections, strength=third, floor=third / 2, quorum=5)
            self.assertEqual(told.decided_by, 1 if isinstance(third, float) else 2)

    def test_a_strength_a_rounding_below_the_floor_is_not_below_it(self):
        told = label([Objection(1, 0.6, True, 9, False)], strength=0.2 - 1e-12, floor=0.2, quorum=5)
        self.assertEqual(told.name, "contested")

    def test_a_withdrawn_claim_has_no_strength_and_whole_link(self):
        force = claim_values(
            base(9, 0, "claim"), strongest_support=0.9, strongest_objection=0.0, conceded=True
        )
        self.assertEqual(tuple(force), (0.0, 1.0, 0.0))
