from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.models import Reconsideration
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_counterpoint, make_editor, make_essay, make_user, sent
from tests.revising import revise, set_place

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."


class ReconsiderationPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.claim = make_claim(cls.essay, OLD)
        cls.author = make_user("hester")
        cls.objection = make_counterpoint(cls.claim, author=cls.author, source="It is not so.")
        cls.revision = revise(cls.essay, OLD, NEW, claim=cls.claim)
        cls.url = reverse("counterpoints:reconsideration", args=[cls.objection.pk])

    def setUp(self):
        self.client.force_login(self.author)

    def send(self, choice, **fields):
        return self.client.post(self.url, sent(choice=choice, **{"revision": "2"} | fields))

    def chosen(self):
        return Reconsideration.objects.get(counterpoint=self.objection).choice

    def test_the_notice_leads_to_it(self):
        notice = self.author.notices.get(kind="revised")
        self.assertEqual(notice.url, self.url)
        self.assertContains(self.client.get(reverse("notifications:inbox")), self.url)

    def test_it_shows_then_and_now_and_the_counterpoint(self):
        page = self.client.get(self.url)
        self.assertContains(page, "in revision 1:</b> <del>Nobody</del> knew why.")
        self.assertContains(page, "<ins>Hardly anybody</ins> knew why.")
        self.assertContains(page, "It is not so.")
        self.assertContains(page, "/essays/collar/revisions/1/2/")
        self.assertContains(page, "<h1", count=1)

    def test_words_that_are_gone_are_shown_with_the_reason(self):
        revision = revise(self.essay, NEW, "", tell=False)
        set_place(self.claim, revision, "", reason="It was <b>not</b> so.")
        page = self.client.get(self.url)
        self.assertContains(page, "left the essay with revision 3")
        self.assertContains(page, "It was &lt;b&gt;not&lt;/b&gt; so.")

    def test_still_applies_in_one_step(self):
        response = self.send("applies")
        self.assertRedirects(
            response, self.objection.get_absolute_url(), fetch_redirect_response=False
        )
        self.assertEqual(self.chosen(), "applies")
        self.assertContains(self.client.get(self.url), "So far: still applies")

    def test_withdrawn_in_one_step(self):
        self.send("withdrawn")
        self.assertEqual(self.chosen(), "withdrawn")
        self.objection.post.refresh_from_db()
        self.assertEqual(self.objection.post.status, PostStatus.WITHDRAWN)
        self.assertContains(self.client.get(self.url), "This counterpoint is not public any more.")

    def test_edited_there(self):
        self.send("edited", source="It is still not so.")
        self.assertEqual(self.chosen(), "edited")
        self.objection.post.refresh_from_db()
        self.assertEqual(self.objection.post.source, "It is still not so.")

    def test_an_edit_is_previewed_without_being_saved(self):
        page = self.send("edited", source="It is *still* so.", preview="yes")
        self.assertContains(page, "<em>still</em>")
        self.assertIsNone(self.chosen())

    def test_an_edit_that_changes_nothing_says_so(self):
        page = self.send("edited", source="It is not so.")
        self.assertContains(page, "You have changed nothing in it yet.", status_code=422)
        self.assertIsNone(self.chosen())

    def test_too_long_an_edit_is_given_back(self):
        page = self.send("edited", source="word " * 3_000)
        self.assertContains(page, "word word", status_code=422)
        self.assertIsNone(self.chosen())

    def test_the_same_form_twice_chooses_once(self):
        key = str(uuid4())
        for _ in range(2):
            self.send("withdrawn", form_key=key)
        self.assertEqual(self.chosen(), "withdrawn")

    def test_after_it_comes_the_next_that_was_asked(self):
        other = make_counterpoint(self.claim, author=self.author)
        revise(self.essay, NEW, "Few knew why.", claim=self.claim)
        response = self.send("applies", revision="3")
        following = reverse("counterpoints:reconsideration", args=[other.pk])
        self.assertRedirects(response, following)

    def test_but_not_what_another_was_asked(self):
        make_counterpoint(self.claim, author=make_user())
        revise(self.essay, NEW, "Few knew why.", claim=self.claim)
        response = self.send("applies", revision="3")
        self.assertEqual(response.url, self.objection.get_absolute_url())

    def test_what_was_edited_again_meanwhile_is_shown_first(self):
        revise(self.essay, NEW, "Few knew why.", claim=self.claim)
        for choice, fields in (("applies", {}), ("edited", {"source": "Mine, kept."})):
            with self.subTest(choice=choice):
                page = self.send(choice, **fields)
                self.assertContains(page, "edited again in the meantime", status_code=409)
                self.assertContains(page, "<ins>Few</ins>", status_code=409)
        self.assertIn("Mine, kept.", page.content.decode())
        self.assertFalse(Reconsideration.objects.exclude(choice=None).exists())

    def test_a_form_without_key_or_choice_is_refused(self):
        for fields in ({"choice": "applies", "revision": "2"}, sent(choice="x", revision="2")):
            with self.subTest(fields=fields):
                self.assertEqual(self.client.post(self.url, fields).status_code, 403)
        self.assertIsNone(self.chosen())

    def test_it_is_its_authors_page_alone(self):
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 302)
        for user in (make_user(), make_editor()):
            self.client.force_login(user)
            with self.subTest(user=user):
                self.assertContains(self.client.get(self.url), "Only its author", status_code=403)
                self.assertEqual(self.send("withdrawn").status_code, 403)

    def test_where_nothing_was_asked_there_is_nothing_to_choose(self):
        fresh = make_counterpoint(self.claim, author=self.author)
        url = reverse("counterpoints:reconsideration", args=[fresh.pk])
        self.assertContains(self.client.get(url), "have not been edited since", status_code=403)
        self.assertEqual(self.client.get("/counterpoints/999999/reconsider/").status_code, 404)

    def test_whoever_was_silenced_meanwhile_keeps_what_they_wrote(self):
        self.author.silenced_until = timezone.now() + timedelta(days=1)
        self.author.save()
        page = self.client.get(self.url)
        self.assertContains(page, "You can read, but not write")
        self.assertNotContains(page, 'value="applies"')
        page = self.send("edited", source="Mine, kept.")
        self.assertContains(page, "Mine, kept.", status_code=403)

    def test_a_hidden_claim_is_reconsidered_by_nobody_else(self):
        actions.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_the_page_costs_the_same_at_any_size(self):
        counts = []
        for size in (1, 20):
            for _ in range(size):
                make_counterpoint(self.claim, target=self.objection)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.url)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])
