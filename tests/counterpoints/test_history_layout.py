from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.counterpoints.history_layout import LEAST, WIDTH, spans

LABELS = st.sampled_from(["unchallenged", "stands", "unanswered", "contested", "refuted"])
DAY = 86_400.0

changes = st.lists(st.tuples(LABELS, st.floats(0, 1e10)), max_size=60).map(
    lambda found: sorted(found, key=lambda change: change[1])
)


class SpansTests(SimpleTestCase):
    def test_one_standing_has_the_whole_line(self):
        assert spans([("stands", 5.0)]) == [("stands", 0, WIDTH)]

    def test_what_lasted_longer_is_longer(self):
        first, second, _ = spans([("a", 0), ("b", 9 * DAY), ("c", 10 * DAY)])
        assert first.end - first.start > 3 * (second.end - second.start)

    def test_what_lasted_a_moment_is_seen(self):
        _, second, _ = spans([("a", 0), ("b", 9 * DAY), ("c", 9 * DAY + 1)])
        assert second.end - second.start >= LEAST - 0.01
        assert second.has_glyph

    def test_changes_at_one_moment_share_the_line(self):
        first, second, _ = spans([("a", 5.0), ("b", 5.0), ("c", 5.0)])
        assert round(first.end - first.start, 6) == round(second.end - second.start, 6)

    def test_nothing_is_an_empty_line(self):
        assert spans([]) == []

    @given(changes)
    def test_they_follow_each_other_from_edge_to_edge(self, found):
        line = spans(found)
        assert [span.label for span in line] == [label for label, _ in found]
        for before, after in zip(line, line[1:], strict=False):
            assert abs(before.end - after.start) < 0.01
        for span in line:
            assert 0 <= span.start < span.end <= WIDTH + 0.01
        if line:
            assert line[0].start == 0
            assert abs(line[-1].end - WIDTH) < 0.01

    @given(changes)
    def test_the_same_gives_the_same(self, found):
        assert spans(found) == spans(found)
