"""The score at the head of the home page: small, but the same in what it says."""

from types import SimpleNamespace
from xml.etree import ElementTree

from django.test import SimpleTestCase

from forum.counterpoints.opening_bars import BARS, opening_bars_html


def sign(relation, *answers, survives=True, waits=False):
    return SimpleNamespace(relation=relation, survives=survives, waits=waits, answers=answers)


class OpeningBarsTests(SimpleTestCase):
    def drawn(self, labelled, signs=None):
        svg = str(opening_bars_html(labelled, signs or {}))
        return ElementTree.fromstring(svg)  # noqa: S314 — it is our own

    def tiles(self, picture):
        return [group.get("class") for group in picture.iter("g")]

    def test_without_claims_there_is_no_picture(self):
        self.assertEqual(opening_bars_html([], {}), "")

    def test_it_says_in_words_what_it_shows(self):
        picture = self.drawn([(1, "stands"), (2, "stands"), (3, "conceded")])
        self.assertEqual(
            picture.get("aria-label"), "Its three claims in order: two stand, one is conceded"
        )

    def test_answers_follow_what_they_answer_and_a_place_waits(self):
        objection = sign("rebuts", sign("undercuts"), survives=False)
        fresh = sign("undercuts", waits=True)
        picture = self.drawn([(1, "unanswered")], {1: [objection, fresh]})
        self.assertEqual(
            self.tiles(picture),
            ["tile is-rebuts answered", "tile is-undercuts", "tile is-undercuts", "tile slot"],
        )

    def test_nothing_is_drawn_outside_however_much_there_is(self):
        many = [sign("rebuts", *[sign("supports")] * 9)] * 9 + [sign("supports")] * 9
        labelled = [(number, "contested") for number in range(BARS + 8)]
        picture = self.drawn(labelled, {number: many for number, _ in labelled})
        _, _, width, height = map(float, picture.get("viewBox").split())
        for box in picture.iter("rect"):
            x, y, side = (float(box.get(name)) for name in ("x", "y", "width"))
            self.assertTrue(x >= 0 and x + side <= width, (x, side))
            self.assertTrue(y >= 0 and y + side <= height, (y, side))
