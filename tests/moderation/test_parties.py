"""Nobody judges what they reported themselves, in whichever case of the post that was."""

from unittest.mock import patch

from django.test import TestCase
from django.urls import reverse

from forum.lib.verdict import Refused
from forum.moderation import actions, appeals, legal, many, permissions
from forum.moderation.amending import amend, restore_amended
from forum.moderation.models import Case, Decision, Outcome
from forum.moderation.undoing import undo
from forum.posts.models import Post
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import REASON, decide, make_report, rule

WHY = "It names a living person and says of them what a court has found untrue."
REPORTED = "You reported this post: another moderator decides."
NOTICED = "A legal notice about this post was given in your name: another moderator decides."


class PartyCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("ottoline")
        cls.post = make_comment(author=cls.author, source="Rolls!")
        cls.first, cls.other = make_moderator("mags"), make_moderator("mo")
        cls.party = make_moderator("ines", email="Ines@example.org")

    def reported(self, by=None):
        return make_report(self.post, reporter=by or self.party).case

    def noticed(self, **fields):
        given = {"member": self.party, "email": "ines@example.org", **fields}
        return legal.give_notice(post=self.post, name="Ines", explanation=WHY, **given).case

    def appealed(self, case, outcome="hide"):
        """The case of the author's appeal against what was decided of that one."""
        made = decide(case, outcome, moderator=self.first, sanction="warn")
        decision = Decision.objects.for_statement().get(pk=made.pk)
        words = "It speaks of the rolls and of nobody at all."
        return appeals.appeal(appellant=self.author, decision=decision, text=words).case

    def opened(self):
        return actions.open_case(moderator=self.other, post=self.post)

    def each_case_after(self, first):
        """Every way in which the post comes before a moderator again."""
        yield "an appeal", self.appealed(first)
        decide(Case.objects.open().get(), "restore", moderator=self.other)
        yield "a moderator's own case", self.opened()
        yield "a member's report", self.reported(make_user())
        yield "a stranger's notice", self.noticed(member=None, email="nan@example.org")
        decide(Case.objects.open().get(), "amend", moderator=self.other)
        post = Post.objects.get(pk=self.post.pk)
        yield "an amendment", amend(author=self.author, post=post, source="A kinder word.")

    def assert_refused_to_party(self, case, words):
        """Claimed, decided, restored and decided with many."""
        self.assertEqual(permissions.can_claim(self.party, case).reason, words)
        with self.assertRaisesMessage(Refused, words):
            actions.claim_case(moderator=self.party, case=case)
        holder = {"claimed_by": case.claimed_by, "claimed_at": case.claimed_at}
        Case.objects.filter(pk=case.pk).update(claimed_by=self.party, claimed_at=case.opened_at)
        terms = {"rule": rule(), "reason": REASON}
        with self.assertRaisesMessage(Refused, words):
            actions.decide(moderator=self.party, case=case, outcome="keep", **terms)
        with self.assertRaisesMessage(Refused, words):
            restore_amended(moderator=self.party, case=case, seen="")
        found = list(Case.objects.for_many(self.party, [case.pk]))
        self.assertEqual(
            [one.verdict.reason for one in many.foresee(self.party, found, Outcome.KEEP)], [words]
        )
        done = many.decide_many(
            moderator=self.party, cases=found, seen={}, outcome="keep", **terms
        )  # fmt: skip
        self.assertEqual([reason for _, reason in done.skipped], [words])
        Case.objects.filter(pk=case.pk).update(**holder)


class ReportersTests(PartyCase):
    def test_whoever_reported_the_post_judges_none_of_its_cases(self):
        first = self.reported()
        self.assert_refused_to_party(first, REPORTED)
        for name, case in self.each_case_after(first):
            with self.subTest(name):
                self.assert_refused_to_party(case, REPORTED)
                self.assertTrue(permissions.can_judge(make_moderator(), case))

    def test_a_decision_that_was_taken_back_leaves_them_a_party(self):
        with patch("forum.moderation.telling.house") as house:
            house.return_value.undo_minutes = 10
            decision = decide(self.reported(), moderator=self.first)
        case = undo(moderator=self.first, decision=decision)
        self.assert_refused_to_party(case, REPORTED)

    def test_of_another_post_they_are_a_judge(self):
        self.reported()
        other = make_report(make_comment(author=self.author)).case
        self.assertTrue(permissions.can_claim(self.party, other))
        self.assertTrue(
            all(one.verdict for one in many.foresee(
                self.party, Case.objects.for_many(self.party, [other.pk]), Outcome.KEEP
            ))
        )  # fmt: skip

    def test_the_page_says_why_and_the_button_is_refused(self):
        case = self.appealed(self.reported())
        self.client.force_login(self.party)
        self.assertContains(self.client.get(case.get_absolute_url()), REPORTED)
        url = reverse("moderation:claiming", args=[case.pk])
        self.assertContains(self.client.post(url, sent()), REPORTED, status_code=403)
        self.assertIsNone(Case.objects.get(pk=case.pk).claimed_by)


class GiversOfNoticesTests(PartyCase):
    def test_whoever_gave_a_legal_notice_judges_none_of_its_cases(self):
        first = self.noticed()
        self.assert_refused_to_party(first, NOTICED)
        for name, case in self.each_case_after(first):
            with self.subTest(name):
                self.assert_refused_to_party(case, NOTICED)
                self.assertTrue(permissions.can_judge(make_moderator(), case))

    def test_signed_out_and_under_their_own_address_they_are_a_party_too(self):
        self.assert_refused_to_party(self.noticed(member=None), NOTICED)

    def test_whoever_has_no_address_is_not_whose_notice_was_emptied(self):
        case = self.noticed(member=None)
        case.legal_notices.update(name="", email="", explanation="")
        self.assertTrue(permissions.can_judge(make_moderator(email=""), case))

    def test_it_is_asked_of_many_without_a_query_for_each(self):
        for size in (1, 8):
            cases = [
                legal.give_notice(
                    post=make_comment(), name="Ines", email="ines@example.org", explanation=WHY
                ).case.pk
                for _ in range(size)
            ]
            found = list(Case.objects.for_many(self.party, cases))
            with self.subTest(size=size), self.assertNumQueries(0):
                seen = many.foresee(self.party, found, Outcome.KEEP)
            self.assertEqual({one.verdict.reason for one in seen}, {NOTICED})
