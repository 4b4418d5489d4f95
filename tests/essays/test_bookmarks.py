"""Sentences that members keep for themselves."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from essays import bookmarking
from essays.models import Bookmark, Essay
from essays.models.bookmark import NOTE_LENGTH
from tests.factories import make_essay, make_user
from tests.revising import revise

WORDS = "Nobody knew why."


class BookmarkCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.revision = cls.essay.current_revision
        cls.member = make_user("ruth")
        cls.page_url = reverse("sentence", args=["collar", 1, 1, 2])
        cls.url = reverse("bookmark", args=["collar", 1, 1, 2])
        cls.list_url = reverse("bookmarks")

    def setUp(self):
        self.client.force_login(self.member)

    def keep(self, member=None, note="", number=(1, 2)):
        return bookmarking.keep(
            member=member or self.member, revision=self.revision, number=number, note=note
        )

    def send(self, client=None, **sent):
        return (client or self.client).post(self.url, {"form_key": uuid4(), "note": ""} | sent)


class KeepingTests(BookmarkCase):
    def test_a_sentence_is_kept_with_a_note_and_let_go_again(self):
        self.assertContains(self.client.get(self.page_url), "Keep this sentence")
        self.assertRedirects(self.send(note="Ask Wen."), self.page_url)
        kept = Bookmark.objects.get()
        self.assertEqual((kept.words, kept.note, kept.member), (WORDS, "Ask Wen.", self.member))
        page = self.client.get(self.page_url)
        self.assertContains(page, "You keep this sentence")
        self.assertContains(page, "Ask Wen.")
        self.send(note="Ask Wen again.")
        self.assertEqual(Bookmark.objects.get().note, "Ask Wen again.")
        self.send(remove="1")
        self.assertFalse(Bookmark.objects.exists())

    def test_the_same_form_twice_keeps_once(self):
        key = uuid4()
        for _ in range(2):
            self.send(form_key=key)
        self.assertEqual(Bookmark.objects.count(), 1)

    def test_a_note_that_is_too_long_is_said_so_and_stays_typed(self):
        long = "x" * (NOTE_LENGTH + 1)
        page = self.send(note=long)
        self.assertContains(page, long)
        self.assertContains(page, 'class="error"')
        self.assertFalse(Bookmark.objects.exists())

    def test_hostile_notes_are_words(self):
        self.keep(note='<script>alert(1)</script>\n& "more"')
        page = self.client.get(self.list_url)
        self.assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;<br>&amp; &quot;more&quot;")

    def test_a_sentence_that_is_not_there_is_not_found(self):
        url = reverse("bookmark", args=["collar", 1, 9, 9])
        self.assertEqual(self.client.post(url, {"form_key": uuid4()}).status_code, 404)
        url = reverse("bookmark", args=["collar", 9, 1, 1])
        self.assertEqual(self.client.post(url, {"form_key": uuid4()}).status_code, 404)

    def test_strangers_are_asked_to_log_in(self):
        self.assertContains(Client().get(self.page_url), "Log in to keep it")
        self.assertEqual(self.send(Client()).status_code, 302)
        self.assertEqual(Client().get(self.list_url).status_code, 302)
        self.assertFalse(Bookmark.objects.exists())

    def test_of_an_essay_that_is_not_published_nothing_is_kept(self):
        Essay.objects.update(published_at=timezone.now() + timedelta(days=1))
        self.assertEqual(self.send().status_code, 404)
        self.revision.essay.refresh_from_db()
        with self.assertRaisesMessage(PermissionDenied, "This essay is not published."):
            self.keep()

    def test_there_is_an_end_to_it_but_notes_can_still_be_changed(self):
        self.keep()
        with patch("essays.permissions.MOST_BOOKMARKS", 1):
            self.keep(note="Still changed.")
            with self.assertRaisesMessage(PermissionDenied, "You keep 1 sentences already"):
                self.keep(number=(1, 1))

    def test_whoever_is_silenced_may_still_keep_what_they_read(self):
        self.member.silenced_until = timezone.now() + timedelta(days=1)
        self.member.save()
        self.send(note="Quiet.")
        self.assertEqual(Bookmark.objects.count(), 1)


class ListTests(BookmarkCase):
    def test_it_is_nobody_elses(self):
        self.keep(make_user("otto"), note="Otto's own.")
        page = self.client.get(self.list_url)
        self.assertNotContains(page, "Otto")
        self.assertContains(page, "You keep no sentence yet.")
        self.assertNotContains(self.client.get(self.page_url), "Otto")

    def test_one_cannot_let_go_of_anothers(self):
        self.keep(make_user("otto"))
        self.send(remove="1")
        self.assertEqual(Bookmark.objects.count(), 1)

    def test_it_says_whether_the_essay_was_revised_since(self):
        self.keep(note="Why not?")
        self.assertContains(self.client.get(self.list_url), "Where you left it")
        revise(self.essay, WORDS, "Hardly anybody knew why.")
        page = self.client.get(self.list_url)
        self.assertContains(page, "then and now")
        self.assertContains(page, WORDS)

    def test_a_page_holds_so_many_in_the_same_number_of_queries(self):
        for size in (1, 30):
            for number in range(size):
                made = self.keep(note=str(number))
                Bookmark.objects.filter(pk=made.pk).update(sentence=1_000 + made.pk)
            with self.subTest(size=size), self.assertNumQueries(3):
                page = self.client.get(self.list_url)
        self.assertContains(page, 'id="bookmark-', count=20)
        rest = self.client.get(f"{self.list_url}{page.context['next_url']}")
        self.assertContains(rest, 'id="bookmark-', count=11)
        self.assertEqual(rest.context["next_url"], "")
        beyond = self.client.get(f"{self.list_url}?after=1-1")
        self.assertContains(beyond, "nothing further on")
        for odd in ("x", "1", "0x1-2", "9" * 40):
            whole = self.client.get(self.list_url, {"after": odd})
            self.assertContains(whole, 'id="bookmark-', count=20)
