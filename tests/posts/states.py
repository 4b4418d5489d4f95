"""An essay whose state tests change, and everybody who may want to write on it."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.utils import timezone

from essays.models import Essay
from essays.notices import Part
from forum.counterpoints.permissions import can_answer, can_mark
from forum.posts import permissions
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)

REASON = "It went in circles."
TALK, CLAIMS = ("comment", "reply"), ("mark", "answer", "answer back")
WRITERS = {"member", "essayist", "moderator", "editor"}


def can_comment(user, essay):
    return permissions.can_add(user, essay, Part.DISCUSSION)


class StateCase(TestCase):
    """An essay with a discussion and a debated claim, and everybody who may want to write."""

    @classmethod
    def setUpTestData(cls):
        cls.essayist = make_user("essayist")
        cls.essay = make_essay(author=cls.essayist)
        cls.remark = make_comment(cls.essay, now=timezone.now() - timedelta(days=3))
        cls.claim = make_claim(cls.essay, now=timezone.now() - timedelta(days=3))
        cls.counterpoint = make_counterpoint(cls.claim, now=timezone.now() - timedelta(days=3))
        cls.people = {
            "visitor": AnonymousUser(),
            "member": make_user(),
            "essayist": cls.essayist,
            "moderator": make_moderator(),
            "editor": make_editor(),
        }

    def set(self, **state):
        """The state of the essay, and all that hangs on it read anew."""
        state.setdefault("openness_reason", REASON)
        if "retired_at" in state:
            state.setdefault("retired_reason", REASON)
        Essay.objects.filter(pk=self.essay.pk).update(**state)
        for post in (self.remark, self.claim.opening, self.counterpoint.post):
            post.thread.essay = Essay.objects.get(pk=self.essay.pk)
        self.essay = self.claim.essay = self.claim.thread.essay = post.thread.essay

    def asked(self):
        """By what is asked: what each writer is told."""
        return {
            "comment": lambda who: can_comment(who, self.essay),
            "reply": lambda who: permissions.can_reply(who, self.remark),
            "mark": lambda who: can_mark(who, self.essay),
            "answer": lambda who: can_answer(who, self.claim, None),
            "answer back": lambda who: can_answer(who, self.claim, self.counterpoint),
        }

    def allowed(self, what):
        return {name for name, who in self.people.items() if self.asked()[what](who)}

    def why(self, what, who="member"):
        return self.asked()[what](self.people[who]).reason
