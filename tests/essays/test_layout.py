"""The text of an essay as its page shows it."""

import re
from collections import Counter

import html5lib
from django.test import SimpleTestCase
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from essays import layout
from essays.layout import Addresses, Mark, compose, headings, lanes_of
from forum.lib.rendering import Unrenderable, render_essay
from tests.lib.strategies import markdown_texts

ESSAY = """\
## Straw

The horse choked before the collar came. Nobody knew why. Everybody blamed the horse.

Then a ring of straw changed the fields. It was cheap.

## Oats

Towns grew where horses pulled. The lord counted silver.
"""
LINKED = "Read [the rolls of Ely. They are long](/rolls) and *every one. Of them* too.\n\nWell."
HERE = Addresses(challenge="/essays/straw/p{}/".format, permalink="/essays/straw/r3/", revision=3)
OLD = Addresses(challenge=None, permalink="/essays/straw/r1/", revision=1)


def make_mark(number, start, end, *, label="stands", note=True):
    return Mark(
        number=number, label=label, start=start, end=end,
        description=f'Claim {number}: "stands" & more', sign_html="<svg></svg>",
        note_html=f'<a class="note" id="claim-{number}" href="/claims/{number}/">note</a>'
        if note else "",
    )  # fmt: skip


@st.composite
def marked_essays(draw):
    try:
        essay = render_essay(draw(st.one_of(st.just(LINKED), markdown_texts)))
    except Unrenderable:
        essay = render_essay(ESSAY)
    places = st.integers(0, len(essay.text))
    marks = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        start, end = sorted(draw(st.tuples(places, places)))
        if essay.text[start:end].strip():
            marks.append(make_mark(number, start, end, note=draw(st.booleans())))
    return essay, marks, draw(st.sampled_from([HERE, OLD]))


def parsed(html):
    return html5lib.parseFragment(html, container="main", namespaceHTMLElements=False)


def attributes(html, name):
    return [one.get(name) for one in parsed(html).iter() if one.get(name)]


CONTROLS = ("sn", "ref", "pil", "notes")


def within(html, test, *, own=CONTROLS):
    """The words in the elements that pass the test, without the controls that were put in."""
    tree = parsed(html)

    def walk(element, inside):
        inside = inside or test(element)
        shown = element.get("class", "").split()
        if not set(own) & set(shown):
            yield element.text or "" if inside else ""
            for child in element:
                yield from walk(child, inside)
                yield child.tail or "" if inside else ""

    return "".join(walk(tree, False))


class AnyEssayTests(SimpleTestCase):
    @given(marked_essays())
    def test_browsers_find_no_fault_in_it(self, case):
        essay, marks, addresses = case
        html = compose(essay.blocks, marks, addresses)
        plain = html5lib.HTMLParser()
        plain.parseFragment("\n".join(block["html"] for block in essay.blocks))
        parser = html5lib.HTMLParser()
        parser.parseFragment(html)
        faults = [fault[1:] for fault in parser.errors]
        self.assertLessEqual(len(faults), len(plain.errors), faults)

    @given(marked_essays())
    def test_every_id_stands_once(self, case):
        essay, marks, addresses = case
        own = Counter(re.findall(r'id="((?:s|p|para|claim)-[^"]*)"',
                                 compose(essay.blocks, marks, addresses)))  # fmt: skip
        self.assertFalse({name for name, times in own.items() if times > 1})

    @given(marked_essays())
    def test_the_words_are_those_of_the_essay_and_every_sentence_has_its_anchor(self, case):
        essay, marks, addresses = case
        html = compose(essay.blocks, marks, addresses)
        bare = "\n".join(block["html"] for block in essay.blocks)
        everything = within(html, lambda _: True)
        self.assertEqual(everything.split(), within(bare, lambda _: True).split())
        anchors = [name for name in attributes(html, "id") if re.fullmatch(r"s-\d+-\d+", name)]
        expected = [
            f"s-{block['number']}-{index}"
            for block in essay.blocks
            if block["number"] is not None
            for index in range(1, len(block["sentences"]) + 1)
        ]
        self.assertEqual(anchors, expected)


class KeptParagraphsTests(SimpleTestCase):
    """A page that is made anew takes from the one before what is the same."""

    @given(st.lists(marked_essays(), min_size=2, max_size=3))
    def test_nothing_depends_on_what_was_composed_before(self, cases):
        for case in cases:
            compose(*case_of(case))
        for case in cases:
            again = compose(*case_of(case))
            layout._paragraphs.clear()
            self.assertEqual(again, compose(*case_of(case)))

    def test_each_language_has_its_own(self):
        essay = render_essay(ESSAY)
        english = compose(essay.blocks, [], HERE)
        with override("de"):
            german = compose(essay.blocks, [], HERE)
        self.assertNotEqual(german, english)
        self.assertEqual(compose(essay.blocks, [], HERE), english)


def case_of(case):
    essay, marks, addresses = case
    return essay.blocks, marks, addresses


class ComposeTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.essay = render_essay(ESSAY)

    def mark(self, words, number=1, **fields):
        start = self.essay.text.index(words)
        return make_mark(number, start, start + len(words), **fields)

    def compose(self, *marks, addresses=HERE):
        return compose(self.essay.blocks, marks, addresses)

    def notes(self, *marks):
        return re.findall(r'<div class="(notes[^"]*)">', self.compose(*marks))

    def test_a_passage_holds_its_words_and_ends_with_a_reference(self):
        html = self.compose(self.mark("Nobody knew why.", label="contested"))
        self.assertEqual(within(html, lambda one: one.tag == "mark"), "Nobody knew why.")
        self.assertIn('<mark class="passage is-contested" data-claim="1" id="p-1">', html)
        self.assertIn('<a class="ref is-contested" href="#claim-1" aria-label="Claim 1: '
                      '&quot;stands&quot; &amp; more" data-claim="1">'
                      "<svg></svg>1</a>", html)  # fmt: skip
        self.assertEqual(within(html, lambda one: one.tag == "mark", own=()), "Nobody knew why.1")

    def test_a_passage_over_two_sentences_is_referred_to_once(self):
        html = self.compose(self.mark("knew why. Everybody blamed"))
        self.assertGreaterEqual(html.count("<mark "), 2)
        self.assertEqual(html.count('id="p-1"'), 1)
        self.assertEqual(html.count('class="ref '), 1)
        self.assertEqual(within(html, lambda one: one.tag == "mark"), "knew why. Everybody blamed")

    def test_passages_may_overlap(self):
        html = self.compose(self.mark("horse choked"), self.mark("choked before the collar", 2))
        for number, words in ((1, "horse choked"), (2, "choked before the collar")):
            inside = within(html, lambda one, n=number: one.get("data-claim") == str(n))
            self.assertEqual(inside, words)

    def test_sentences_can_be_challenged_here_and_linked_to_for_good(self):
        html = self.compose()
        self.assertIn('href="/essays/straw/p1/?s=2"', html)
        self.assertIn('href="/essays/straw/r3/#s-1-2"', html)
        self.assertIn('data-challenge="/essays/straw/p3/"', html)
        self.assertIn('aria-label="Challenge a sentence of paragraph 3"', html)

    def test_an_old_revision_is_read_and_not_challenged(self):
        html = self.compose(self.mark("Nobody knew why."), addresses=OLD)
        self.assertNotIn("hallenge", html)
        self.assertIn('href="/essays/straw/r1/#s-1-2"', html)
        self.assertIn("<mark ", html)

    def test_footnotes_lead_back_in_the_reader_s_language(self):
        rendered = render_essay("A mare[^1].\n\n[^1]: Of a neighbour.")
        with override("de"):
            html = compose(rendered.blocks, [], HERE)
        self.assertIn('aria-label="Zurück zum Text">↩</a>', html)

    def test_headings_carry_no_sentence_and_no_passage(self):
        html = self.compose(self.mark("Straw"))
        self.assertNotIn("<mark ", html)
        self.assertIn(">Straw</h2>", html)

    def test_notes_stand_after_their_paragraph_in_the_order_of_the_text(self):
        html = self.compose(self.mark("Everybody blamed", 1), self.mark("The horse choked", 2))
        self.assertLess(html.index('id="para-1"'), html.index('id="claim-2"'))
        self.assertLess(html.index('id="claim-2"'), html.index('id="claim-1"'))
        self.assertLess(html.index('id="claim-1"'), html.index('id="para-2"'))

    def test_notes_take_the_room_of_the_next_paragraph_if_it_is_free(self):
        first = self.mark("The horse choked")
        self.assertEqual(self.notes(first), ["notes span-2"])
        self.assertEqual(
            self.notes(first, self.mark("Then a ring", 2)), ["notes span-1", "notes span-1"]
        )

    def test_a_heading_after_it_leaves_no_room(self):
        self.assertEqual(self.notes(self.mark("Then a ring")), ["notes span-1"])

    def test_the_last_paragraph_has_no_next(self):
        self.assertEqual(self.notes(self.mark("Towns grew")), ["notes span-1"])

    def test_a_note_on_the_end_of_a_paragraph_stands_at_its_middle(self):
        self.assertEqual(self.notes(self.mark("Everybody blamed")), ["notes span-2 at-mid"])
        early = self.mark("choked before", 2)
        self.assertEqual(self.notes(self.mark("Everybody blamed"), early), ["notes span-2"])

    def test_marks_without_notes_leave_the_margin_empty(self):
        self.assertEqual(self.notes(self.mark("The horse", note=False)), [])

    def test_sections_are_told_with_their_place_in_the_text(self):
        self.assertEqual(
            headings(self.essay.blocks, self.essay.text),
            [("h-straw", "Straw", 0), ("h-oats", "Oats", self.essay.text.index("Oats"))],
        )


def claims_over(html):
    """Of each letter of the text, the claims whose passages it is in; what is put in left out."""
    found = []

    def walk(element, numbers):
        classes = (element.get("class") or "").split()
        if {"sn", "ref", "pil"} & set(classes):
            take(element.tail, outer[-1])
            return
        if "passage" in classes:
            numbers = numbers | {int(element.get("data-claim"))}
        outer.append(numbers)
        take(element.text, numbers)
        for child in element:
            walk(child, numbers)
        outer.pop()
        take(element.tail, outer[-1])

    def take(text, numbers):
        found.extend((letter, numbers) for letter in text or "" if not letter.isspace())

    outer = [frozenset()]
    for child in html:
        walk(child, frozenset())
    return found


PLAIN = render_essay("The horse choked before the collar came. Nobody knew why.\n")
PLACES = st.integers(0, len(PLAIN.text))


@st.composite
def crowds(draw):
    """Up to 24 passages of one paragraph: within each other, over each other, on the same words."""
    numbers = range(1, draw(st.integers(1, 24)) + 1)
    marks = []
    for number in numbers:
        start, end = sorted(draw(st.tuples(PLACES, PLACES)))
        words = PLAIN.text[start:end]
        if words.strip():
            start += len(words) - len(words.lstrip())
            marks.append(make_mark(number, start, start + len(words.strip())))
    return marks


class CrowdedTests(SimpleTestCase):
    """Many claims on the same words."""

    @given(crowds())
    def test_each_letter_is_in_exactly_its_claims_and_none_is_lost(self, marks):
        over = claims_over(parsed(compose(PLAIN.blocks, marks, HERE)).iterfind("./div[@id]"))
        expected = [
            (letter, {mark.number for mark in marks if mark.start <= place < mark.end})
            for place, letter in enumerate(PLAIN.text)
            if not letter.isspace()
        ]
        self.assertEqual([(one, set(numbers)) for one, numbers in over], expected)

    @given(crowds())
    def test_passages_that_share_words_never_share_a_line(self, marks):
        ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
        lanes = lanes_of(ordered)
        for one in marks:
            for other in marks:
                if one is not other and one.start < other.end and other.start < one.end:
                    self.assertNotEqual(lanes[one.number], lanes[other.number])

    @given(crowds())
    def test_no_line_runs_lower_than_it_must(self, marks):
        ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
        lanes = lanes_of(ordered)
        most = max(
            (
                sum(mark.start <= place < mark.end for mark in marks)
                for place in range(len(PLAIN.text))
            ),
            default=0,
        )
        self.assertLess(max(lanes.values(), default=-1), max(most, 1))

    @given(crowds())
    def test_every_sign_stands_once_in_order_where_its_words_end(self, marks):
        signs = [
            int(number)
            for number in re.findall(
                r'class="ref [^"]*" href="#claim-(\d+)"', compose(PLAIN.blocks, marks, HERE)
            )
        ]
        key = {mark.number: (mark.end, mark.start, mark.number) for mark in marks}
        self.assertEqual(signs, sorted(key, key=key.get))

    def test_the_first_sign_goes_with_the_last_word_and_the_others_may_wrap(self):
        marks = [make_mark(number, 41, 57) for number in (1, 2, 3)]
        html = compose(PLAIN.blocks, marks, HERE)
        self.assertRegex(html, r'<span class="nb">why\.<a class="ref [^>]*data-claim="1"')
        self.assertRegex(html, r'</span><a class="ref [^>]*data-claim="2"')
        self.assertIn('class="passage is-stands lane-2"', html)

    def test_deeper_than_there_is_room_for_a_passage_has_its_sign_and_tint(self):
        marks = [make_mark(number, 41, 57) for number in range(1, 21)]
        html = compose(PLAIN.blocks, marks, HERE)
        self.assertEqual(html.count("lane-3"), 17)
        self.assertEqual(html.count('class="ref '), 20)


class DirectionTests(SimpleTestCase):
    def ways(self, source):
        essay = render_essay(source)
        html = compose(essay.blocks, [], HERE)
        return [one.get("dir") for one in parsed(html).iter() if one.get("class") == "para"]

    def test_in_a_text_of_two_scripts_each_paragraph_runs_as_its_letters_do(self):
        source = "Straw is soft.\n\n> הקש הוא רך!\n\nקש is the Hebrew for straw.\n\n- 1917"
        self.assertEqual(self.ways(source), ["ltr", "rtl", "ltr", None])

    def test_a_heading_does_too(self):
        essay = render_essay("# הקש ו-Mill הצווארון\n\nStraw.\n\n# Of קש")
        html = compose(essay.blocks, [], HERE)
        self.assertEqual([one.get("dir") for one in parsed(html).iter("h2")], ["rtl", "ltr"])

    def test_a_text_in_one_script_says_it_once(self):
        self.assertEqual(self.ways(ESSAY), [None] * 3)

    def test_one_that_cannot_be_challenged_runs_no_otherwise(self):
        essay = render_essay("Straw.\n\nהקש הוא רך!")
        self.assertIn('<div class="para" id="para-2" dir="rtl">', compose(essay.blocks, [], OLD))
