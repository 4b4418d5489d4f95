import re
from dataclasses import dataclass
from xml.etree import ElementTree

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.counterpoints import layout
from forum.counterpoints.drawing import balance_html, map_item_html, map_list_html, score_html
from forum.counterpoints.signs import Sign
from forum.counterpoints.text_width import broken, width

LABELS = ("unchallenged", "stands", "unanswered", "contested", "refuted", "conceded")


@dataclass
class FakeClaim:
    pk: int
    statement: str = "Serfdom in the West was dissolved from below, by a tool."
    label: str = "stands"
    start: int | None = 0
    counterpoint_count: int = 3

    @property
    def number(self):
        return self.pk


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 — our own


def sign(relation="rebuts", *, survives=True, waits=False, answers=(), pk=1):
    return Sign(pk, relation, survives, waits, answers)


def claims(number, **fields):
    return [
        FakeClaim(pk, label=LABELS[pk % 6], start=pk * 100, **fields) for pk in range(1, number + 1)
    ]


def all_columns(picture):
    return [column for stave in picture.staves for column in stave.columns]


SIGNS = [
    sign("rebuts", waits=True),
    sign("undercuts", survives=False, answers=[sign("rebuts"), sign("concedes")]),
    sign("supports", answers=[sign("undercuts")] * 9),
    sign("concedes"),
]


class ScoreLayoutTests(SimpleTestCase):
    def test_what_speaks_for_stands_above_the_line_and_what_speaks_against_below(self):
        picture = layout.score([FakeClaim(1)], {1: SIGNS})
        line = picture.staves[0].line
        for tile in all_columns(picture)[0].tiles:
            if tile.size == layout.TILE:
                is_above = tile.relation in {"supports", "concedes"}
                assert (tile.y + tile.size < line) is is_above

    def test_what_did_not_survive_is_hollow(self):
        tiles = all_columns(layout.score([FakeClaim(1)], {1: SIGNS}))[0].tiles
        hollow = [tile.relation for tile in tiles if tile.is_hollow]
        assert hollow == ["undercuts"]

    def test_an_objection_that_waits_has_an_empty_place(self):
        column = all_columns(layout.score([FakeClaim(1)], {1: SIGNS}))[0]
        assert [tile.is_slot for tile in column.tiles].count(True) == 1
        assert column.asks is not None

    def test_no_column_reaches_into_the_next(self):
        for number in (1, 2, 9, 10, 30):
            found = claims(number)
            picture = layout.score(found, {claim.pk: SIGNS for claim in found})
            for column in all_columns(picture):
                end = column.x + column.width
                assert end <= layout.WIDTH + 0.01
                assert all(tile.x + tile.size <= end for tile in column.tiles)

    def test_no_two_signs_cover_each_other(self):
        found = claims(12)
        picture = layout.score(found, {claim.pk: SIGNS * 3 for claim in found})
        for stave in picture.staves:
            tiles = [tile for column in stave.columns for tile in column.tiles]
            for place, one in enumerate(tiles):
                for other in tiles[place + 1 :]:
                    assert (
                        one.x + one.size <= other.x
                        or other.x + other.size <= one.x
                        or one.y + one.size <= other.y
                        or other.y + other.size <= one.y
                    )

    def test_signs_keep_off_titles_and_words(self):
        picture = layout.score([FakeClaim(1)], {1: SIGNS * 4}, [(0, "Oats")])
        stave = picture.staves[0]
        column = stave.columns[0]
        assert min(tile.y for tile in column.tiles) > stave.offset + 30
        assert max(tile.y + tile.size for tile in column.tiles) < stave.words - 16
        assert len(column.more) == 2

    def test_claims_wrap_into_staves_of_about_equal_length(self):
        sizes = [len(stave.columns) for stave in layout.score(claims(30), {}).staves]
        assert sum(sizes) == 30
        assert max(sizes) <= layout.CLAIMS_A_STAVE
        assert max(sizes) - min(sizes) <= 2

    def test_staves_stand_below_each_other(self):
        staves = layout.score(claims(30), {}).staves
        for above, below in zip(staves, staves[1:], strict=False):
            assert above.offset + above.height <= below.offset + 0.01

    def test_of_more_claims_the_first_thirty_are_drawn(self):
        picture = layout.score(claims(300), {})
        assert (picture.drawn, picture.total) == (30, 300)
        assert [column.claim.pk for column in all_columns(picture)] == list(range(1, 31))

    def test_no_claims_make_an_empty_picture(self):
        picture = layout.score([], {})
        assert (picture.staves, picture.height, picture.total) == ([], 0, 0)

    def test_sections_stand_over_their_claims(self):
        found = claims(3)
        picture = layout.score(found, {}, [(0, "Straw"), (250, "Oats")])
        (start, end, straw), (_, _, oats) = picture.staves[0].sections
        assert (straw, oats) == ("Straw", "Oats")
        assert start == layout.TEXT_EDGE
        assert end < picture.staves[0].columns[2].x

    def test_claims_before_the_first_heading_have_no_title(self):
        picture = layout.score([FakeClaim(1, start=5)], {}, [(10, "Straw")])
        assert picture.staves[0].sections == []

    def test_claims_whose_words_are_gone_say_so(self):
        picture = layout.score([FakeClaim(1, start=None)], {}, [(0, "Straw")])
        assert picture.staves[0].sections[0][2] == "No longer in the text"


class ScoreDrawingTests(SimpleTestCase):
    def drawn(self, found, signs=None, sections=()):
        return score_html(layout.score(found, signs or {}, sections), title="The Horse Collar")

    def test_it_is_sound_xml_with_one_link_a_claim(self):
        found = claims(12)
        root = parsed(self.drawn(found, {claim.pk: SIGNS for claim in found}))
        links = [link.get("href") for link in root.iter("a")]
        assert links == [f"/claims/{claim.pk}/" for claim in found]

    def test_each_link_says_what_it_leads_to(self):
        svg = self.drawn([FakeClaim(7, "Oats were dear.", "contested", 0, 14)])
        assert 'aria-label="7 Oats were dear. (Contested, 14 counterpoints)"' in svg

    def test_hostile_words_stay_words(self):
        hostile = '"><script>alert(1)</script>&'
        root = parsed(self.drawn([FakeClaim(1, hostile)], {}, [(0, hostile)]))
        assert not list(root.iter("script"))
        assert "<script" not in map_item_html(FakeClaim(1, hostile), [])

    def test_nothing_in_it_needs_a_style_of_its_own(self):
        svg = self.drawn(claims(6), {1: SIGNS})
        assert "style=" not in svg
        assert "fill=" not in svg

    def test_signs_that_look_alike_are_drawn_once_and_placed_where_they_belong(self):
        found = claims(12)
        picture = layout.score(found, {claim.pk: SIGNS for claim in found})
        tiles = [tile for column in all_columns(picture) for tile in column.tiles]
        root = parsed(score_html(picture, title="The Horse Collar"))
        drawn = {group.get("id"): group for group in root.find("defs")}
        placed = [use for use in root.iter("use") if use.get("href", "")[1:] in drawn]
        assert len(placed) == len(tiles) > 4 * len(drawn)
        for use, tile in zip(placed, tiles, strict=True):
            sign = drawn[use.get("href")[1:]].find("g")
            assert (float(use.get("x")), float(use.get("y"))) == (
                round(tile.x, 1),
                round(tile.y, 1),
            )
            assert float(sign.find("rect").get("width")) == tile.size
            kind = "slot" if tile.is_slot else f"is-{tile.relation}"
            assert sign.get("class") == f"tile {kind}{' answered' if tile.is_hollow else ''}"

    def test_every_standing_has_its_own_line(self):
        lines = {}
        for label in LABELS:
            svg = self.drawn([FakeClaim(1, label=label)])
            lines[label] = re.search(rf'class="seg is-{label}" d="([^"]*)"', svg)[1]
        assert lines["unanswered"].count("t6 0") > 3
        assert lines["contested"].count("M") == lines["conceded"].count("M") == 2
        assert lines["stands"] == lines["refuted"] == lines["unchallenged"]

    def test_the_list_has_every_claim_with_its_signs(self):
        found = claims(300)
        html = map_list_html(
            map_item_html(claim, SIGNS if claim.pk == 1 else []) for claim in found
        )
        assert html.count("<li>") == 300
        assert html.count('<span class="rel slot s"></span>') == 1
        assert "Stands, no counterpoints" in map_item_html(FakeClaim(1, counterpoint_count=0), [])


class BalanceTests(SimpleTestCase):
    def test_objections_stand_left_supports_right_strongest_innermost(self):
        tiles = layout.balance([sign("undercuts"), sign("rebuts"), sign("supports")])
        assert [(tile.relation, tile.x) for tile in tiles] == [
            ("undercuts", 82), ("rebuts", 48), ("supports", 162),
        ]  # fmt: skip

    def test_it_is_told_in_words(self):
        svg = balance_html("contested", [
            sign("undercuts"), sign("undercuts"), sign("rebuts", survives=False), sign("supports"),
        ])  # fmt: skip
        assert (
            "Against: two undercuts that survive and one rebuttal that does not. "
            "For: one support that survives." in svg
        )
        assert ">2 of 3 objections<" in svg
        assert ">survive<" in svg
        assert ">1 support<" in svg
        assert ">survives<" in svg
        parsed(svg)


class TextWidthTests(SimpleTestCase):
    @given(st.text(max_size=400), st.integers(20, 300), st.integers(1, 9))
    def test_no_line_is_wider_than_its_room(self, text, room, lines):
        found = broken(text, room, 14.5, lines)
        assert len(found) <= lines
        assert all(width(line, 14.5) <= room for line in found)

    @given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), max_size=30))
    def test_no_word_is_lost_where_there_is_room(self, words):
        assert " ".join(broken(" ".join(words), 200, 14.5, 99)).split() == words

    def test_what_is_cut_says_so(self):
        assert broken("one two three four five six", 60, 14.5, 2)[-1].endswith("…")

    def test_wide_scripts_are_counted_wide(self):
        assert width("麦と馬", 10) > width("oat", 10)
