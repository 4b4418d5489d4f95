"""A branch that was taken down is one fold: nothing is lost, and nothing said over and over."""

from django.test import TestCase
from django.urls import reverse

from tests.factories import make_comment, make_essay, make_user
from tests.moderation.builders import decide, make_case


class BranchTakenDownTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay, cls.wren = make_essay(), make_user()
        cls.top = make_comment(cls.essay)
        cls.reply = make_comment(parent=cls.top, author=cls.wren, source="And so are you.")
        cls.deep = make_comment(parent=cls.reply)
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def read(self, user=None, query=""):
        if user:
            self.client.force_login(user)
        return self.client.get(self.url + query).content.decode()

    def fold(self, post):
        return f'<details class="fold" id="below-{post.pk}">'

    def test_its_replies_stand_in_one_fold_below_its_line(self):
        decide(make_case(self.top), "branch")
        page = self.read()
        self.assertEqual(page.count('<details class="fold"'), 1)
        self.assertIn(self.fold(self.reply), page)
        self.assertIn("Two replies, taken down as well", page)
        for post in (self.top, self.reply, self.deep):
            self.assertEqual(page.count(f'id="post-{post.pk}"'), 1)
        self.assertLess(page.index(f'id="post-{self.top.pk}"'), page.index(self.fold(self.reply)))

    def test_where_anything_can_be_read_nothing_is_folded(self):
        decide(make_case(self.top), "hide")
        self.assertNotIn("taken down as well", self.read())
        self.assertIn("And so are you.", self.read())

    def test_only_what_is_gone_below_what_is_left_is_folded(self):
        decide(make_case(self.reply), "branch")
        page = self.read()
        self.assertIn(self.fold(self.deep), page)
        self.assertIn("One reply, taken down as well", page)
        self.assertNotIn(self.fold(self.reply), page)

    def test_who_wrote_a_reply_in_it_finds_it_open_with_what_they_can_do(self):
        decide(make_case(self.top), "branch")
        page = self.read(self.wren)
        self.assertNotIn(self.fold(self.reply), page)
        self.assertIn("And so are you.", page)

    def test_read_alone_nothing_of_a_branch_is_folded(self):
        decide(make_case(self.top), "branch")
        self.assertNotIn("taken down as well", self.read(query=f"?branch={self.top.pk}"))
