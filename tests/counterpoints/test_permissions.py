from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.permissions import can_answer, can_mark, can_speak_as_author
from forum.posts import locking
from forum.posts.paths import MAX_DEPTH
from tests.factories import (
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)


class PermissionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        until = timezone.now() + timedelta(days=1)
        cls.essayist = make_user("essayist")
        cls.essay = make_essay(author=cls.essayist)
        cls.claim = make_claim(cls.essay)
        cls.counterpoint = make_counterpoint(cls.claim)
        cls.people = {
            "stranger": AnonymousUser(),
            "member": make_user(),
            "essayist": cls.essayist,
            "moderator": make_moderator(),
            "editor": make_editor(),
            "silenced": make_user(silenced_until=until),
            "suspended": make_user(suspended_until=until),
            "closed": make_user(is_active=False),
        }

    def allowed(self, ask):
        return {name for name, person in self.people.items() if ask(person)}

    def test_every_member_in_good_standing_marks_and_answers(self):
        everybody = {"member", "essayist", "moderator", "editor"}
        assert self.allowed(lambda person: can_mark(person, self.essay)) == everybody
        for target in (None, self.counterpoint):
            assert self.allowed(lambda p, t=target: can_answer(p, self.claim, t)) == everybody

    def test_the_author_and_the_editors_speak_for_the_essay(self):
        found = self.allowed(lambda person: can_speak_as_author(person, self.essay))
        assert found == {"essayist", "editor"}

    def test_every_refusal_has_a_reason(self):
        for ask in (
            lambda person: can_mark(person, self.essay),
            lambda person: can_answer(person, self.claim, None),
            lambda person: can_speak_as_author(person, self.essay),
        ):
            for person in self.people.values():
                verdict = ask(person)
                assert bool(verdict) is not bool(verdict.reason)

    def reason(self, target=None):
        return can_answer(self.people["member"], self.claim, target).reason

    def test_a_draft_is_not_challenged(self):
        draft = make_essay(published=False)
        assert can_mark(self.people["editor"], draft).reason == "This essay is not published yet."

    def test_a_locked_debate_is_not_answered(self):
        locking.lock(thread=self.claim.thread, reason="It went in circles.")
        self.claim.thread.refresh_from_db()
        assert self.reason() == "This thread is closed: It went in circles."

    def test_a_claim_taken_down_is_not_answered(self):
        actions.set_status(post=self.claim.opening, status="hidden")
        self.claim.opening.refresh_from_db()
        assert self.reason() == "This claim is no longer open to answers."

    def test_a_counterpoint_of_another_claim_is_not_answered_here(self):
        other = make_counterpoint(make_claim())
        assert self.reason(other) == "That counterpoint belongs to another claim."

    def test_what_is_withdrawn_or_hidden_is_not_answered(self):
        for status, reason in (
            ("withdrawn", "Its author has withdrawn this post."),
            ("hidden", "This post is no longer here."),
            ("removed", "This post is no longer here."),
            ("held", "This post is no longer here."),
        ):
            self.counterpoint.post.status = status
            assert self.reason(self.counterpoint) == reason

    def test_a_branch_ends_at_its_depth(self):
        self.counterpoint.post.depth = MAX_DEPTH
        assert "as deep as it gets" in self.reason(self.counterpoint)
