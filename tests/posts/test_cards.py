"""A post's card made quickly is what the template makes of it."""

from datetime import UTC, datetime, timedelta
from itertools import product
from unittest.mock import patch

from django.test import TestCase, override_settings
from django.utils import timezone

from forum.posts import cards
from forum.posts.cards import render_cards
from forum.posts.fragments import render_card
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.factories import make_comment, make_essay, make_user

HOSTILE = "<b>&\"'</b> \\g<0> <!--edited--> 100000000000000001"


class CardsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.authors = [make_user("wren"), make_user(display_name=HOSTILE), make_user()]
        cls.authors[2].erased_at = timezone.now()
        cls.authors[2].save()
        for author in cls.authors:
            cls.post = make_comment(cls.essay, author=author, source=f"It is **so**: `{HOSTILE}`")

    def every_kind(self):
        posts = list(Post.objects.select_related("author"))
        moments = (timezone.now(), datetime(2026, 7, 1, 23, 59, tzinfo=UTC))
        kinds = product(posts, PostStatus.values, (True, False), (0, 3), moments)
        for post, status, as_author, edits, at in kinds:
            post.status, post.as_author, post.edit_count = status, as_author, edits
            post.created_at = at + timedelta(minutes=post.pk)
            yield post

    def assert_as_alone(self):
        alone, together = [], []
        for post in self.every_kind():
            alone.append(render_card(post))
            together += render_cards([post])
        self.assertEqual(together, alone)
        self.assertEqual(len(together), 144)

    def test_each_is_what_it_would_be_alone_whatever_its_state_and_its_author(self):
        self.assert_as_alone()

    @override_settings(TIME_ZONE="Asia/Kolkata")
    def test_so_it_is_wherever_the_site_is_and_whoever_reads(self):
        timezone.get_default_timezone.cache_clear()
        self.addCleanup(timezone.get_default_timezone.cache_clear)
        with timezone.override("America/New_York"):
            self.assert_as_alone()

    def test_what_was_moved_or_decided_on_keeps_its_lines(self):
        for changes in ({"moved_url": "/log/"}, {"moved_away": [7]}, {"status_url": "/log/"}):
            Post.objects.filter(pk=self.post.pk).update(**changes)
            post = Post.objects.select_related("author").get(pk=self.post.pk)
            self.assertEqual(list(render_cards([post])), [render_card(post)])

    def test_the_template_runs_once_for_each_shape_however_many_there_are(self):
        posts = list(Post.objects.select_related("author")) * 20
        cards._pattern.cache_clear()
        with patch.object(cards, "get_template", wraps=cards.get_template) as runs:
            self.assertEqual(len(list(render_cards(posts))), 60)
        self.assertEqual(runs.call_count, 2)
