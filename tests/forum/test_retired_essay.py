"""A retired essay leaves the lists; all of it stays readable, and its address may lead on."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from essays import openness
from essays.actions import refresh
from essays.models import Essay
from forum.counterpoints.models import Claim
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
    sent,
)
from tests.lib.test_front_door import Door

REASON = "It was written before the <digs>."
SHOWN = "It was written before the &lt;digs&gt;."
DAY = datetime(2026, 3, 3, 20, 11, tzinfo=UTC)
TOLD = "Retired on 3 March 2026: nothing is added to it any more"


class RetiredCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.member = make_editor(), make_user()
        cls.essay = make_essay("The Collar")
        cls.essay.tags.add("tools")
        cls.claim = make_claim(cls.essay, statement="Nobody knew why the horse choked.")
        cls.objection = make_counterpoint(cls.claim)
        make_claim(cls.essay, "Towns grew", statement="It was the towns that grew.")
        cls.remark = make_comment(cls.essay, source="A remark on the collar.")
        cls.url = cls.essay.get_absolute_url()
        cls.parts = [
            reverse("revision", args=[cls.essay.slug, 1]),
            reverse("revisions", args=[cls.essay.slug]),
            reverse("counterpoints:claims", args=[cls.essay.slug]),
            reverse("counterpoints:map", args=[cls.essay.slug]),
            cls.claim.get_absolute_url(),
            reverse("discussion:thread", args=[cls.essay.slug]),
        ]

    def retire(self, essay=None, **said):
        essay = Essay.objects.get(pk=(essay or self.essay).pk)
        said = {"reason": REASON, "now": DAY} | said
        return openness.retire(by=self.editor, essay=essay, **said)

    def reinstate(self):
        openness.reinstate(by=self.editor, essay=Essay.objects.get(pk=self.essay.pk))

    def readers(self):
        for user in (None, self.member, self.editor):
            client = Client()
            if user is not None:
                client.force_login(user)
            with self.subTest(user=user):
                yield client

    def text(self, url, client=None):
        response = (client or Client()).get(url)
        self.assertEqual(response.status_code, 200, url)
        return response.content.decode()


class ReadingTests(RetiredCase):
    def test_all_of_it_stays_readable_and_says_since_when_and_why(self):
        for client in self.readers():
            for url in (self.url, *self.parts):
                self.assertNotIn("Retired on", self.text(url, client))
        self.retire()
        for client in self.readers():
            for url in (self.url, *self.parts):
                page = self.text(url, client)
                self.assertEqual(page.count(TOLD), 1, url)
                self.assertIn(f'<p dir="auto">{SHOWN}</p>', page)
            self.assertIn("The horse choked before", self.text(self.url, client))
            self.assertIn("A remark on the collar.", self.text(self.parts[-1], client))
        self.reinstate()
        for client in self.readers():
            for url in (self.url, *self.parts):
                self.assertNotIn("Retired on", self.text(url, client))

    def test_only_its_page_asks_not_to_be_found(self):
        noindex = '<meta name="robots" content="noindex">'
        self.assertNotIn(noindex, self.text(self.url))
        self.retire()
        self.assertIn(noindex, self.text(self.url))

    def test_nobody_is_asked_to_add_anything(self):
        self.retire()
        for client in self.readers():
            for url in (self.url, *self.parts):
                page = self.text(url, client)
                for offer in ("<textarea", "Log in to", "Join the discussion", "/p1/", ">Reply<",
                              "/vote/", "Answer this objection"):  # fmt: skip
                    self.assertNotIn(offer, page, url)

    def test_nothing_is_added_and_nothing_that_was_typed_is_lost(self):
        self.retire()
        client = Client()
        client.force_login(self.member)
        said = {"relation": "supports", "source": "Typed for an hour.", "restatement": ""}
        for url in (
            reverse("discussion:thread", args=[self.essay.slug]),
            reverse("discussion:reply", args=[self.remark.pk]),
            reverse("counterpoints:answer-claim", args=[self.claim.pk]),
            reverse("counterpoints:answer", args=[self.objection.pk]),
        ):
            response = client.post(url, sent(**said))
            self.assertContains(response, "Typed for an hour.", status_code=403)
            self.assertContains(response, f"“{SHOWN}”", status_code=403)
        choose = reverse("counterpoints:choose", args=[self.essay.slug, 1])
        marked = client.post(choose, sent(**said, statement="So.", s="1", revision="1"))
        self.assertContains(marked, "Typed for an hour.", status_code=403)
        vote = client.post(f"/posts/{self.remark.pk}/vote/", sent(v="up"))
        self.assertEqual(vote.status_code, 403)

    def test_search_offers_it_no_more(self):
        address = reverse("search:search") + "?q=choked"
        self.assertIn("The Collar", self.text(address))
        self.retire()
        self.assertNotIn("The Collar", self.text(address))


class ListTests(RetiredCase):
    def test_it_leaves_every_list_at_once_and_comes_back(self):
        # With these, the home page has something to show beside its list.
        for year in (2020, 2021):
            make_essay("The Yoke", published_at=datetime(year, 1, 1, tzinfo=UTC))
        lists = {
            reverse("home"): ("The Collar", "Nobody knew why", "It was the towns", "tools"),
            reverse("home") + "?order=unanswered": ("The Collar",),
            reverse("tag", args=["tools"]): ("The Collar", "Nobody knew why"),
            reverse("open-questions"): ("Nobody knew why",),
            reverse("discussion:index"): ("The Collar",),
            reverse("search:search"): ("tools",),
            reverse("exchange:sitemap-list", args=["essays", 0]): (self.url,),
        }

        def seen(client):
            pages = {url: client.get(url).content.decode() for url in lists}
            return {url: [word for word in lists[url] if word in pages[url]] for url in lists}

        whole = {url: list(words) for url, words in lists.items()}
        for client in self.readers():
            self.assertEqual(seen(client), whole)
        self.retire()
        # The tag's own page is headed by its name.
        for client in self.readers():
            self.assertEqual(seen(client), dict.fromkeys(lists, []))
        self.reinstate()
        for client in self.readers():
            self.assertEqual(seen(client), whole)

    def test_another_essay_leads_the_home_page_then(self):
        other = make_essay("The Yoke", published_at=datetime(2020, 1, 1, tzinfo=UTC))
        self.assertEqual(self.client.get("/").context["lead"], self.essay)
        self.retire()
        self.assertEqual(self.client.get("/").context["lead"], other)

    def test_what_waits_is_not_asked_of_it(self):
        self.assertEqual(Claim.objects.filter(label="unanswered").count(), 1)
        self.retire()
        self.assertNotIn("Nobody knew why", self.text(reverse("open-questions")))


class LeadingOnTests(RetiredCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.other = make_essay("The Yoke", slug="the-yoke")

    def test_its_address_leads_to_the_other_and_everything_else_says_where(self):
        self.retire(redirects_to=self.other)
        for client in self.readers():
            for send in (client.get, client.head):
                response = send(self.url)
                self.assertEqual((response.status_code, response.url), (302, "/essays/the-yoke/"))
            for url in self.parts:
                page = self.text(url, client)
                self.assertIn(TOLD, page)
                self.assertRegex(page, r'href="/essays/the-yoke/"><bdi>Read instead: The Yoke')

    def test_a_visitor_whose_page_was_kept_is_sent_on_at_once_and_back(self):
        etag = Client().get(self.url).headers["ETag"]
        self.retire(redirects_to=self.other)
        for said in ({}, {"If-None-Match": etag}):
            self.assertEqual(Client().get(self.url, headers=said).status_code, 302)
        self.reinstate()
        self.assertEqual(Client().get(self.url).status_code, 200)

    def test_along_a_chain(self):
        last = make_essay("The Breast Strap", slug="the-strap")
        self.retire(redirects_to=self.other)
        self.retire(self.other, redirects_to=last)
        self.assertEqual(Client().get(self.url).url, "/essays/the-strap/")

    def test_never_round_in_a_ring(self):
        self.retire(redirects_to=self.other)
        # The action refuses it: two who act at once may still bring it about.
        Essay.objects.filter(pk=self.other.pk).update(
            retired_at=DAY, retired_reason=REASON, redirects_to=self.essay
        )
        for url in (self.url, self.other.get_absolute_url()):
            for client in self.readers():
                self.assertIn(TOLD, self.text(url, client))

    def test_nobody_is_led_to_what_they_may_not_read(self):
        draft = make_essay("Not Yet", slug="not-yet", published=False)
        self.retire(redirects_to=draft)
        for user in (None, self.member):
            client = Client()
            if user is not None:
                client.force_login(user)
            for url in (self.url, *self.parts):
                page = self.text(url, client)
                self.assertIn(TOLD, page)
                self.assertNotIn("not-yet", page)
                self.assertNotIn("Not Yet", page)
        editor = Client()
        editor.force_login(self.editor)
        self.assertEqual(editor.get(self.url).url, "/essays/not-yet/")

    def test_the_name_of_the_other_is_never_out_of_date(self):
        self.retire(redirects_to=self.other)
        self.assertIn("Read instead: The Yoke", self.text(self.parts[0]))
        self.other.title = "The Ox"
        self.other.save()
        refresh(self.other)
        for url in self.parts:
            self.assertIn("Read instead: The Ox", self.text(url))

    def test_leading_on_costs_few_queries(self):
        self.retire(redirects_to=self.other)
        with self.assertNumQueries(2):
            Client().get(self.url)
        self.retire()
        Client().get(self.url)
        with self.assertNumQueries(1):
            Client().get(self.url)


class FrontDoorTests(RetiredCase):
    def setUp(self):
        self.door = Door()
        # A test's transaction would end with its connection.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            self.addCleanup(signal.connect, close_old_connections)
        quiet = patch("forum.lib.front_door.close_old_connections")
        quiet.start()
        self.addCleanup(quiet.stop)

    def test_no_page_kept_there_is_out_of_date(self):
        later = make_essay("Later", slug="later", published_at=timezone.now() + timedelta(hours=1))
        for _ in range(2):
            self.assertEqual(self.door.get(self.url).status_code, 200)
        self.retire(redirects_to=later)
        for _ in range(2):
            answer = self.door.get(self.url)
            self.assertEqual(answer.status_code, 200)
            self.assertIn(TOLD, answer.content.decode())
        # Its hour comes: nothing of the retired essay itself has changed.
        Essay.objects.filter(pk=later.pk).update(published_at=DAY)
        for _ in range(2):
            answer = self.door.get(self.url)
            self.assertEqual((answer.status_code, answer.headers["Location"]),
                             (302, "/essays/later/"))  # fmt: skip
        Essay.objects.filter(pk=later.pk).update(published_at=None)
        self.assertEqual(self.door.get(self.url).status_code, 200)
