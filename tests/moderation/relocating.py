"""A counterpoint with an answer to it, and another claim to which they may be moved."""

from django.test import TestCase

from forum.moderation import destinations
from forum.moderation.relocation_actions import relocate
from forum.posts.models import Post
from tests.counterpoints.test_weighing import StoredAsComputed
from tests.factories import (
    make_claim,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)
from tests.moderation.builders import REASON, rule


class RelocationCase(StoredAsComputed, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.other = make_moderator("mags"), make_moderator("mo")
        cls.author, cls.replier = make_user("wren"), make_user("hester")
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.here = make_claim(cls.essay, statement="Nobody knew why.")
        cls.there = make_claim(cls.essay, "It was cheap", statement="It was cheap.")
        cls.top = make_counterpoint(cls.here, author=cls.author, source="Straw cost nothing.")
        cls.reply = make_counterpoint(cls.here, target=cls.top, author=cls.replier)

    def find(self, asked, post=None):
        return destinations.find(self.fresh(post), asked)

    def fresh(self, post=None):
        posts_ = Post.objects.select_related("thread__essay", "thread__claim", "author")
        return posts_.get(pk=(post or self.top).pk)

    def move(self, asked="2", post=None, moderator=None, **fields):
        return relocate(
            moderator=moderator or self.moderator, post=self.fresh(post),
            to=self.find(asked, post), rule=rule(1), reason=REASON, **fields,
        )  # fmt: skip

    def thread_of(self, post=None):
        return Post.objects.get(pk=(post or self.top).pk).thread_id
