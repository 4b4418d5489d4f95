from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.search.query import parse
from forum.search.snippets import SNIPPET_LENGTH, _folded_spans, _spans, snippet


def html(text, query, length=SNIPPET_LENGTH):
    return str(snippet(text, parse(query).wanted, length).html)


class SnippetTests(SimpleTestCase):
    def test_every_match_is_marked_as_it_was_written(self):
        self.assertEqual(
            html("An ox. The OX went; foxes stayed.", "ox"),
            "An <mark>ox</mark>. The <mark>OX</mark> went; foxes stayed.",
        )

    def test_accents_are_kept_in_what_is_shown(self):
        self.assertEqual(html("Herr Müller ging", "muller"), "Herr <mark>Müller</mark> ging")
        self.assertEqual(html("Mu\u0308ller ging", "müller"), "<mark>Mu\u0308ller</mark> ging")

    def test_a_phrase_is_marked_as_a_whole_and_only_in_order(self):
        self.assertEqual(
            html("plough heavy, heavy plough", '"heavy plough"'),
            "plough heavy, <mark>heavy plough</mark>",
        )

    def test_what_people_wrote_is_escaped_within_the_marks_and_around_them(self):
        shown = html("<script>ox</script> & ox", "script")
        self.assertEqual(
            shown, "&lt;<mark>script</mark>&gt;ox&lt;/<mark>script</mark>&gt; &amp; ox"
        )

    def test_a_long_text_is_cut_around_its_first_match(self):
        text = "word " * 500 + "the ox " + "tail " * 500
        shown = html(text, "ox")
        self.assertIn("the <mark>ox</mark> tail", shown)
        self.assertTrue(shown.startswith("… word"))
        self.assertTrue(shown.endswith("tail …"))
        self.assertLess(len(shown), SNIPPET_LENGTH + 50)

    def test_without_a_match_the_beginning_is_shown(self):
        found = snippet("Once upon a time", parse("ox").wanted)
        self.assertFalse(found.has_match)
        self.assertEqual(found.html, "Once upon a time")

    @given(st.text(max_size=600), st.text(max_size=30))
    def test_no_text_and_no_query_breaks_it(self, text, query):
        shown = html(text, query, 60)
        bare = shown.replace("<mark>", "").replace("</mark>", "")
        self.assertNotIn("<", bare)

    @given(
        st.text("abA _-.\n", max_size=60),
        st.lists(st.sampled_from(["a", "b", "ab", '"a b"', '"a b a"', '"ab a"']), max_size=4),
    )
    def test_plain_letters_are_found_where_they_would_be_among_others(self, text, words):
        terms = parse(" ".join(words)).wanted
        self.assertEqual([*_spans(text, terms)], [*_folded_spans(text, terms)])

    def test_the_longer_of_two_that_begin_alike_is_marked(self):
        for text in ("the heavy plough", "the heavy plough — of iron"):
            with self.subTest(text=text):
                self.assertIn("<mark>heavy plough</mark>", html(text, 'heavy "heavy plough"'))
