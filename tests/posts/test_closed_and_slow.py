"""Where an essay is closed, slowed down or retired, nothing is written that should not be."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from essays.models import Essay
from essays.notices import Part
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.permissions import can_answer, can_mark, may_be_marked
from forum.guard.actions import run_once
from forum.lib.moments import minute_words
from forum.lib.verdict import Refused
from forum.posts import actions as posts
from forum.posts import locking, permissions, votes
from forum.posts.models import Post
from forum.posts.pace import AT_ONCE
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)
from tests.together import together

REASON = "It went in circles."


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


TALK, CLAIMS = ("comment", "reply"), ("mark", "answer", "answer back")
WRITERS = {"member", "essayist", "moderator", "editor"}


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


class SlowTests(StateCase):
    def setUp(self):
        self.set(discussion_openness="slow", claims_openness="slow", slow_minutes=10)
        self.member = self.people["member"]

    def ago(self, **span):
        return timezone.now() - timedelta(**span)

    def test_whoever_has_not_written_lately_writes(self):
        for what in (*TALK, *CLAIMS):
            self.assertEqual(self.allowed(what), WRITERS)

    def test_a_visitor_is_told_to_log_in(self):
        with self.assertNumQueries(0):
            for what in (*TALK, *CLAIMS):
                self.assertEqual(self.why(what, "visitor"), "Log in to take part.")

    def test_the_refusal_says_how_slow_why_and_from_which_minute_on(self):
        written = timezone.now().replace(second=30, microsecond=5) - timedelta(minutes=4)
        make_comment(self.essay, author=self.member, now=written)
        free = written.replace(second=0, microsecond=0) + timedelta(minutes=11)
        for what in TALK:
            self.assertEqual(
                self.why(what),
                f"The discussion is slowed down, 10 minutes between two posts: “{REASON}”"
                f" You can write here again from {minute_words(free)}.",
            )

    def test_the_wait_ends(self):
        make_comment(self.essay, author=self.member, now=self.ago(minutes=9, seconds=55))
        self.assertFalse(can_comment(self.member, self.essay))
        Post.objects.filter(author=self.member).update(created_at=self.ago(minutes=10, seconds=1))
        self.assertTrue(can_comment(self.member, self.essay))

    def test_discussion_and_claims_are_slow_each_by_itself(self):
        make_comment(self.essay, author=self.member)
        self.assertIn("The discussion is slowed down", self.why("comment"))
        for what in CLAIMS:
            self.assertTrue(self.asked()[what](self.member), what)
        make_counterpoint(self.claim, author=self.member)
        for what in CLAIMS:
            self.assertIn("The claims are slowed down", self.why(what))

    def test_what_was_written_on_another_essay_does_not_count(self):
        other = make_essay()
        make_comment(other, author=self.member)
        make_counterpoint(make_claim(other), author=self.member)
        for what in (*TALK, *CLAIMS):
            self.assertTrue(self.asked()[what](self.member), what)

    def test_what_others_wrote_does_not_count(self):
        make_comment(self.essay, author=make_user())
        make_counterpoint(self.claim, author=make_user())
        for what in (*TALK, *CLAIMS):
            self.assertTrue(self.asked()[what](self.member), what)

    def test_what_was_withdrawn_counts(self):
        posts.withdraw(by=self.member, post=make_comment(self.essay, author=self.member))
        self.assertFalse(can_comment(self.member, self.essay))

    def test_only_what_was_opened_slow_is_slow(self):
        self.set(discussion_openness="open", claims_openness="open", openness_reason="")
        make_comment(self.essay, author=self.member)
        with self.assertNumQueries(0):
            self.assertTrue(can_comment(self.member, self.essay))

    def test_the_actions_ask(self):
        make_comment(self.essay, author=self.member)
        make_counterpoint(self.claim, author=self.member)
        for write in (
            lambda: make_comment(self.essay, author=self.member),
            lambda: make_comment(parent=self.remark, author=self.member),
            lambda: make_claim(self.essay, author=self.member),
            lambda: make_counterpoint(self.claim, author=self.member),
            lambda: make_counterpoint(self.claim, target=self.counterpoint, author=self.member),
        ):
            with self.assertRaisesMessage(Refused, "You can write here again from"):
                write()

    def test_a_claim_and_its_first_counterpoint_are_one_contribution(self):
        claim = make_claim(
            self.essay, author=self.member, relation="rebuts", restatement="Nobody did.",
            source="The saddler did.",
        )  # fmt: skip
        self.assertEqual(claim.counterpoint_count, 1)
        with self.assertRaisesMessage(Refused, "The claims are slowed down"):
            make_counterpoint(claim, author=self.member)

    def test_also_where_they_are_sent_one_after_the_other(self):
        claim = make_claim(self.essay, author=self.member)
        self.assertFalse(can_answer(self.member, self.claim, None))
        make_counterpoint(claim, author=self.member)
        with self.assertRaises(Refused):
            make_counterpoint(claim, author=self.member)

    def test_who_speaks_as_the_author_answers_as_fast_as_they_like(self):
        for _ in range(2):
            make_comment(self.essay, author=self.essayist)
            make_counterpoint(self.claim, author=self.essayist)
            make_counterpoint(self.claim, author=self.people["editor"], as_author=True)
            make_claim(self.essay, author=self.people["editor"])
        with self.assertRaises(Refused):
            make_counterpoint(self.claim, author=self.people["editor"])

    def test_votes_and_own_words_are_as_fast_as_ever(self):
        mine = make_comment(self.essay, author=self.member)
        votes.vote(voter=self.member, post=self.remark, is_up=True)
        posts.edit(by=self.member, post=mine, source="Better.")
        posts.withdraw(by=self.member, post=mine)

    def test_however_much_was_written_elsewhere_since(self):
        make_comment(self.essay, author=self.member)
        elsewhere = make_comment(author=self.member)
        self.assertFalse(can_comment(self.member, self.essay))
        Post.objects.bulk_create(
            Post(thread=elsewhere.thread, author=self.member, path=f"x{number}",
                 created_at=timezone.now())
            for number in range(2 * AT_ONCE)
        )  # fmt: skip
        with self.assertNumQueries(3):
            self.assertFalse(can_comment(self.member, self.essay))
        self.assertTrue(can_mark(self.member, self.essay))

    def test_what_was_written_long_ago_is_not_read(self):
        elsewhere = make_comment(author=self.member, now=self.ago(days=9))
        Post.objects.bulk_create(
            Post(thread=elsewhere.thread, author=self.member, path=f"x{number}",
                 created_at=self.ago(days=9))
            for number in range(3 * AT_ONCE)
        )  # fmt: skip
        with self.assertNumQueries(1):
            self.assertTrue(can_comment(self.member, self.essay))

    def test_asking_is_one_query(self):
        for what in (*TALK, *CLAIMS):
            with self.subTest(what=what), self.assertNumQueries(1):
                self.asked()[what](self.member)


class AtOnceTests(TransactionTestCase):
    def setUp(self):
        self.essay = make_essay(
            discussion_openness="slow", claims_openness="slow", openness_reason=REASON
        )
        self.member = make_user()

    def assert_one_is_taken(self, *deeds):
        def unless_refused(do):
            try:
                return do()
            except Refused:
                return None

        made = together(*[lambda do=do: unless_refused(do) for do in deeds])
        self.assertEqual(len([post for post in made if post]), 1)
        self.assertEqual(Post.objects.filter(author=self.member).count(), 1)

    def test_of_many_replies_sent_in_the_same_instant_one_is_taken(self):
        parents = [make_comment(self.essay) for _ in range(4)]
        self.assert_one_is_taken(
            *[lambda to=to: make_comment(parent=to, author=self.member) for to in parents]
        )

    def test_of_answers_to_many_claims_one_is_taken(self):
        claims = [make_claim(self.essay) for _ in range(4)]
        self.assert_one_is_taken(
            *[lambda to=to: make_counterpoint(to, author=self.member) for to in claims]
        )

    def test_of_many_claims_marked_one_is_taken(self):
        self.assert_one_is_taken(*[lambda: make_claim(self.essay, author=self.member)] * 4)

    def test_members_who_answer_one_another_are_all_kept(self):
        long_ago = timezone.now() - timedelta(days=1)
        people = [make_user() for _ in range(4)]
        tops = [make_comment(self.essay, author=person, now=long_ago) for person in people]

        def answer(at):
            return run_once(
                user=people[at], key=uuid4(), action="reply",
                work=lambda: make_comment(parent=tops[at - 1], author=people[at], source="Yes.")
                .get_absolute_url(),
            )  # fmt: skip

        made = together(*[lambda at=at: answer(at) for at in range(4)])
        self.assertEqual(len(set(made)), 4)
