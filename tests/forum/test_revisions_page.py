import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from essays.actions import make_current, publish_revision
from essays.models import Revision
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Correction
from forum.posts.statuses import PostStatus
from forum.revision_lists import REVISIONS_A_PAGE
from tests.factories import (
    SOURCE,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)
from tests.kept import forget_what_is_kept
from tests.revising import revise

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."
HOSTILE = '<script>alert(1)</script> & "quoted"'


def make_correction(revision, counterpoint, **fields):
    fields = {"was": OLD, "became": NEW, "credited": counterpoint.post.author} | fields
    return Correction.objects.create(
        revision=revision, counterpoint=counterpoint, made_at=timezone.now(), **fields
    )


class RevisionsPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.url = reverse("revisions", args=["collar"])
        cls.editor = make_editor("joan", display_name="Joan Ferris")

    def test_one_revision_is_a_list_of_one(self):
        page = self.client.get(self.url)
        self.assertContains(page, "One version of")
        self.assertContains(page, "As first published.")
        self.assertContains(page, "None yet.")
        self.assertNotContains(page, '<select id="a"')
        self.assertNotContains(page, "What changed since")

    def test_each_is_told_with_its_note_its_editor_its_words_and_its_claims(self):
        claims = [make_claim(self.essay, words) for words in (OLD, "It was cheap", "The lord")]
        revise(self.essay, "The lord counted silver.", "", tell=False, by=self.editor, note="Less.")
        page = self.client.get(self.url)
        self.assertContains(page, "Two versions of")
        self.assertContains(page, "Less.")
        self.assertContains(page, "by <bdi>Joan Ferris</bdi>")
        self.assertContains(page, "45 words, 4 fewer")
        self.assertContains(page, "2 exact, 1 orphaned")
        self.assertContains(page, 'href="/essays/collar/revisions/1/2/"')
        self.assertContains(page, 'href="/essays/collar/r2/"')
        counterpoints.set_status(post=claims[0].opening, status=PostStatus.HIDDEN)
        self.assertContains(self.client.get(self.url), "1 exact, 1 orphaned")

    def test_the_same_number_of_words_is_said_to_be_the_same(self):
        revise(self.essay, "The lord", "A lord")
        self.assertContains(self.client.get(self.url), "49 words, the same")

    def test_any_two_are_compared_without_a_script(self):
        revise(self.essay, OLD, NEW)
        page = self.client.get(self.url)
        self.assertContains(page, '<option value="1" selected>Revision 1</option>')
        response = self.client.get(self.url, {"a": "1", "b": "2"})
        self.assertRedirects(response, "/essays/collar/revisions/1/2/")

    def test_what_names_no_two_revisions_leads_nowhere(self):
        for a, b in (("1", ""), ("", ""), ("x", "1"), ("1", "9" * 40), ("-1", "1")):
            with self.subTest(a=a, b=b):
                response = self.client.get(self.url, {"a": a, "b": b}, follow=True)
                self.assertEqual(response.status_code, 404)

    def test_three_hundred_are_paged(self):
        text = self.essay.current_revision
        Revision.objects.bulk_create(
            Revision(
                essay=self.essay, number=number, source=SOURCE, created_at=timezone.now(),
                html=text.html, text=text.text, blocks=text.blocks, word_count=49,
            )
            for number in range(2, 301)
        )  # fmt: skip
        make_current(self.essay, self.essay.revisions.get(number=300))
        seen, url = [], self.url
        while url:
            page = self.client.get(url).content.decode()
            numbers = [int(number) for number in re.findall(r"<h3>Revision (\d+)", page)]
            self.assertLessEqual(len(numbers), REVISIONS_A_PAGE)
            seen += numbers
            _, found, rest = page.partition('rel="next" href="')
            url = self.url + rest.partition('"')[0].partition("#")[0] if found else ""
        self.assertEqual(seen, list(range(300, 0, -1)))
        self.assertIn("300 versions of", self.client.get(self.url).content.decode())

    def test_a_cursor_that_no_link_has_is_the_first_page(self):
        for query in ("?after=x", "?after=9-9-9", "?corrections=%00", f"?after={'9' * 40}-1"):
            with self.subTest(query=query):
                self.assertContains(self.client.get(self.url + query), "Revision 1")

    def test_queries_do_not_grow_with_the_revisions(self):
        member = make_user()
        objection = make_counterpoint(make_claim(self.essay, "It was cheap"))
        counts = []
        for size in (2, 15):
            for number in range(size):
                source = f"{SOURCE}\n\nMore, {size} and {number}."
                revision = publish_revision(
                    essay=self.essay, source=source, note="", by=self.editor
                )
                make_correction(revision, objection)
            for user in (None, member):
                self.client.logout()
                if user:
                    self.client.force_login(user)
                forget_what_is_kept()
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(self.url)
                counts.append(len(queries))
        self.assertEqual(counts[:2], counts[2:])
        self.assertLessEqual(counts[0], 5)

    def test_a_reader_who_has_it_is_told_so_for_one_query(self):
        etag = self.client.get(self.url).headers["ETag"]
        with self.assertNumQueries(1):
            response = self.client.get(self.url, headers={"If-None-Match": etag})
        self.assertEqual(response.status_code, 304)
        revise(self.essay, OLD, NEW)
        self.assertContains(self.client.get(self.url), "Two versions of")

    def test_drafts_keep_theirs_to_editors(self):
        draft = make_essay(published=False)
        url = reverse("revisions", args=[draft.slug])
        self.assertEqual(self.client.get(url).status_code, 404)
        self.client.force_login(make_editor())
        self.assertEqual(self.client.get(url).status_code, 200)
        self.assertEqual(self.client.get("/essays/no-such/revisions/").status_code, 404)


class CorrectionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.url = reverse("revisions", args=["collar"])
        cls.claim = make_claim(cls.essay, OLD)
        cls.reader = make_user("gwilym", display_name="Gwilym <b>Rees</b>")
        cls.objection = make_counterpoint(cls.claim, author=cls.reader)
        cls.revision = revise(cls.essay, OLD, NEW)

    def test_a_correction_is_told_with_credit(self):
        make_correction(self.revision, self.objection, words="It was not so.")
        page = self.client.get(self.url)
        self.assertContains(page, "<del>“Nobody knew why.”</del>")
        self.assertContains(page, "<ins>“Hardly anybody knew why.”</ins>")
        self.assertContains(page, "It was not so.")
        self.assertContains(page, 'href="/members/gwilym/"><bdi>Gwilym &lt;b&gt;Rees&lt;/b&gt;')
        self.assertContains(page, f'href="/posts/{self.objection.pk}/"')
        self.assertContains(page, 'id="corrections"')
        self.assertContains(page, self.claim.statement)

    def test_words_that_were_taken_out_became_nothing(self):
        make_correction(self.revision, self.objection, became="")
        page = self.client.get(self.url)
        self.assertContains(page, "<del>“Nobody knew why.”</del>")
        self.assertNotContains(page, "<ins>")

    def test_whoever_left_is_credited_as_a_former_member(self):
        make_correction(self.revision, self.objection, credited=None)
        self.assertContains(self.client.get(self.url), "Owed to a former member")

    def test_a_claim_that_was_taken_down_is_not_quoted(self):
        make_correction(self.revision, self.objection)
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.assertNotContains(self.client.get(self.url), self.claim.statement)

    def test_hostile_words_stay_words(self):
        make_correction(self.revision, self.objection, was=HOSTILE, became=HOSTILE, words=HOSTILE)
        Revision.objects.filter(pk=self.revision.pk).update(note=HOSTILE)
        page = self.client.get(self.url)
        self.assertNotContains(page, "<script>alert")
        self.assertContains(page, "&lt;script&gt;alert(1)", count=4)

    def test_many_are_paged(self):
        objections = [make_counterpoint(self.claim) for _ in range(31)]
        for objection in objections:
            make_correction(self.revision, objection)
        first = self.client.get(self.url)
        self.assertContains(first, "Owed to", count=30)
        address = first.context["corrections_url"].partition("#")[0]
        self.assertContains(self.client.get(self.url + address), "Owed to", count=1)
