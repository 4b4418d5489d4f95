from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.utils import timezone

from forum.counterpoints import permissions
from forum.posts.statuses import PostStatus
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
        cls.essayist = make_user()
        cls.essay = make_essay(author=cls.essayist)
        cls.claim = make_claim(cls.essay)
        cls.target = make_counterpoint(cls.claim)
        cls.people = {
            "essayist": cls.essayist,
            "member": make_user(),
            "editor": make_editor(),
            "moderator": make_moderator(),
            "silenced": make_user(silenced_until=timezone.now() + timedelta(days=1)),
            "visitor": AnonymousUser(),
        }
        cls.writers = {"essayist", "member", "editor", "moderator"}

    def allowed(self, permission, *about):
        return {who for who, user in self.people.items() if permission(user, *about)}

    def test_who_marks_a_claim(self):
        self.assertEqual(self.allowed(permissions.can_mark, self.essay), self.writers)
        draft = make_essay(published=False)
        self.assertEqual(self.allowed(permissions.can_mark, draft), set())
        later = make_essay(published_at=timezone.now() + timedelta(days=1))
        self.assertEqual(self.allowed(permissions.can_mark, later), set())

    def test_who_answers(self):
        for target in (None, self.target):
            with self.subTest(target=target):
                allowed = self.allowed(permissions.can_answer, self.claim, target)
                self.assertEqual(allowed, self.writers)

    def test_what_nobody_answers(self):
        elsewhere = make_counterpoint(make_claim())
        gone = make_counterpoint(self.claim)
        gone.post.status = PostStatus.REMOVED
        hidden = make_claim(self.essay, "The horse choked")
        hidden.opening.status = PostStatus.HIDDEN
        cases = [
            (self.claim, elsewhere, "belongs to another claim"),
            (self.claim, gone, "no longer here"),
            (hidden, None, "no longer open to answers"),
        ]
        for claim, target, reason in cases:
            with self.subTest(reason=reason):
                verdict = permissions.can_answer(self.people["member"], claim, target)
                self.assertFalse(verdict)
                self.assertIn(reason, verdict.reason)

    def test_who_speaks_as_the_author(self):
        allowed = self.allowed(permissions.can_speak_as_author, self.essay)
        self.assertEqual(allowed, {"essayist", "editor"})

    def test_an_essay_without_a_member_as_its_author_has_only_editors_to_speak_for_it(self):
        allowed = self.allowed(permissions.can_speak_as_author, make_essay())
        self.assertEqual(allowed, {"editor"})
