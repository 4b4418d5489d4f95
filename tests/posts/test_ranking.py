from django.test import SimpleTestCase

from forum.posts.ranking import wilson


class WilsonTests(SimpleTestCase):
    def test_known_values(self):
        for up, n, bound in [
            (1, 1, "0.378"),
            (10, 11, "0.739"),
            (60, 100, "0.536"),
            (6, 6, "0.785"),
            (5, 6, "0.575"),
            (4, 6, "0.409"),
            (1, 6, "0.051"),
            (0, 6, "0.000"),
        ]:
            with self.subTest(up=up, n=n):
                self.assertEqual(f"{wilson(up, n):.3f}", bound)

    def test_without_votes_there_is_nothing_to_rank_by(self):
        self.assertEqual(wilson(0, 0), 0)

    def test_where_nobody_said_yes_all_tie_at_nothing(self):
        self.assertEqual({wilson(0, n) for n in range(200)}, {0})

    def test_a_yes_lifts_and_a_no_lowers(self):
        for n in range(1, 40):
            for up in range(n + 1):
                self.assertGreater(wilson(up + 1, n + 1), wilson(up, n))
                self.assertLessEqual(wilson(up, n + 1), wilson(up, n))

    def test_many_votes_beat_few_of_the_same_share(self):
        self.assertGreater(wilson(100, 100), wilson(10, 10))
        self.assertGreater(wilson(10, 11), wilson(1, 1))
