from urllib.parse import urlencode

from django.test import TestCase
from django.urls import reverse

from forum.counterpoints.choosing import Paragraph, Quotation, Unchosen
from forum.counterpoints.models import Claim
from tests.counterpoints.choice import filled
from tests.factories import (
    make_essay,
    make_user,
)


class WordsTests(TestCase):
    """Some words of a sentence, or of several, without a mouse and without a script."""

    @classmethod
    def setUpTestData(cls):
        cls.essay, cls.member = make_essay(), make_user()
        cls.url = reverse("counterpoints:choose", args=[cls.essay.slug, 1])

    def get(self, **query):
        return self.client.get(f"{self.url}?{urlencode(query)}").content.decode()

    def test_every_word_is_offered_under_its_sentence(self):
        page = self.get()
        assert page.count('<optgroup label="Sentence 1.2">') == 2
        assert '<option value="8">Nobody</option>' in page

    def test_the_chosen_sentence_is_where_it_begins(self):
        page = self.get(s=2)
        assert '<option value="8" selected>Nobody</option>' in page
        assert '<option value="10" selected>why.</option>' in page

    def test_from_one_word_to_another_over_the_edge_of_a_sentence(self):
        page = self.get(**{"from": 7, "to": 9})
        assert '<mark class="choosing">came. Nobody knew</mark>' in page
        assert 'name="exact"' not in page
        self.client.force_login(self.member)
        page = self.get(**{"from": 7, "to": 9})
        assert 'name="exact" value="came. Nobody knew"' in page
        self.client.post(self.url, filled(s=[], exact="came. Nobody knew"))
        assert Claim.objects.get().passage.exact == "came. Nobody knew"

    def test_a_word_that_stands_twice_is_the_one_that_was_chosen(self):
        page = self.get(**{"from": 14, "to": 14})
        assert 'blamed the <mark class="choosing">horse.</mark>' in page

    def test_words_that_are_none_are_refused_with_a_sentence(self):
        for first, last in ((9, 7), (0, 3), (1, 99), (99, 99)):
            with self.subTest(first=first, last=last):
                page = self.get(**{"from": first, "to": last})
                assert "a last one that does not come before it." in page
                assert 'class="choosing"' not in page


class ParagraphTests(TestCase):
    paragraph = Paragraph(1, 100, "One two. One  two. Three!", [[100, 108], [109, 118], [119, 125]])

    def refused(self, **quoted):
        with self.assertRaises(Unchosen) as caught:
            self.paragraph.of_quotation(Quotation(**quoted))
        return str(caught.exception)

    def test_numbers_that_are_none_of_its_sentences_do_not_count(self):
        assert self.paragraph.of_sentences([0, 3, 4, -1]) == (119, 125)

    def test_white_space_does_not_matter(self):
        assert self.paragraph.of_quotation(Quotation("two.\n Three")) == (114, 124)

    def test_the_same_words_twice_are_one_of_them_or_none(self):
        assert self.paragraph.of_quotation(Quotation("One two", "two. ", "")) == (109, 117)
        assert "more than once" in self.refused(exact="One two")
        assert "more than once" in self.refused(exact="One two", prefix="nothing ")

    def test_signs_of_patterns_are_only_signs(self):
        assert "do not stand" in self.refused(exact="O.e (two)*")
