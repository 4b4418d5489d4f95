"""Where an essay is slowed down, nobody writes sooner than they should."""

from datetime import timedelta
from uuid import uuid4

from django.test import TransactionTestCase
from django.utils import timezone

from forum.counterpoints.permissions import can_answer, can_mark
from forum.guard.actions import run_once
from forum.lib.moments import minute_words
from forum.lib.verdict import Refused
from forum.posts import actions as posts
from forum.posts import votes
from forum.posts.models import Post
from forum.posts.pace import AT_ONCE
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
)
from tests.posts.states import CLAIMS, REASON, TALK, WRITERS, StateCase, can_comment
from tests.together import together


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
