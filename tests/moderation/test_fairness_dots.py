"""The row of appeals: to one scale however few there are, and no date over another."""

from types import SimpleNamespace

from django.test import SimpleTestCase

from forum.moderation import fairness_drawing as drawing

# A date in the letters of the picture is hardly wider.
DATE_WIDTH = 50


def row_of(*reversals):
    return drawing.dots([SimpleNamespace(is_reversed=each) for each in reversals])


class DotsTests(SimpleTestCase):
    def test_few_appeals_are_drawn_as_small_as_many(self):
        for number in (1, 3, 20):
            self.assertEqual(drawing.dots_width(number), drawing.WIDTH)
        self.assertGreater(drawing.dots_width(100), 100 * 2 * drawing.DOT)

    def test_all_dots_and_their_dates_are_in_the_picture(self):
        for number in (1, 2, 21, 40):
            dots = row_of(*[True] * number)
            self.assertGreaterEqual(dots[0].x - DATE_WIDTH / 2, 0)
            self.assertLessEqual(dots[-1].x + DATE_WIDTH / 2, drawing.dots_width(number))

    def test_dates_that_stand_on_one_line_do_not_touch(self):
        for reversals in ([True] * 9, [True, False] * 9, [True, True, False] * 9):
            dots = [dot for dot in row_of(*reversals) if dot.ruling.is_reversed]
            for line in drawing.DATE_Y:
                at = [dot.x for dot in dots if dot.date_y == line]
                gaps = [after - before for before, after in zip(at, at[1:], strict=False)]
                self.assertTrue(all(gap > DATE_WIDTH for gap in gaps), reversals)
