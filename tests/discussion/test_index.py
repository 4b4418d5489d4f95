"""Where people have lately talked."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from essays.models import Essay
from forum.discussion.querysets import lately
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_essay, make_user


class IndexTests(TestCase):
    url = reverse("discussion:index")

    def test_the_last_active_comes_first_with_its_newest_remark(self):
        author, now = make_user("ottoline"), timezone.now()
        straw, oats = make_essay("Straw"), make_essay("Oats")
        top = make_comment(straw, author=author, now=now - timedelta(hours=3), source="On straw.")
        make_comment(oats, author=author, now=now - timedelta(hours=2), source="On oats.")
        make_comment(parent=top, author=author, now=now - timedelta(hours=1), source="A reply.")
        page = self.client.get(self.url).content.decode()
        self.assertLess(page.index("Straw"), page.index("Oats"))
        self.assertIn("On straw.", page)
        self.assertIn("Two posts", page)

    def test_claims_drafts_and_hidden_remarks_are_left_out(self):
        make_claim(make_essay("With a claim"))
        draft = make_essay("Draft to be")
        make_comment(draft)
        Essay.objects.filter(pk=draft.pk).update(published_at=None)
        hidden = make_comment(make_essay("Talked about"), source="You fool.")
        posts.set_status(post=hidden, status=PostStatus.HIDDEN)
        response = self.client.get(self.url)
        self.assertContains(response, "Talked about")
        for words in ("With a claim", "Draft to be", "You fool."):
            self.assertNotContains(response, words)

    def test_pages_meet_every_discussion_once(self):
        now, author = timezone.now(), make_user()
        for number in range(45):
            # Some were last active in the same instant.
            make_comment(make_essay(), author=author, now=now - timedelta(hours=number // 7))
        found, after = [], ""
        for _ in range(9):
            page = lately(AnonymousUser(), after)
            found += [thread.pk for thread in page.threads]
            after = page.next_after
            if not after:
                break
        self.assertEqual(len(found), 45)
        self.assertEqual(len(set(found)), 45)

    def test_query_count_does_not_grow(self):
        author = make_user()
        for size in (1, 30):
            for _ in range(size):
                make_comment(make_essay(), author=author)
            with self.subTest(size=size), self.assertNumQueries(2):
                self.client.get(self.url)

    def test_nothing_yet_and_nothing_further(self):
        self.assertContains(self.client.get(self.url), "Nobody has said anything yet.")
        for after in ("0-1", "99999999999999999-1", "99999999999999999999-1", "x", "\x00"):
            self.assertEqual(self.client.get(self.url, {"after": after}).status_code, 200)
