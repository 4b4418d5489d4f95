from dataclasses import dataclass

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.counterpoints.map_parts import (
    BEGINNING,
    CLAIMS_A_PART,
    GONE,
    MOST_PARTS,
    parts_of,
    shares,
)

SECTIONS = [(100, "Straw"), (500, "Oats")]


@dataclass(frozen=True)
class FakeClaim:
    start: int | None


def claims(*starts):
    return [FakeClaim(start) for start in starts]


class PartsTests(SimpleTestCase):
    def titles(self, *starts):
        return [part.title for part in parts_of(claims(*starts), SECTIONS, 1000)]

    def test_a_part_is_a_section_with_claims(self):
        assert self.titles(120, 130, 600) == ["Straw", "Oats"]
        assert self.titles(600) == ["Oats"]

    def test_before_the_first_heading_is_the_beginning(self):
        assert self.titles(3, 120) == [BEGINNING, "Straw"]

    def test_claims_whose_words_are_gone_stand_last_by_themselves(self):
        parts = parts_of(claims(120, None), SECTIONS, 1000)
        assert [part.title for part in parts] == ["Straw", GONE]
        assert (parts[1].start, parts[1].end) == (None, None)

    def test_together_they_have_the_whole_text(self):
        parts = parts_of(claims(120, 600, None), SECTIONS, 1000)
        assert [(part.start, part.end) for part in parts[:2]] == [(0, 500), (500, 1000)]

    def test_a_long_section_is_divided_into_pieces_that_say_so(self):
        parts = parts_of(claims(*range(500, 560)), SECTIONS, 1000)
        assert [part.title for part in parts] == ["Oats, 1 of 3", "Oats, 2 of 3", "Oats, 3 of 3"]
        assert [len(part.claims) for part in parts] == [20, 20, 20]

    def test_an_essay_without_sections_is_divided_too(self):
        assert len(parts_of(claims(*range(300)), [], 1000)) == 13

    @given(st.lists(st.integers(0, 999), max_size=900), st.integers(0, 9))
    def test_every_claim_is_in_one_part_and_no_map_has_too_many(self, starts, gone):
        some = claims(*sorted(starts), *[None] * gone)
        parts = parts_of(some, SECTIONS, 1000)
        assert [claim for part in parts for claim in part.claims] == some
        assert [part.number for part in parts] == list(range(1, len(parts) + 1))
        # Every section may end with a part that is not full.
        assert len(parts) <= MOST_PARTS + len(SECTIONS) + 2
        assert all(
            len(part.claims) <= max(CLAIMS_A_PART, -(-len(some) // MOST_PARTS)) for part in parts
        )


class SharesTests(SimpleTestCase):
    def test_who_wants_little_has_all_of_it_and_the_others_share_what_is_left(self):
        assert shares([2, 4000, 4000], 12) == [2, 5, 5]
        assert shares([1, 2], 12) == [1, 2]
        assert shares([], 12) == []
        assert shares([4, 4], 0) == [0, 0]

    @given(st.lists(st.integers(0, 5000), max_size=40), st.integers(0, 400))
    def test_never_more_than_there_is_nor_than_is_wanted(self, wanted, room):
        given_ = shares(wanted, room)
        assert sum(given_) == min(room, sum(wanted))
        assert all(0 <= some <= want for some, want in zip(given_, wanted, strict=True))
