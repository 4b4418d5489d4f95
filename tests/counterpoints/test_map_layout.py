"""The whole map holds its promises for every tree, however wide, deep or strange."""

from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.counterpoints import map_layout
from forum.counterpoints.map_drawing import Frame, map_marks
from forum.counterpoints.map_layout import COLUMNS, WIDTH, Point, Told, all_points
from forum.counterpoints.map_lists import list_html
from forum.counterpoints.map_parts import Part
from forum.counterpoints.map_reading import View
from forum.counterpoints.text_width import width

LABELS = ("unchallenged", "stands", "unanswered", "contested", "refuted", "conceded")
RELATIONS = ("rebuts", "undercuts", "supports", "concedes")
HOSTILE = '"><script>alert(1)</script>&]]>'
RIGHT_TO_LEFT = "שלום עולם, מה שלומך היום?"
FRAME = Frame("/static/icons.svg", "/essays/x/map/")

words = st.one_of(st.text(max_size=60), st.sampled_from([HOSTILE, RIGHT_TO_LEFT, "w" * 300]))


@dataclass(frozen=True)
class FakeClaim:
    pk: int
    label: str = "stands"
    statement: str = "Serfdom in the West was dissolved from below, by a tool."
    start: int | None = 0
    end: int | None = 10
    counterpoint_count: int = 9

    @property
    def number(self):
        return self.pk


def points(depth):
    below = points(depth - 1) if depth > 1 else st.just([])
    return st.lists(
        st.builds(
            Point, st.integers(1, 999), st.sampled_from(RELATIONS), st.booleans(), st.booleans(),
            words, words, below,
        ),
        max_size=3,
    )  # fmt: skip


@st.composite
def told(draw, most=5):
    labels = st.sampled_from(LABELS)
    return [
        Told(
            FakeClaim(number, draw(labels), draw(words), number * 20, number * 20 + 9),
            draw(points(3)),
            draw(st.integers(0, 4000)),
        )
        for number in range(1, draw(st.integers(0, most)) + 1)
    ]  # fmt: skip


BLOCKS = [
    {"start": 0, "end": 8, "kind": "heading"},
    {"start": 10, "end": 180, "kind": "paragraph"},
    {"start": 182, "end": 900, "kind": "paragraph"},
]


def drawn_tree(some):
    claims = [one.claim for one in some]
    return map_layout.with_text(map_layout.trees(some), BLOCKS, claims, (0, 900))


def covers(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def parsed(marks):
    return ElementTree.fromstring(f"<svg>{marks}</svg>")  # noqa: S314 — our own


class TreeTests(SimpleTestCase):
    @given(told())
    @settings(max_examples=60, deadline=None)
    def test_no_box_covers_another_and_none_leaves_the_picture(self, some):
        picture = drawn_tree(some)
        for box in picture.boxes:
            assert box.x - 4 >= 0
            assert box.x + box.width <= WIDTH
            assert box.y >= map_layout.TOP
            assert box.y + box.height <= picture.height
        for one, other in combinations(picture.boxes, 2):
            assert not covers(one, other)

    @given(told())
    @settings(max_examples=60, deadline=None)
    def test_every_counterpoint_given_is_drawn_once(self, some):
        drawn = [box.of for box in drawn_tree(some).boxes if box.kind == "point"]
        assert sorted(map(id, drawn)) == sorted(map(id, all_points(some)))

    @given(told())
    @settings(max_examples=60, deadline=None)
    def test_the_same_gives_the_same_bytes(self, some):
        assert map_marks(drawn_tree(some), FRAME) == map_marks(drawn_tree(some), FRAME)

    @given(told())
    @settings(max_examples=60, deadline=None)
    def test_every_line_of_words_fits_its_box(self, some):
        for box in drawn_tree(some).boxes:
            room = box.width - (map_layout.INDENT if box.kind == "point" else 0)
            size = map_layout.WORD_SIZE if box.kind == "point" else map_layout.CLAIM_SIZE
            assert all(width(line, size) <= room for line in box.lines)
            assert width(box.name, map_layout.NAME_SIZE) <= room

    @given(told())
    @settings(max_examples=60, deadline=None)
    def test_wires_lead_rightwards_to_where_something_stands(self, some):
        picture = drawn_tree(some)
        places = {(box.x, box.y + map_layout.TILE / 2) for box in picture.boxes}
        for x, start, y, end in picture.wires:
            assert x < end
            assert start <= y
            assert (end, y) in places

    def test_an_answer_stands_one_column_further_on_the_same_line(self):
        answer = Point(2, "undercuts", True, False, "Wen", "It does not follow.")
        first = Point(1, "rebuts", True, False, "Hester", "Not so.", [answer])
        boxes = drawn_tree([Told(FakeClaim(1), [first])]).boxes
        places = {box.of.id: (box.x, box.y) for box in boxes if box.kind == "point"}
        assert places[1] == (COLUMNS[0], map_layout.TOP)
        assert places[2] == (COLUMNS[1], map_layout.TOP)

    def test_an_objection_that_waits_has_an_empty_place_beside_it(self):
        waiting = Point(1, "rebuts", True, True, "Hester", "Not so.")
        (slot,) = [b for b in drawn_tree([Told(FakeClaim(1), [waiting])]).boxes if b.kind == "slot"]
        assert (slot.x, slot.y) == (COLUMNS[1], map_layout.TOP)

    def test_a_claim_without_counterpoints_says_that_nobody_objected(self):
        marks = map_marks(drawn_tree([Told(FakeClaim(1, "unchallenged"))]), FRAME)
        assert "Nobody has objected yet." in marks

    def test_what_is_not_drawn_is_counted_and_leads_to_the_claims_own_map(self):
        marks = map_marks(drawn_tree([Told(FakeClaim(7), [], 37)]), FRAME)
        assert 'href="/essays/x/map/?claim=7"' in marks
        assert ">and 37 more</text>" in marks


class WordsTests(SimpleTestCase):
    @given(told())
    @settings(max_examples=60, deadline=None)
    def test_it_is_sound_xml_with_nothing_but_our_own_marks(self, some):
        text = map_marks(drawn_tree(some), FRAME)
        kept = "".join(char for char in text if char in "\t\n\r" or ord(char) >= 32)
        kept = kept.encode("utf-8", "ignore").decode().replace("\ufffe", "").replace("\uffff", "")
        tags = {element.tag for element in parsed(kept).iter()}
        assert tags <= {"svg", "a", "g", "path", "rect", "circle", "use", "text", "tspan"}

    def test_hostile_words_stay_words(self):
        hostile = Point(1, "rebuts", True, False, HOSTILE, HOSTILE)
        marks = map_marks(drawn_tree([Told(FakeClaim(1, statement=HOSTILE), [hostile])]), FRAME)
        assert "<script" not in marks

    def test_words_from_right_to_left_are_all_there(self):
        point = Point(1, "rebuts", True, False, "אבי", RIGHT_TO_LEFT)
        root = parsed(map_marks(drawn_tree([Told(FakeClaim(1), [point])]), FRAME))
        said = " ".join(element.text or "" for element in root.iter("tspan"))
        assert RIGHT_TO_LEFT in said

    def test_nothing_in_it_needs_a_style_of_its_own(self):
        marks = map_marks(drawn_tree([Told(FakeClaim(1), [], 5)]), FRAME)
        assert "style=" not in marks
        assert "fill=" not in marks


class RowTests(SimpleTestCase):
    @given(told(most=9), st.integers(0, 300))
    @settings(max_examples=60, deadline=None)
    def test_no_row_covers_another_and_no_sign_leaves_its_row(self, some, left_out):
        picture = map_layout.rows(some, left_out)
        for one, other in combinations(picture.boxes, 2):
            assert not covers(one, other)
        for sign in picture.signs:
            assert sign.x + sign.size <= map_layout.SIGNS_END
        for box in picture.boxes:
            assert box.y + box.height <= picture.height
            assert box.x + box.width <= WIDTH

    def test_claims_that_have_no_row_are_counted_and_lead_to_the_list(self):
        marks = map_marks(map_layout.rows([Told(FakeClaim(1))], 220), FRAME)
        assert 'href="/essays/x/claims/"' in marks
        assert "220 claims more" in marks


class PartsTests(SimpleTestCase):
    def parts(self, number, claims):
        some = [FakeClaim(pk, LABELS[pk % 6], start=pk * 10) for pk in range(1, claims + 1)]
        return [Part(place, f"Part {place}", some, 0, 100) for place in range(1, number + 1)]

    def test_each_part_stands_below_the_last_with_its_claims_as_signs(self):
        picture = map_layout.parts(self.parts(5, 24))
        heights = [box.y for box in picture.boxes]
        assert heights == sorted(set(heights))
        assert len(picture.signs) == 5 * 24
        assert all(sign.x + sign.size <= WIDTH for sign in picture.signs)

    def test_a_part_leads_to_its_own_map_and_a_sign_to_its_claim(self):
        marks = map_marks(map_layout.parts(self.parts(2, 3)), FRAME)
        assert 'href="/essays/x/map/?part=2"' in marks
        assert 'href="/claims/3/"' in marks
        assert "One stands, one is unanswered, one contested" in marks

    def test_however_many_claims_a_part_has_so_many_signs_are_drawn(self):
        some = self.parts(1, 400)
        picture = map_layout.parts(some)
        assert len(picture.signs) == map_layout.GLYPHS_DRAWN
        listed = list_html(View(parts=some), "/essays/x/map/")
        assert listed.count('href="/claims/') == map_layout.GLYPHS_DRAWN
        assert "400 claims" in listed
        assert all(sign.x + sign.size <= WIDTH for sign in picture.signs)
