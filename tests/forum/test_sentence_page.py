import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from essays.actions import publish_revision
from tests.factories import SOURCE, make_editor, make_essay, make_user
from tests.kept import forget_what_is_kept
from tests.revising import revise

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."


class SentencePageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.editor = make_editor()

    def get(self, paragraph, sentence, number=1, **options):
        url = reverse("sentence", args=["collar", number, paragraph, sentence])
        return self.client.get(url, **options)

    def test_of_the_newest_revision_it_says_what_it_says(self):
        page = self.get(1, 2)
        self.assertContains(page, "is the one that readers see")
        self.assertContains(page, "Nobody knew why.", count=2)

    def test_what_stayed_is_said_to_have_stayed(self):
        revise(self.essay, OLD, NEW)
        page = self.get(1, 3)
        self.assertContains(page, "It stands today as it stood in revision 1.")
        self.assertContains(page, 'href="/essays/collar/r1/#s-1-3"')
        self.assertContains(page, 'href="/essays/collar/#s-1-3"')
        self.assertContains(page, 'href="/essays/collar/revisions/1/2/"')

    def test_what_was_edited_is_shown_then_and_now(self):
        revise(self.essay, OLD, NEW)
        page = self.get(1, 2)
        self.assertContains(page, "It was edited since.")
        self.assertContains(page, "<del>Nobody</del> knew why.")
        self.assertContains(page, "<ins>Hardly anybody</ins> knew why.")

    def test_what_was_edited_ends_with_its_own_stop(self):
        revise(self.essay, f"{OLD} Everybody blamed the horse.", NEW)
        page = self.get(1, 2)
        self.assertContains(page, "<del>Nobody</del> knew why.")
        self.assertContains(page, "<ins>Hardly anybody</ins> knew why.")

    def test_what_moved_is_shown_where_it_is(self):
        parts = SOURCE.split("\n\n")
        parts.insert(1, parts.pop())
        publish_revision(essay=self.essay, source="\n\n".join(parts), note="", by=self.editor)
        page = self.get(3, 1)
        self.assertContains(page, "Towns grew where horses pulled.", count=2)
        self.assertContains(page, 'href="/essays/collar/#s-1-1"')
        self.assertContains(page, "where it is 1.1")

    def test_what_is_gone_is_said_to_be_gone(self):
        revise(self.essay, "Everybody blamed the horse.", "")
        page = self.get(1, 3)
        self.assertContains(page, "It is gone")
        self.assertContains(page, "Everybody blamed the horse.", count=1)

    def test_permalinks_hold_after_ten_revisions(self):
        for number in range(10):
            revise(self.essay, "The lord", f"{number} lords and the lord".replace("the", "The"))
        self.assertContains(self.client.get("/essays/collar/r1/"), 'id="s-1-2"')
        for number in range(1, 12):
            with self.subTest(number=number):
                self.assertContains(self.get(1, 2, number), "Nobody knew why.", count=2)

    def test_every_sentence_of_an_earlier_revision_leads_to_its_page(self):
        revise(self.essay, OLD, NEW)
        page = self.client.get(reverse("revision", args=["collar", 1])).content.decode()
        links = re.findall(r'href="([^"]+)">Then and now<', page)
        self.assertEqual(len(links), len(re.findall(r'id="s-\d+-\d+"', page)))
        for link in links:
            self.assertEqual(resolve(link).view_name, "sentence")
            self.assertEqual(self.client.get(link).status_code, 200)

    def test_those_of_the_newest_do_not(self):
        revise(self.essay, OLD, NEW)
        page = self.client.get(reverse("revision", args=["collar", 2]))
        self.assertNotContains(page, "Then and now")

    def test_an_earlier_revision_says_so_and_leads_on(self):
        revise(self.essay, OLD, NEW)
        page = self.client.get(reverse("revision", args=["collar", 1]))
        self.assertContains(page, "An earlier version")
        self.assertContains(page, '<a href="/essays/collar/">revision 2</a> has taken its place')
        self.assertContains(page, 'href="/essays/collar/revisions/1/2/"')
        self.assertContains(page, 'href="/essays/collar/revisions/"')

    def test_a_sentence_that_is_not_there_is_not_found(self):
        for numbers in ((9, 1), (1, 9), (0, 1), (1, 0), (10**40, 1)):
            with self.subTest(numbers=numbers):
                url = f"/essays/collar/r1/s-{numbers[0]}-{numbers[1]}/"
                self.assertEqual(self.client.get(url).status_code, 404)
        self.assertEqual(self.get(1, 1, number=7).status_code, 404)

    def test_hostile_words_stay_words(self):
        source = SOURCE.replace(OLD, "A `<script>alert(1)</script>` & it.")
        publish_revision(essay=self.essay, source=source, note="", by=self.editor)
        revise(self.essay, "& it", "& more")
        for number in (1, 2, 3):
            self.assertNotContains(self.get(1, 2, number), "<script>alert")
        self.assertContains(self.get(1, 2, 2), "&lt;script&gt;alert(1)&lt;/script&gt;", count=2)

    def test_drafts_keep_theirs_to_editors(self):
        draft = make_essay(published=False)
        url = reverse("sentence", args=[draft.slug, 1, 1, 1])
        self.assertEqual(self.client.get(url).status_code, 404)
        self.client.force_login(self.editor)
        self.assertEqual(self.client.get(url).status_code, 200)

    def test_it_costs_the_same_in_a_long_essay(self):
        revise(self.essay, OLD, NEW)
        long = make_essay(source="\n\n".join(f"Sentence {n}. Another {n}." for n in range(300)))
        revise(long, "Sentence 7.", "Sentence seven.")
        for user in (None, make_user()):
            if user:
                self.client.force_login(user)
            counts = []
            for essay in (self.essay, long):
                forget_what_is_kept()
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(reverse("sentence", args=[essay.slug, 1, 1, 2]))
                counts.append(len(queries))
            with self.subTest(user=user):
                self.assertEqual(counts[0], counts[1])
        self.client.logout()
        etag = self.get(1, 2).headers["ETag"]
        with self.assertNumQueries(1):
            response = self.get(1, 2, headers={"If-None-Match": etag})
        self.assertEqual(response.status_code, 304)

    def test_a_new_revision_is_heard_of_at_once(self):
        self.get(1, 2)
        revise(self.essay, OLD, NEW)
        self.assertContains(self.get(1, 2), "It was edited since.")
