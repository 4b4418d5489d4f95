"""Editors say which claims an essay rests on; those head its list, and say so."""

import re
from urllib.parse import urlencode

from django.test import Client, TestCase
from django.urls import reverse

from essays.actions import publish_revision
from essays.models import Essay
from forum.counterpoints import actions
from forum.counterpoints.models import Claim
from forum.lib.verdict import Refused
from tests.factories import (
    SOURCE,
    make_claim,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    sent,
)

BADGE = re.compile(r'<span class="badge"><svg[^>]*><use href="[^"]*#key"/></svg>Key claim</span>')


class KeyCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.essayist = make_user()
        cls.essay = make_essay("The Collar", author=cls.essayist)
        cls.first = make_claim(cls.essay, "Nobody knew why.")
        cls.second = make_claim(cls.essay, "Towns grew")
        cls.list_url = reverse("counterpoints:claims", args=[cls.essay.slug])

    def mark(self, claim, *, is_key=True):
        return actions.mark_key(by=self.editor, claim=claim, is_key=is_key)

    def key_url(self, claim):
        return reverse("counterpoints:key", args=[claim.pk])

    def as_(self, user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client


class MarkingTests(KeyCase):
    def test_an_editor_marks_and_unmarks_by_the_button_on_the_claims_page(self):
        client, url = self.as_(self.editor), self.first.get_absolute_url()
        for value, offered, badges in (("yes", "Make it a key claim", 0),
                                       ("no", "No longer a key claim", 1)):  # fmt: skip
            page = client.get(url).content.decode()
            self.assertIn(offered, page)
            self.assertEqual(len(BADGE.findall(page)), badges)
            self.assertIn(f'<button class="btn quiet small" name="is_key" value="{value}"', page)
            key = re.search(r'<form[^>]*/key/">.*?name="form_key" value="([^"]+)"', page, re.DOTALL)
            response = client.post(self.key_url(self.first), {"form_key": key[1], "is_key": value})
            self.assertRedirects(response, url)
        self.first.refresh_from_db()
        self.assertFalse(self.first.is_key)

    def test_nobody_else_is_offered_it_nor_gets_it(self):
        for user in (None, make_user(), make_moderator(), self.essayist):
            client = self.as_(user)
            page = client.get(self.first.get_absolute_url()).content.decode()
            with self.subTest(user=user):
                self.assertNotIn("a key claim", page)
                response = client.post(self.key_url(self.first), sent(is_key="yes"))
                self.assertEqual(response.status_code, 302 if user is None else 403)
                if user is not None:
                    with self.assertRaises(Refused):
                        actions.mark_key(by=user, claim=self.first, is_key=True)
        self.assertFalse(Claim.objects.filter(is_key=True).exists())

    def test_it_is_a_thing_said_by_a_form_that_was_opened(self):
        client = self.as_(self.editor)
        self.assertEqual(client.get(self.key_url(self.first)).status_code, 405)
        self.assertEqual(client.post(self.key_url(self.first), {"is_key": "yes"}).status_code, 403)
        self.assertFalse(Claim.objects.filter(is_key=True).exists())

    def test_a_double_click_says_the_same_twice(self):
        client, form = self.as_(self.editor), sent(is_key="yes")
        for _ in range(2):
            self.assertEqual(client.post(self.key_url(self.first), form).status_code, 302)
        self.first.refresh_from_db()
        self.assertTrue(self.first.is_key)

    def test_saying_what_is_so_already_makes_no_page_anew(self):
        before = Essay.objects.get(pk=self.essay.pk).version
        self.mark(self.first, is_key=False)
        self.assertEqual(Essay.objects.get(pk=self.essay.pk).version, before)
        self.mark(self.first)
        self.assertGreater(Essay.objects.get(pk=self.essay.pk).version, before)

    def test_a_claim_that_is_not_there_is_no_page(self):
        client = self.as_(self.editor)
        for number in (0, 10**12, 2**70):
            response = client.post(f"/claims/{number}/key/", sent(is_key="yes"))
            self.assertEqual(response.status_code, 404)


class ListTests(KeyCase):
    def listed(self, query=""):
        page = self.as_(None).get(self.list_url + query).content.decode()
        return [int(pk) for pk in re.findall(r'<p class="serif"><a href="/claims/(\d+)/"', page)]

    def test_key_claims_head_the_list_in_every_order_and_are_marked(self):
        third = make_claim(self.essay, "Everybody blamed")
        orders = {"text": [1, 3, 2], "newest": [3, 2, 1], "oldest": [1, 2, 3]}
        claims = {1: self.first.pk, 2: self.second.pk, 3: third.pk}
        for order, numbers in orders.items():
            self.assertEqual(self.listed(f"?order={order}"), [claims[one] for one in numbers])
        self.mark(self.second)
        for order, numbers in orders.items():
            rest = [claims[one] for one in numbers if one != 2]
            self.assertEqual(self.listed(f"?order={order}"), [self.second.pk, *rest])
        page = self.as_(None).get(self.list_url).content.decode()
        self.assertEqual(len(BADGE.findall(page)), 1)
        self.assertLess(BADGE.search(page).start(), page.index(self.first.get_absolute_url()))

    def test_a_visitor_sees_the_badge_at_once(self):
        pages = (self.list_url, self.second.get_absolute_url())
        for url in pages:
            self.assertIsNone(BADGE.search(self.as_(None).get(url).content.decode()))
        self.mark(self.second)
        for url in pages:
            self.assertIsNotNone(BADGE.search(self.as_(None).get(url).content.decode()))
        self.mark(self.second, is_key=False)
        for url in pages:
            self.assertIsNone(BADGE.search(self.as_(None).get(url).content.decode()))

    def test_the_text_and_its_rail_keep_their_order(self):
        self.mark(self.second)
        page = self.as_(None).get(self.essay.get_absolute_url()).content.decode()
        first, second = (page.index(f'href="#p-{one.number}"') for one in (self.first, self.second))
        self.assertLess(first, second)

    def test_every_claim_is_on_one_page_and_only_one_wherever_the_key_ones_end(self):
        words = ("It was cheap", "Towns grew", "The horse choked", "Nobody knew")
        made = [make_claim(self.essay, words[place % 4]) for place in range(58)]
        everything = sorted([self.first.pk, self.second.pk, *(claim.pk for claim in made)])
        for share in (2, 20, 58):
            for claim in made[::share]:
                self.mark(claim)
        source = SOURCE.replace("Towns grew where", "Where it rained,")
        publish_revision(essay=self.essay, source=source, note="", by=self.editor)
        for number_of_keys in (29, 25, 1):
            keys = Claim.objects.filter(is_key=True).values_list("pk", flat=True)
            Claim.objects.filter(pk__in=list(keys)[number_of_keys:]).update(is_key=False)
            for order in ("text", "newest", "oldest"):
                with self.subTest(order=order, keys=number_of_keys):
                    self.assert_whole(order, everything, number_of_keys)

    def assert_whole(self, order, everything, number_of_keys):
        seen, query, client = [], f"?order={order}", self.as_(self.editor)
        while query:
            response = client.get(self.list_url + query)
            seen += response.context["claims"]
            query = response.context["next_url"]
        self.assertEqual(sorted(claim.pk for claim in seen), everything)
        is_key = [claim.is_key for claim in seen]
        self.assertEqual(is_key, sorted(is_key, reverse=True))
        self.assertEqual(sum(is_key), number_of_keys)

    def test_an_address_of_nonsense_is_the_first_page(self):
        self.mark(self.second)
        for after in ("key.", "key.x", "key.1~x", "key.key.1", "key.-1~2", "key." + "9" * 40):
            query = "?" + urlencode({"after": after})
            self.assertEqual(self.listed(query), [self.second.pk, self.first.pk], after)

    def test_marking_costs_the_list_no_query(self):
        self.mark(self.second)
        client = self.as_(None)
        with self.assertNumQueries(2):
            client.get(self.list_url)
