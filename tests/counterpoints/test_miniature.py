from dataclasses import dataclass

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.counterpoints.miniature import CHARACTERS, LOOSE, TIGHT, WIDTH, miniature


@dataclass(frozen=True)
class FakeClaim:
    pk: int
    start: int | None
    end: int | None
    label: str = "stands"


def block(start, end, kind="paragraph"):
    return {"start": start, "end": end, "kind": kind}


@st.composite
def texts(draw):
    """Blocks one after the other, and passages anywhere in them."""
    blocks, place = [], 0
    for length in draw(st.lists(st.integers(1, 3000), min_size=1, max_size=40)):
        blocks.append(block(place, place + length, draw(st.sampled_from(["paragraph", "heading"]))))
        place += length + 2
    length = blocks[-1]["end"]
    starts = sorted(draw(st.lists(st.integers(0, length - 1), max_size=30)))
    claims = [
        FakeClaim(pk, start, min(start + draw(st.integers(1, 400)), length))
        for pk, start in enumerate(starts)
    ]
    return blocks, claims, length


class MiniatureTests(SimpleTestCase):
    def test_a_line_has_so_many_characters_and_paragraphs_stand_apart(self):
        text = miniature(
            [block(0, CHARACTERS * 2), block(CHARACTERS * 2 + 2, 150)], [], (0, 150), 900
        )
        assert [y for _, _, y in text.lines] == [LOOSE * 0.5, LOOSE * 1.5, LOOSE * 3.5]
        assert text.lines[0][:2] == (0, WIDTH)

    def test_a_heading_is_one_thick_line_as_long_as_its_words(self):
        text = miniature([block(0, 25, "heading"), block(27, 60)], [], (0, 60), 900)
        assert text.headings == [(0, WIDTH / 2, LOOSE * 0.5)]

    def test_a_passage_stands_in_its_own_lines_and_the_text_leaves_it_free(self):
        text = miniature([block(0, 100)], [FakeClaim(1, 25, 75)], (0, 100), 900)
        (passage,) = text.passages
        assert passage.strokes[0][0] > WIDTH / 2 - 1
        assert len(passage.strokes) == 2
        for x, end, y in passage.strokes:
            assert all(y != other or end <= start or stop <= x for start, stop, other in text.lines)

    def test_passages_on_the_same_words_are_drawn_beside_each_other(self):
        claims = [FakeClaim(1, 0, 40), FakeClaim(2, 10, 30)]
        one, other = miniature([block(0, 100)], claims, (0, 100), 900).passages
        assert one.y != other.y

    def test_a_part_of_the_text_shows_its_own_passages_only(self):
        claims = [FakeClaim(1, 0, 10), FakeClaim(2, 60, 70), FakeClaim(3, None, None)]
        text = miniature([block(0, 50), block(52, 100)], claims, (52, 100), 900)
        assert [passage.key for passage in text.passages] == [2]

    def test_a_very_long_text_still_fits(self):
        blocks = [block(start, start + 30) for start in range(0, 320_000, 32)]
        text = miniature(blocks, [FakeClaim(1, 9_000, 9_002)], (0, 320_000), 600)
        assert text.height <= 600
        assert len(text.lines) <= 600 / TIGHT + 1
        assert text.passages[0].strokes

    def test_no_text_is_an_empty_column(self):
        assert miniature([], [], (0, 0), 300).lines == []

    @given(texts(), st.integers(40, 2500))
    def test_nothing_leaves_its_column_and_no_passage_is_lost(self, text, height):
        blocks, claims, length = text
        made = miniature(blocks, claims, (0, length), height)
        assert made.height <= height + 0.01
        strokes = [*made.headings, *made.lines, *(s for p in made.passages for s in p.strokes)]
        for x, end, y in strokes:
            assert 0 <= x < end <= WIDTH + 0.01
            assert 0 < y <= made.height + 8
        # What stands only between two paragraphs has no words, and need not be drawn.
        on_words = [
            claim.pk for claim in claims
            if any(b["start"] < claim.end and claim.start < b["end"] for b in blocks)
        ]  # fmt: skip
        keys = [passage.key for passage in made.passages]
        assert set(on_words) <= set(keys)
        assert keys == [claim.pk for claim in claims if claim.pk in keys]
