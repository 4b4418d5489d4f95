"""Who says where they stand, and what becomes of it."""

from datetime import timedelta

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.models import ChangedMind, Claim, Counterpoint, Stance
from forum.counterpoints.stances import (
    credit,
    forget_stances,
    leave_unsaid,
    take_credit_back,
    take_stance,
)
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from forum.posts import locking
from forum.posts.models import Thread
from tests.factories import make_claim, make_counterpoint, make_essay, make_user


def stances(claim):
    found = Claim.objects.get(pk=claim.pk)
    return found.agree, found.disagree, found.unsure


class StanceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim, cls.member = make_claim(), make_user()

    def stand(self, side, member=None):
        take_stance(member=member or self.member, claim=self.claim, side=side)
        return stances(self.claim)

    def test_once_for_each_claim_changeable_and_taken_back(self):
        self.assertEqual(self.stand("agree"), (1, 0, 0))
        self.assertEqual(self.stand("agree"), (1, 0, 0))
        self.assertEqual(self.stand("unsure"), (0, 0, 1))
        self.assertEqual(self.stand("disagree"), (0, 1, 0))
        self.assertEqual(Stance.objects.count(), 1)
        self.assertEqual(self.stand(None), (0, 0, 0))
        self.assertFalse(Stance.objects.exists())

    def test_it_remembers_the_side_that_was_left_until_something_is_said_about_it(self):
        def left():
            return Stance.objects.get().left

        self.stand("disagree")
        self.assertEqual(left(), "")
        self.stand("agree")
        self.assertEqual(left(), "disagree")
        self.stand("disagree")
        self.assertEqual(left(), "")
        self.stand("unsure")
        leave_unsaid(member=self.member, claim=self.claim)
        self.assertEqual(left(), "")

    def test_what_one_member_leaves_unsaid_another_is_still_asked(self):
        other = make_user()
        for member in (self.member, other):
            for side in ("disagree", "agree"):
                self.stand(side, member)
        leave_unsaid(member=self.member, claim=self.claim)
        self.assertEqual(Stance.objects.get(member=other).left, "disagree")

    def test_the_kept_page_of_the_claim_hears_of_it_and_that_of_the_list_where_it_matters(self):
        def versions():
            return tuple(
                Thread.objects.values_list("version", "essay__version").get(pk=self.claim.pk)
            )

        before = versions()
        self.stand("agree")
        self.assertEqual((versions()[0] > before[0], versions()[1]), (True, before[1]))
        before = versions()
        self.stand("agree")
        self.assertEqual(versions(), before)
        for side in ("agree", "disagree", "disagree", "disagree"):
            self.stand(side, member=make_user())
        self.assertGreater(versions()[1], before[1])

    def test_refused_with_its_reason(self):
        now = timezone.now()
        hidden = make_claim()
        actions.set_status(post=hidden.opening, status="hidden")
        hidden = Claim.objects.get(pk=hidden.pk)
        locked, draft, retired = make_claim(), make_claim(), make_claim()
        locking.lock(thread=locked.thread, reason="")
        locked = Claim.objects.get(pk=locked.pk)
        draft.essay.published_at = now + timedelta(days=1)
        retired.essay.retired_at = now
        # What a thread asks of its essay is asked of the same one.
        cases = [
            (AnonymousUser(), self.claim, "Log in to say where you stand."),
            (self.member, hidden, "This claim is no longer here."),
            (self.member, locked, "This debate is closed."),
            (self.member, draft, "This essay is not published yet."),
            (self.member, retired, "who stands where is counted"),
            (make_user(silenced_until=now + timedelta(days=1)), self.claim, "not write, until"),
        ]
        for member, claim, reason in cases:
            with self.subTest(reason), self.assertRaisesMessage(Refused, reason):
                take_stance(member=member, claim=claim, side="agree")
        self.assertFalse(Stance.objects.exists())

    def test_the_database_knows_three_sides_and_one_stance_a_member(self):
        for sides in (["aggree"], ["agree", "unsure"]):
            with self.subTest(sides), self.assertRaises(IntegrityError), transaction.atomic():
                for side in sides:
                    Stance.objects.create(
                        member=self.member, claim=self.claim, side=side, since=timezone.now()
                    )

    def test_nobody_looks_up_who_stands_where_not_even_staff(self):
        registered = set(admin.site._registry)
        self.assertFalse({Stance, ChangedMind} & registered)
        self.stand("disagree")
        self.assertNotIn("disagree", str(Stance.objects.get()))
        self.assertNotIn(self.member.username, str(Stance.objects.get()))


class ChangedMindTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim(make_essay("Oats"))
        cls.writer, cls.member = make_user("wren"), make_user("gimel")
        cls.one = make_counterpoint(cls.claim, author=cls.writer)

    def change(self, member=None, one=None, before="disagree", after="agree"):
        credit(
            member=member or self.member, counterpoint=one or self.one, before=before, after=after
        )

    def minds(self):
        self.writer.refresh_from_db()
        return Counterpoint.objects.get(pk=self.one.pk).minds, self.writer.minds_changed

    def test_it_records_from_what_to_what_and_takes_the_new_stance(self):
        self.change()
        made = ChangedMind.objects.get()
        self.assertEqual((made.before, made.after), ("disagree", "agree"))
        self.assertEqual(Stance.objects.get(member=self.member).side, "agree")
        self.assertEqual(stances(self.claim), (1, 0, 0))
        self.assertEqual(self.minds(), (1, 1))

    def test_said_twice_the_first_time_counts(self):
        self.change()
        self.change(before="unsure")
        self.assertEqual(ChangedMind.objects.get().before, "disagree")
        self.assertEqual(self.minds(), (1, 1))

    def test_taken_back_it_leaves_no_trace_but_the_stance(self):
        self.change()
        for _ in range(2):
            take_credit_back(member=self.member, counterpoint=self.one)
            self.assertFalse(ChangedMind.objects.exists())
            self.assertEqual(self.minds(), (0, 0))
        self.assertEqual(stances(self.claim), (1, 0, 0))

    def test_what_another_said_of_it_stands(self):
        other = make_user()
        for member in (self.member, other):
            self.change(member)
        take_credit_back(member=self.member, counterpoint=self.one)
        self.assertEqual(ChangedMind.objects.get().member, other)

    def test_of_a_writer_people_are_counted_and_not_counterpoints(self):
        second = make_counterpoint(self.claim, author=self.writer)
        self.change()
        self.change(one=second, before="agree", after="unsure")
        self.assertEqual(self.minds(), (1, 1))
        take_credit_back(member=self.member, counterpoint=self.one)
        self.assertEqual(self.minds(), (0, 1))
        self.change(member=make_user())
        self.assertEqual(self.minds(), (1, 2))

    def test_what_moved_them_is_not_asked_again(self):
        take_stance(member=self.member, claim=self.claim, side="disagree")
        take_stance(member=self.member, claim=self.claim, side="agree")
        self.change()
        self.assertEqual(Stance.objects.get(member=self.member).left, "")

    def test_the_writer_is_told_without_a_name_and_once_until_they_have_read_it(self):
        for _ in range(3):
            self.change(member=make_user())
        take_credit_back(member=ChangedMind.objects.first().member, counterpoint=self.one)
        notice = Notice.objects.get(recipient=self.writer)
        self.assertIsNone(notice.actor)
        self.assertEqual(
            notice.sentence, "Your counterpoint on claim 1 of Oats changed a reader’s mind"
        )
        self.assertEqual((notice.sign, notice.url), ("mind", f"/posts/{self.one.pk}/"))
        Notice.objects.update(read_at=timezone.now())
        self.change(member=make_user())
        self.assertEqual(Notice.objects.filter(recipient=self.writer).count(), 2)

    def test_refused_with_its_reason(self):
        hidden = make_counterpoint(self.claim)
        hidden.post = actions.set_status(post=hidden.post, status="hidden")
        cases = [
            (self.writer, self.one, "agree", "by what they wrote themselves"),
            (self.member, hidden, "agree", "no longer here"),
            (self.member, self.one, "disagree", "Then it changed nothing"),
            (AnonymousUser(), self.one, "agree", "Log in to say where you stand."),
        ]
        for member, one, after, reason in cases:
            with self.subTest(reason), self.assertRaisesMessage(Refused, reason):
                credit(member=member, counterpoint=one, before="disagree", after=after)
        self.assertFalse(ChangedMind.objects.exists())
        self.assertFalse(Stance.objects.exists())

    def test_whoever_leaves_takes_all_of_it_along_and_can_be_deleted(self):
        other = make_user()
        for person in (self.member, other):
            self.change(member=person)
            actions.vote(voter=person, counterpoint=self.one, is_up=True)
        forget_stances(member=self.member)
        self.assertEqual((self.minds(), stances(self.claim)), ((1, 1), (1, 0, 0)))
        self.one.refresh_from_db()
        self.assertEqual(self.one.agree_up, 1)
        self.member.delete()
        self.one.refresh_from_db()
        self.assertEqual((self.one.agree_up, self.one.minds), (1, 1))
        self.assertEqual(Stance.objects.get().member, other)

    def test_a_debate_in_which_they_never_took_part_hears_nothing_of_their_leaving(self):
        self.change(member=make_user())
        agreed = make_claim()
        take_stance(member=make_user(), claim=agreed, side="agree")
        debates = Thread.objects.filter(pk__in=[self.claim.pk, agreed.pk]).order_by("pk")
        before = list(debates.values_list("version", flat=True))
        forget_stances(member=self.member)
        self.assertEqual(list(debates.values_list("version", flat=True)), before)
