import re
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from forum.lib.html_text import VOID_TAGS, units, visible_text
from forum.lib.rendering import Unrenderable, render_essay
from forum.lib.weaving import Span, weave
from tests.lib.strategies import markdown_texts

WOVEN_TAGS = ("span", "mark", "ins")


@st.composite
def woven_blocks(draw):
    try:
        blocks = render_essay(draw(markdown_texts)).blocks
    except Unrenderable:
        blocks = []
    html = draw(st.sampled_from([block["html"] for block in blocks] or ["<p>a <em>b</em> c</p>"]))
    length = len(visible_text(html).text)
    places = st.integers(-1, length + 1)
    spans = [
        Span(
            *draw(st.tuples(places, places)),
            tag=WOVEN_TAGS[number % 3],
            attributes={"data-n": str(number)},
            first_attributes={"id": f"x-{number}"},
            opening_html=f"<u>{number}</u>",
            closing_html=f"<u>/{number}</u>",
            rank=draw(st.integers(0, 1)),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return html, spans


def without_woven(html):
    html = re.sub(r"<u>/?\d+</u>", "", html)
    return re.sub(rf"</?(?:{'|'.join(WOVEN_TAGS)})(?: [^>]*)?>", "", html)


def text_inside(html, number):
    """The text in all pieces of one span, without what was put in."""
    html = re.sub(r"<u>/?\d+</u>", "", html)
    stack, inside, found = [], 0, []
    for unit in units(html):
        if unit.kind == "open":
            stack.append(f'data-n="{number}"' in unit.raw)
            inside += stack[-1]
        elif unit.kind == "close":
            inside -= stack.pop()
        elif unit.kind not in ("void", "aside") and inside:
            found.append(unit.shown)
    return "".join(found)


class WeaveTests(TestCase):
    def weave(self, html, *spans):
        return weave(html, [Span(*span) for span in spans])

    def test_wraps_the_words(self):
        self.assertEqual(
            self.weave("<p>one two</p>", (4, 7, "mark", {"class": "passage is-stands"})),
            '<p>one <mark class="passage is-stands">two</mark></p>',
        )

    def test_counts_an_entity_as_one_character_and_white_space_once(self):
        self.assertEqual(
            self.weave("<p>a &amp;\n  b</p>", (2, 5, "mark")), "<p>a <mark>&amp;\n  b</mark></p>"
        )

    def test_holds_inner_elements_whole_and_splits_where_it_must(self):
        html = "<p>one <em>two three</em> four</p>"
        self.assertEqual(
            self.weave(html, (0, 18, "mark")), "<p><mark>one <em>two three</em> four</mark></p>"
        )
        self.assertEqual(
            self.weave(html, (0, 7, "mark")),
            "<p><mark>one </mark><em><mark>two</mark> three</em> four</p>",
        )

    def test_keeps_out_of_the_gaps_between_blocks(self):
        self.assertEqual(
            self.weave("<ul>\n<li>one</li>\n<li>two</li>\n</ul>", (0, 7, "mark")),
            "<ul>\n<li><mark>one</mark></li>\n<li><mark>two</mark></li>\n</ul>",
        )

    def test_the_lower_rank_is_outside(self):
        woven = weave(
            "<p>One. Two.</p>",
            [
                Span(2, 7, "mark", rank=1),
                Span(0, 4, "span", rank=0),
                Span(5, 9, "span", rank=0),
            ],
        )
        self.assertEqual(
            woven,
            "<p><span>On<mark>e.</mark></span><mark> </mark><span><mark>Tw</mark>o.</span></p>",
        )

    def test_overlapping_spans_of_one_rank_nest_by_their_start(self):
        self.assertEqual(
            self.weave("<p>abc</p>", (1, 3, "ins"), (0, 2, "mark")),
            "<p><mark>a<ins>b</ins></mark><ins>c</ins></p>",
        )

    def test_first_and_last_pieces_carry_what_stands_once(self):
        span = Span(0, 3, "mark", {"class": "c"}, {"id": "i"}, "<b></b>", "<i></i>")
        self.assertEqual(
            weave("<p>a<em>bcd</em></p>", [span]),
            '<p><mark class="c" id="i"><b></b>a</mark>'
            '<em><mark class="c">bc<i></i></mark>d</em></p>',
        )

    def test_a_footnote_mark_is_no_text(self):
        sup = '<sup class="footnote-ref"><a href="#fn1">1</a></sup>'
        self.assertEqual(
            self.weave(f"<p>a{sup} b.</p>", (0, 4, "mark")), f"<p><mark>a{sup} b.</mark></p>"
        )

    def test_attributes_are_escaped(self):
        self.assertIn('t="&quot;&lt;"', self.weave("<p>a</p>", (0, 1, "mark", {"t": '"<'})))


class AnyWeaveTests(TestCase):
    @given(woven_blocks())
    def test_taking_the_woven_elements_out_gives_the_html_back(self, case):
        html, spans = case
        self.assertEqual(without_woven(weave(html, spans)), html)

    @given(woven_blocks())
    def test_the_result_is_well_nested(self, case):
        stack = []
        for tag in re.finditer(r"<(/?)([a-z0-9]+)[^>]*>", weave(*case)):
            if not tag[1] and tag[2] not in VOID_TAGS:
                stack.append(tag[2])
            elif tag[1]:
                self.assertEqual(stack.pop(), tag[2])
        self.assertEqual(stack, [])

    @given(woven_blocks())
    def test_the_pieces_hold_the_words_of_the_span(self, case):
        html, spans = case
        woven, text = weave(html, spans), visible_text(html).text
        for number, span in enumerate(spans):
            words = text[max(span.start, 0) : max(span.end, 0)].strip()
            inside = text_inside(woven, number)
            self.assertEqual("".join(inside.split()), "".join(words.split()))
            if html.startswith("<p>"):
                self.assertEqual(inside, words)

    @given(woven_blocks())
    def test_what_stands_once_stands_once(self, case):
        woven = weave(*case)
        text = visible_text(case[0]).text
        for number, span in enumerate(case[1]):
            times = 1 if text[max(span.start, 0) : max(span.end, 0)].strip() else 0
            for part in (f"<u>{number}</u>", f"<u>/{number}</u>", f'id="x-{number}"'):
                self.assertEqual(woven.count(part), times)
