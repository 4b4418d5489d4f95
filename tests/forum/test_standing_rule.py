import re

from django.test import TestCase, override_settings
from django.urls import reverse

from forum.help import ADMITTED, EXAMPLES


class StandingRuleTests(TestCase):
    url = "/how-standing-works/"

    def test_examples_come_from_the_rule(self):
        self.assertEqual(
            [(example.strength, example.label) for example in EXAMPLES],
            [
                ("1/2", "unchallenged"),
                ("3/8", "unanswered"),
                ("13/32", "stands"),
                ("29/70", "stands"),
                ("25/128", "refuted"),
                ("179/400", "stands"),
                ("1/2", "stands"),
                ("133/486", "contested"),
                ("0", "conceded"),
            ],
        )

    def test_its_pictures_are_the_same_in_every_language(self):
        drawn = [
            re.findall(r' (?:d|x|y)="[^"]*"', page.content.decode())
            for page in (
                self.client.get(self.url, headers={"Accept-Language": asked})
                for asked in ("en", "de")
            )
        ]
        self.assertEqual(drawn[0], drawn[1])

    def test_what_it_cannot_do_is_worked_by_the_rule_as_well(self):
        self.assertEqual(
            [(example.strength, example.label, len(example.tiles)) for example in ADMITTED],
            [("1/3", "unanswered", 3), ("1/2", "unanswered", 2), ("4/9", "stands", 1)],
        )
        self.assertContains(self.client.get(self.url), "Five voters who agree among themselves")

    def test_signs_that_speak_to_the_claim_are_not_joined_to_each_other(self):
        for one in ADMITTED:
            self.assertEqual([tile.wire for tile in one.tiles], [""] * len(one.tiles))
        self.assertTrue(EXAMPLES[2].tiles[1].wire)

    def test_where_the_settings_are_others_the_examples_say_what_they_are_worked_with(self):
        words = "worked with 1/5 and five votes"
        self.assertNotContains(self.client.get(self.url), words)
        with override_settings(STANDING_QUORUM=7):
            self.assertContains(self.client.get(self.url), words)

    def test_all_six_labels_and_what_the_rule_cannot_do_are_told(self):
        self.assertEqual(reverse("standing-rule"), self.url)
        response = self.client.get(self.url)
        for words in (
            "Its author accepted this objection",
            "Nobody has objected yet",
            "Objected to; no objection has survived",
            "Nobody has answered this objection",
            "Answered, but the objection still outweighs it",
            "Both sides still have a live case",
            "do not add up",
            "Votes can be brigaded",
        ):
            self.assertContains(response, words)

    @override_settings(STANDING_QUORUM=7)
    def test_the_settings_in_force_are_told(self):
        response = self.client.get(self.url)
        self.assertContains(response, "<dt>Votes enough</dt><dd>7</dd>", html=True)
        self.assertContains(response, "Fewer than seven voters")

    def test_it_asks_the_database_nothing(self):
        with self.assertNumQueries(0):
            self.client.get(self.url)
