from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.search.query import MAX_LENGTH, MAX_TERMS, WORD, parse


def wanted(raw):
    return [term.text for term in parse(raw).wanted]


def unwanted(raw):
    return [term.text for term in parse(raw).unwanted]


class QueryTests(SimpleTestCase):
    def test_words_phrases_and_words_to_leave_out_are_told_apart(self):
        raw = 'ox "heavy plough" -horse -"light soil"'
        self.assertEqual(wanted(raw), ["ox", "heavy plough"])
        self.assertEqual(unwanted(raw), ["horse", "light soil"])

    def test_capitals_and_accents_do_not_matter(self):
        self.assertEqual(wanted("MÜLLER Straße"), ["muller", "strasse"])

    def test_printed_quotation_marks_count_as_typed_ones(self):
        self.assertEqual(wanted("“heavy plough” «deep furrow»"), ["heavy plough", "deep furrow"])

    def test_a_quotation_left_open_runs_to_the_end(self):
        self.assertEqual(wanted('ox "heavy plough'), ["ox", "heavy plough"])

    def test_a_hyphenated_word_is_its_parts_in_order(self):
        self.assertEqual(wanted("horse-drawn"), ["horse drawn"])
        self.assertEqual(unwanted("horse-drawn"), [])

    def test_the_words_of_query_languages_are_words(self):
        self.assertEqual(
            wanted("NEAR(ox, cart) OR * NOT a:b"), ["near ox", "cart", "or", "not", "a b"]
        )

    def test_a_word_said_twice_is_looked_for_once(self):
        self.assertEqual(wanted("ox Ox OX"), ["ox"])

    def test_only_words_to_leave_out_are_no_question(self):
        for raw in ("", "   ", "-ox", "*** ()", '""', "\x00", "-"):
            with self.subTest(raw=raw):
                self.assertFalse(parse(raw))

    def test_more_terms_than_the_limit_are_dropped_and_said_to_be(self):
        query = parse(" ".join(f"w{n}" for n in range(MAX_TERMS + 1)))
        self.assertEqual(len(query.wanted), MAX_TERMS)
        self.assertTrue(query.is_cut)
        self.assertFalse(parse("w1 w2").is_cut)

    @given(st.text(max_size=200))
    def test_anything_typed_becomes_bare_words_of_a_bounded_number(self, raw):
        query = parse(raw)
        terms = (*query.wanted, *query.unwanted)
        self.assertLessEqual(len(terms), MAX_TERMS)
        self.assertNotIn("\x00", query.text)
        for term in terms:
            self.assertTrue(all(WORD.fullmatch(word) for word in term.words))

    def test_a_query_of_ten_thousand_characters_is_cut(self):
        query = parse("ox" * 5_000)
        self.assertEqual(len(query.text), MAX_LENGTH)
        self.assertTrue(query.is_cut)
