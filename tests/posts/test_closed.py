"""Where an essay is closed or retired, nothing is written that should not be."""

from django.utils import timezone

from forum.counterpoints import actions as counterpoints
from forum.counterpoints.permissions import can_answer, may_be_marked
from forum.lib.verdict import Refused
from forum.posts import actions as posts
from forum.posts import locking, permissions, votes
from forum.posts.models import Post
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
)
from tests.posts.states import CLAIMS, REASON, TALK, WRITERS, StateCase


class ClosedTests(StateCase):
    def test_in_a_closed_discussion_only_the_essayist_has_the_word(self):
        self.set(discussion_openness="closed")
        for what in TALK:
            self.assertEqual(self.allowed(what), {"essayist"})
            self.assertIn(f"The discussion is closed: “{REASON}”", self.why(what))
            self.assertEqual(self.why(what, "visitor"), self.why(what))
        for what in CLAIMS:
            self.assertEqual(self.allowed(what), WRITERS)

    def test_in_closed_claims_only_who_speaks_for_the_essay_has_the_word(self):
        self.set(claims_openness="closed")
        self.assertEqual(self.allowed("mark"), {"essayist", "editor"})
        for what in ("answer", "answer back"):
            self.assertEqual(self.allowed(what), {"essayist"})
        for what in CLAIMS:
            self.assertIn(f"The claims are closed: “{REASON}”", self.why(what))
        for what in TALK:
            self.assertEqual(self.allowed(what), WRITERS)
        for target in (None, self.counterpoint):
            for who in ("essayist", "editor"):
                person = self.people[who]
                self.assertTrue(can_answer(person, self.claim, target, as_author=True))

    def test_the_actions_ask(self):
        self.set(discussion_openness="closed", claims_openness="closed")
        member, editor = self.people["member"], self.people["editor"]
        before = Post.objects.count()
        for write in (
            lambda: make_comment(self.essay, author=member),
            lambda: make_comment(parent=self.remark, author=member),
            lambda: make_claim(self.essay, author=member),
            lambda: make_counterpoint(self.claim, author=member),
            lambda: make_counterpoint(self.claim, author=member, as_author=True),
            lambda: make_counterpoint(self.claim, target=self.counterpoint, author=member),
            lambda: make_counterpoint(self.claim, author=editor),
        ):
            with self.assertRaises(Refused):
                write()
        self.assertEqual(Post.objects.count(), before)

    def test_what_posts_is_asked_to_write_it_asks_again(self):
        self.set(discussion_openness="closed", claims_openness="closed")
        member, now = self.people["member"], timezone.now()
        for thread in (self.remark.thread, self.claim.thread):
            with self.assertRaises(Refused):
                posts.write(author=member, thread=thread, parent=None, source="Yes.")
        for parent in (self.remark, self.counterpoint.post):
            with self.assertRaises(Refused):
                posts.write(author=member, thread=parent.thread, parent=parent, source="Yes.")
        with self.assertRaises(Refused):
            posts.write_opening(author=member, thread=self.claim.thread, source="So.", now=now)

    def test_an_editor_grants_a_point_as_the_author_after_it_was_closed(self):
        self.set(claims_openness="closed")
        made = make_counterpoint(
            self.claim, "concedes", target=self.counterpoint, author=self.people["editor"],
            as_author=True,
        )  # fmt: skip
        self.claim.refresh_from_db()
        self.assertEqual((made.relation, self.claim.label), ("concedes", "conceded"))

    def test_an_editor_marks_what_an_essay_rests_on_before_it_is_opened(self):
        self.set(claims_openness="closed")
        claim = make_claim(self.essay, author=self.people["editor"])
        self.assertEqual(claim.essay_id, self.essay.pk)

    def test_votes_go_on_and_own_words_can_be_mended_and_taken_back(self):
        self.set(discussion_openness="closed", claims_openness="closed")
        member = self.people["member"]
        for post in (self.remark, self.counterpoint.post):
            self.assertTrue(permissions.can_vote(member, post))
            self.assertTrue(permissions.can_edit(post.author, post))
            self.assertTrue(permissions.can_withdraw(post.author, post))
        votes.vote(voter=member, post=self.remark, is_up=True)
        posts.edit(by=self.remark.author, post=self.remark, source="Better.")
        posts.withdraw(by=self.remark.author, post=self.remark)
        counterpoints.withdraw(by=self.counterpoint.post.author, post=self.counterpoint.post)

    def test_a_lock_is_told_first(self):
        locking.lock(thread=self.remark.thread, reason="Enough.")
        self.remark.thread.refresh_from_db()
        self.set(discussion_openness="closed")
        self.assertEqual(self.why("reply"), "This thread is closed: Enough.")
        self.assertFalse(permissions.may_be_answered(self.essayist, self.remark.thread))


class RetiredTests(StateCase):
    def test_nobody_adds_anything_to_a_retired_essay(self):
        self.set(retired_at=timezone.now(), retired_reason="Out of date.")
        for what in (*TALK, *CLAIMS):
            self.assertEqual(self.allowed(what), set())
            for who in self.people:
                self.assertIn("was retired, so nothing is added to it: “Out of date.”",
                              self.why(what, who))  # fmt: skip
        editor = self.people["editor"]
        self.assertFalse(can_answer(editor, self.claim, None, as_author=True))
        self.assertFalse(may_be_marked(editor, self.essay))
        with self.assertRaises(Refused):
            make_counterpoint(self.claim, "concedes", author=editor, as_author=True)

    def test_its_votes_are_counted(self):
        self.set(retired_at=timezone.now())
        for post in (self.remark, self.counterpoint.post):
            verdict = permissions.can_vote(self.people["member"], post)
            self.assertEqual(verdict.reason, "This essay was retired: its votes are counted.")
        with self.assertRaises(Refused):
            votes.vote(voter=self.people["member"], post=self.remark, is_up=True)

    def test_own_words_can_still_be_mended_and_taken_back(self):
        self.set(retired_at=timezone.now())
        posts.edit(by=self.remark.author, post=self.remark, source="Better.")
        posts.withdraw(by=self.remark.author, post=self.remark)
