"""Single keys can be switched off: kept with the account, and told to the scripts by every page."""

from django.test import TestCase
from django.urls import reverse

from forum.accounts.models import User
from forum.exchange.erasing import erase
from tests.factories import make_essay, make_user, sent


class OwnKeysTests(TestCase):
    url = reverse("own-keys")

    @classmethod
    def setUpTestData(cls):
        cls.member = make_user("wren")
        cls.essay = make_essay()

    def setUp(self):
        self.client.force_login(self.member)

    def choose(self, **chosen):
        return self.client.post(self.url, sent(**chosen))

    def uses_keys(self):
        return User.objects.get(pk=self.member.pk).uses_keys

    def test_they_do_something_until_a_member_says_no_and_again_when_they_say_yes(self):
        self.assertTrue(self.uses_keys())
        self.assertRedirects(self.choose(), self.url)
        self.assertFalse(self.uses_keys())
        self.assertNotContains(self.client.get(self.url), "checked")
        self.assertRedirects(self.choose(uses_keys="on"), self.url)
        self.assertTrue(self.uses_keys())

    def test_pages_tell_the_scripts_and_name_no_key_that_does_nothing(self):
        thread = reverse("discussion:thread", args=[self.essay.slug])
        for url in (self.essay.get_absolute_url(), thread):
            with self.subTest(url=url):
                self.choose(uses_keys="on")
                before = self.client.get(url)
                self.assertContains(before, 'data-keys="on"')
                self.assertContains(before, 'aria-keyshortcuts="/"')
                self.choose()
                after = self.client.get(url)
                self.assertContains(after, 'data-keys="off"')
                self.assertNotContains(after, "aria-keyshortcuts")

    def test_the_form_sent_twice_says_it_once(self):
        form = sent()
        self.client.post(self.url, form)
        self.choose(uses_keys="on")
        self.client.post(self.url, form)
        self.assertTrue(self.uses_keys())

    def test_a_form_without_its_key_changes_nothing(self):
        self.assertEqual(self.client.post(self.url, {"uses_keys": ""}).status_code, 400)
        self.assertTrue(self.uses_keys())

    def test_it_goes_with_the_member(self):
        self.choose()
        erase(member=self.member, keeps_posts=True, asked_by="test")
        self.assertTrue(self.uses_keys())

    def test_a_visitor_gets_no_word_of_an_account_and_chooses_at_the_foot_of_a_page(self):
        self.client.logout()
        page = self.client.get(self.essay.get_absolute_url())
        self.assertNotContains(page, "data-keys")
        self.assertContains(page, "<key-choice hidden>")
