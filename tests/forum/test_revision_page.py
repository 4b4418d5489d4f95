import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays.actions import publish_revision
from forum.counterpoints import actions as counterpoints
from forum.posts.statuses import PostStatus
from tests.factories import (
    SOURCE,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)
from tests.kept import forget_what_is_kept

REWRITTEN = SOURCE.replace("Nobody knew why.", "Smiths blamed straw.")


class RevisionPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay, "Nobody knew why.")
        cls.kept = make_claim(cls.essay, "It was cheap")
        publish_revision(essay=cls.essay, source=REWRITTEN, note="Doubt.", by=make_editor())

    def get(self, number, *, client=None, **headers):
        url = reverse("revision", args=[self.essay.slug, number])
        return (client or self.client).get(url, headers=headers)

    def claims_in(self, response):
        return set(re.findall(r'id="p-(\d+)"', response.content.decode()))

    def test_each_revision_shows_its_own_words_and_the_claims_that_stood_in_them(self):
        first, second = self.get(1), self.get(2)
        self.assertContains(first, "Nobody knew")
        self.assertNotContains(first, "Smiths blamed")
        self.assertContains(second, "Smiths blamed")
        self.assertContains(second, "Doubt.")
        self.assertEqual(self.claims_in(first), {"1", "2"})
        self.assertEqual(self.claims_in(second), {"2"})

    def test_the_essay_tells_of_the_claim_whose_words_went(self):
        response = self.client.get(reverse("essay", args=[self.essay.slug]))
        self.assertEqual(self.claims_in(response), {"2"})
        self.assertContains(response, self.claim.get_absolute_url())

    def test_what_was_written_is_not_challenged_there(self):
        self.assertNotContains(self.get(1), "data-challenge")

    def test_a_revision_that_is_not_there_is_not_found(self):
        for number in (0, 3, 99999999999):
            with self.subTest(number=number):
                self.assertEqual(self.get(number).status_code, 404)

    def test_a_new_standing_is_shown_at_once(self):
        self.assertContains(self.get(1), 'class="passage is-unchallenged" data-claim="1"')
        make_counterpoint(self.claim, "rebuts")
        self.assertContains(self.get(1), 'class="passage is-unanswered" data-claim="1"')

    def test_a_hidden_claim_is_not_shown(self):
        self.get(1)
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.assertEqual(self.claims_in(self.get(1)), {"2"})

    def test_queries_do_not_grow_with_the_claims(self):
        member = self.client_class()
        member.force_login(make_user())
        counts = []
        for words in ((), ("The horse", "choked", "Everybody", "straw", "fields", "saddler")):
            for each in words:
                make_counterpoint(make_claim(self.essay, each))
            for client in (self.client, member):
                forget_what_is_kept()
                with CaptureQueriesContext(connection) as queries:
                    self.get(2, client=client)
                counts.append(len(queries))
                for query in queries:
                    self.assertTrue(query["sql"].startswith("SELECT"), query["sql"])
        self.assertEqual(counts[:2], counts[2:])
        self.assertLessEqual(counts[0], 4)

    def test_a_reader_who_has_it_is_told_so_for_one_query(self):
        etag = self.get(1).headers["ETag"]
        with self.assertNumQueries(1):
            self.assertEqual(self.get(1, **{"If-None-Match": etag}).status_code, 304)
