"""What stands around the posts is rendered once, and never says what is no longer so."""

from django.test import Client, TestCase
from django.urls import reverse

from essays.actions import refresh
from forum.discussion.views import SHELL
from forum.posts import actions as posts
from tests.factories import make_comment, make_essay, make_moderator


class ShellTests(TestCase):
    def setUp(self):
        self.essay = make_essay("The Collar")
        self.remark = make_comment(self.essay, source="The horse breathed.")
        self.url = reverse("discussion:thread", args=[self.essay.slug])

    def page(self, query=""):
        return Client().get(self.url + query)

    def test_each_change_of_what_it_says_shows(self):
        self.assertContains(self.page(), "The Collar")
        self.essay.title, self.essay.author_name = "The <Yoke>", "A. N. Other"
        self.essay.save(update_fields=["title", "author_name"])
        refresh(self.essay)
        self.assertContains(self.page(), "The &lt;Yoke&gt;")
        self.assertContains(self.page(), "A. N. Other")
        self.assertNotContains(self.page(), "The Collar")
        make_comment(self.essay)
        self.assertContains(self.page(), "Two posts")
        posts.lock(thread=self.remark.thread, reason="It went in circles.")
        self.assertContains(self.page(), "It went in circles.")
        posts.unlock(thread=self.remark.thread)
        self.assertNotContains(self.page(), "It went in circles.")

    def test_each_order_and_branch_has_its_own(self):
        for query in ("?order=best", "?order=newest", f"?branch={self.remark.pk}"):
            with self.subTest(query=query):
                text = self.page(query).content.decode()
                self.assertIn("The horse breathed.", text)
                self.assertEqual("One branch" in text, "branch" in query)
                self.assertEqual(text.count('aria-current="page">Newest'), int("newest" in query))

    def test_another_essay_has_its_own(self):
        other = make_essay("The Collar")
        make_comment(other, source="Another horse.")
        self.page()
        text = Client().get(reverse("discussion:thread", args=[other.slug])).content.decode()
        self.assertIn("Another horse.", text)
        self.assertNotIn("The horse breathed.", text)
        self.assertNotIn(self.essay.slug, text)

    def test_a_member_gets_none_and_leaves_none(self):
        SHELL.kept.clear()
        member = Client()
        member.force_login(make_moderator("mags", display_name="Mags Moderator"))
        self.assertContains(member.get(self.url), "Mags Moderator")
        self.assertEqual(len(SHELL.kept), 0)
        self.page()
        self.assertEqual(len(SHELL.kept), 1)
        self.assertContains(member.get(self.url), "Mags Moderator")
        self.assertNotContains(self.page(), "Mags Moderator")

    def test_nobody_can_write_the_gap(self):
        make_comment(self.essay, source="Here: <!--posts--> and there.")
        self.assertContains(self.page(), "&lt;!--posts--&gt;")
