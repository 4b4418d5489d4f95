from importlib import import_module
from types import SimpleNamespace
from unittest import TestCase as PlainTestCase
from unittest.mock import patch

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.counterpoints import actions
from forum.counterpoints.content_words import (
    LONGEST_WORD,
    MOST_WORDS,
    content_words,
    likeness,
)
from forum.counterpoints.models import Claim, ClaimWord
from forum.counterpoints.similar import keep_words, similar_claims
from forum.posts import actions as posts
from tests.factories import make_claim, make_essay, make_moderator, make_user

READER = AnonymousUser()


class ContentWordsTests(PlainTestCase):
    def test_words_that_stand_in_any_sentence_are_left_out(self):
        assert content_words("It was not that there are so many of them.") == []
        assert content_words("Das ist nicht, was wir wollten: die Pferde.") == ["wollt", "pferd"]

    def test_endings_accents_and_case_make_no_other_word(self):
        for one, other in (
            ("horse", "Horses"),
            ("choked", "chokes"),
            ("pulling", "pulled"),
            ("Pferde", "Pferden"),
            ("café", "CAFE"),
            ("lord’s", "lord"),
        ):
            with self.subTest(one):
                assert content_words(one) == content_words(other)

    def test_short_words_stay_whole(self):
        assert content_words("bed bees sing") == ["bed", "bees", "sing"]

    def test_other_scripts_have_words_too(self):
        assert content_words("שלום עולם") == ["שלום", "עולם"]

    def test_likeness_goes_from_nothing_to_the_same(self):
        assert likeness(["a", "b"], ["b", "a"]) == 1
        assert likeness(["a"], ["b"]) == 0
        assert likeness([], []) == 0
        assert likeness(["a", "b"], ["b", "c"]) == 0.5

    @given(st.text(max_size=400))
    def test_any_text_has_few_short_words_each_once(self, text):
        words = content_words(text)
        assert len(words) == len(set(words)) <= MOST_WORDS
        assert all(0 < len(word) <= LONGEST_WORD for word in words)


class SimilarClaimsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay, cls.other = make_essay("The Collar"), make_essay("The Oats")
        cls.claim = make_claim(cls.essay, statement="The horse choked in its collar.")
        make_claim(cls.essay, statement="Silver was counted by every lord.")
        cls.elsewhere = make_claim(cls.other, statement="Collars choked any horse that pulled.")

    def found(self, text, **options):
        return [each.claim for each in similar_claims(READER, text, **options)]

    def test_finds_what_says_nearly_the_same_in_other_words(self):
        assert self.found("Horses choked by collars", essay=self.essay) == [self.claim]

    def test_across_the_essays_too_the_likest_first(self):
        assert self.found("A horse that choked in its collar") == [self.claim, self.elsewhere]
        assert self.found("Collars choked any horse that pulled")[0] == self.elsewhere

    def test_one_word_in_common_is_not_enough(self):
        assert self.found("The horse was admired by painters in Flanders.") == []

    def test_unless_hardly_more_was_said(self):
        make_claim(self.essay, statement="Silver!")
        assert self.found("Silver")[0].statement == "Silver!"

    def test_nothing_said_finds_nothing_and_asks_nothing(self):
        with self.assertNumQueries(0):
            assert self.found("It was so.") == []

    def test_leaves_out_what_is_shown_already(self):
        assert self.found("Horses choked by collars", leave_out=[self.claim.pk]) == [self.elsewhere]

    def test_what_a_reader_may_not_see_is_not_found(self):
        actions.set_status(post=self.claim.opening, status="hidden")
        assert self.claim not in self.found("The horse choked in its collar.")
        seen = similar_claims(make_moderator(), "The horse choked in its collar.")
        assert self.claim in [each.claim for each in seen]

    def test_claims_of_drafts_are_found_by_nobody_else(self):
        self.other.published_at = None
        self.other.save()
        assert self.found("Collars choked any horse that pulled") == [self.claim]

    def test_hostile_words_are_only_words(self):
        for text in ("'; DROP TABLE x; --", "%s %(a)s %", "a" * 3000, "\x01 \u202e horse"):
            self.found(text)

    def test_a_statement_that_was_edited_is_judged_by_what_it_says_now(self):
        post = self.claim.opening
        posts.edit(by=post.author, post=post, source="Oats were cheap.")
        assert self.found("The horse choked in its collar.", essay=self.essay) == []

    def test_and_found_by_it_once_its_words_are_kept_anew(self):
        post = self.claim.opening
        posts.edit(by=post.author, post=post, source="Oats were cheap.")
        keep_words(Claim.objects.filter(pk=self.claim.pk))
        assert self.found("Cheap oats", essay=self.essay) == [self.claim]

    def test_claims_marked_before_there_was_a_table_get_their_words(self):
        kept = set(ClaimWord.objects.values_list("claim", "word"))
        ClaimWord.objects.all().delete()
        migration = import_module("forum.counterpoints.migrations.0006_words_of_earlier_claims")
        migration.fill(apps, SimpleNamespace(connection=connection))
        assert set(ClaimWord.objects.values_list("claim", "word")) == kept

    def test_queries_do_not_grow_with_the_claims(self):
        for size in (1, 30):
            for _ in range(size):
                make_claim(self.essay, statement="The horse choked in its collar.")
            with self.subTest(size=size), self.assertNumQueries(2):
                assert self.found("The horse choked in its collar.", essay=self.essay)

    def test_of_each_word_only_the_newest_claims_are_looked_at(self):
        newest = make_claim(self.essay, statement="Collars of any make choked a horse.")
        with patch("forum.counterpoints.similar.CLAIMS_OF_A_WORD", 1):
            assert self.found("The horse choked in its collar.") == [newest]


def test_a_member_sees_their_own_hidden_claim(db):
    author = make_user()
    claim = make_claim(author=author, statement="The horse choked in its collar.")
    actions.set_status(post=claim.opening, status="hidden")
    assert [each.claim for each in similar_claims(author, "horse collar choked")] == [claim]
