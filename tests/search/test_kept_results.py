"""What is said of a result is kept, and yet says at once whatever has changed."""

from unittest.mock import patch

from django.test import TestCase
from django.urls import reverse

from essays.models import Essay
from forum.counterpoints.models import Claim
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from forum.search import results
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
)


class KeptResultTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("mara", display_name="Mara Lindqvist")
        cls.essay = make_essay("On Oxen", author_name="Alban Mercer")
        cls.claim = make_claim(cls.essay, author=cls.author, statement="An ox is slow.")
        cls.comment = make_comment(cls.essay, author=cls.author, source="My uncle kept an ox.")

    def search(self, words="ox", **headers):
        return self.client.get(reverse("search:search"), {"q": words}, headers=headers)

    def assert_says(self, *, before, after, change, **asked):
        self.assertContains(self.search(**asked), before)
        change()
        page = self.search(**asked)
        self.assertContains(page, after)
        self.assertNotContains(page, before)

    def test_a_post_that_was_edited(self):
        self.assert_says(
            before="My uncle kept an",
            after="My aunt kept an",
            change=lambda: posts.edit(
                by=self.author, post=self.comment, source="My aunt kept an ox."
            ),
        )

    def test_a_member_with_another_name(self):
        def rename():
            self.author.display_name = "Mara Berg"
            self.author.save()

        self.assert_says(before="Mara Lindqvist", after="Mara Berg", change=rename)

    def test_an_essay_with_another_title_and_author(self):
        page = self.search("nobody")
        self.assertContains(page, "On Oxen")
        self.assertContains(page, "Alban Mercer")
        Essay.objects.filter(pk=self.essay.pk).update(title="On Mules", author_name="Ida Roth")
        page = self.search("nobody")
        self.assertContains(page, "On Mules")
        self.assertContains(page, "Ida Roth")

    def test_a_claim_with_another_standing(self):
        Claim.objects.filter(pk=self.claim.pk).update(label="unchallenged")
        self.assert_says(
            before='class="standing is-unchallenged"',
            after='class="standing is-unanswered"',
            change=lambda: make_counterpoint(self.claim, source="Slow is a word."),
        )

    def test_a_claim_with_more_objections(self):
        make_counterpoint(self.claim, source="Slow is a word.")
        self.assert_says(
            before='1<span class="vh"> rebuts</span>',
            after='2<span class="vh"> rebuts</span>',
            change=lambda: make_counterpoint(self.claim, source="It is not."),
        )

    def test_the_strip_of_an_essay_follows_its_claims(self):
        self.assert_says(
            words="knew",
            before='aria-label="1 claim: 1 unchallenged"',
            after='aria-label="1 claim: 1 unanswered"',
            change=lambda: make_counterpoint(self.claim, source="Slow is a word."),
        )

    def test_claims_are_asked_for_again_of_essays_only_where_one_may_have_moved(self):
        make_claim(make_essay("On Mules"), statement="A mule is slow.")
        self.search("knew")
        make_comment(self.essay, source="Nobody asked.")
        with patch.object(results, "_labels_by_essay", wraps=results._labels_by_essay) as asked:
            self.assertContains(self.search("knew"), "1 claim: 1 unchallenged", count=2)
        asked.assert_called_once_with(pks=[self.essay.pk])

    def test_what_was_hidden_is_gone_although_it_was_shown_before(self):
        self.assertContains(self.search(), "My uncle kept an")
        posts.set_status(post=self.comment, status=PostStatus.HIDDEN)
        self.assertNotContains(self.search(), "uncle")

    def test_other_words_are_marked_in_the_same_post(self):
        self.assertContains(self.search("ox"), "My uncle kept an <mark>ox</mark>.")
        self.assertContains(self.search("uncle"), "My <mark>uncle</mark> kept an ox.")

    def test_each_reader_has_it_in_their_own_language(self):
        self.assertContains(self.search(), "Open discussion of On Oxen")
        page = self.search(accept_language="de")
        self.assertNotContains(page, "Open discussion of")
        self.assertContains(page, "On Oxen")
