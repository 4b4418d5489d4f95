"""What the actions and permissions themselves refuse, whatever the pages before them have asked."""

from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, TestCase
from django.utils import timezone

from forum.lib.verdict import ALLOWED, Refused
from forum.posts import actions, permissions
from forum.posts.begun import keep_begun
from forum.posts.statuses import PostStatus
from tests.factories import make_comment, make_essay, make_user

STRANGER = AnonymousUser()


class RefusedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.post, cls.other = make_comment(), make_user()

    def test_nobody_mends_the_hidden_post_of_another(self):
        actions.set_status(post=self.post, status=PostStatus.HIDDEN)
        with pytest.raises(Refused, match="Only its author"):
            actions.amend(by=self.other, post=self.post, source="I would put it so.")

    def test_an_author_mends_what_is_hidden_unless_they_are_banned(self):
        author = self.post.author
        assert permissions.can_amend(self.other, self.post).reason.startswith("Only its author")
        assert "a moderator has hidden" in permissions.can_amend(author, self.post).reason
        self.post.status = PostStatus.HIDDEN
        assert permissions.can_amend(author, self.post)
        author.silenced_until = timezone.now() + timedelta(days=1)
        assert permissions.can_amend(author, self.post)
        author.banned_at = timezone.now()
        assert "banned" in permissions.can_amend(author, self.post).reason

    def test_whoever_would_answer_what_was_withdrawn_is_told_by_whom(self):
        self.post.status = PostStatus.WITHDRAWN
        for verdict in (
            permissions.can_reply(self.other, self.post),
            permissions.may_be_replied_to(STRANGER, self.post),
        ):
            assert verdict.reason == "Its author has withdrawn this post."

    def test_nobody_is_offered_an_answer_where_the_discussion_is_closed(self):
        self.post.thread.essay.discussion_openness = "closed"
        assert not permissions.may_be_answered(STRANGER, self.post.thread)
        assert not permissions.may_be_replied_to(STRANGER, self.post)

    def test_a_stranger_keeps_no_draft_among_those_of_members(self):
        assert not permissions.can_keep_draft(STRANGER, {"source": ["A word."]}, is_new=True)

    def test_how_far_a_stranger_has_read_is_not_kept(self):
        verdict = permissions.can_visit(STRANGER, self.post.thread)
        assert verdict.reason.startswith("Log in")

    def test_a_stranger_has_no_text_kept_that_is_longer_than_any_post(self):
        fields = {"source": ["a" * (permissions.DRAFT_LENGTH + 1)]}
        request = RequestFactory().post("/")
        request.session = {}
        with pytest.raises(Refused, match="at most"):
            keep_begun(request, place="reply:1", about="A reply", fields=fields, key=uuid4())
        assert not request.session

    def test_of_two_posts_that_were_both_allowed_the_second_still_waits_where_it_is_slow(self):
        essay = make_essay(discussion_openness="slow", openness_reason="It is heated.")
        make_comment(essay, author=self.other)
        # Asked before the first was there.
        with (
            mock.patch("forum.posts.permissions.can_add", return_value=ALLOWED),
            pytest.raises(Refused, match="You can write here again"),
        ):
            make_comment(essay, author=self.other)
