"""A moderator moves a post with all below it: as a decision, with rule and reason, told, logged,
undone within minutes, and appealed like every other.
"""

from datetime import timedelta

from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from essays.models import Essay
from essays.openness import retire
from forum.counterpoints.models import Claim, Counterpoint
from forum.lib.verdict import Refused
from forum.moderation import actions, appeal_permissions, appeals, destinations, log
from forum.moderation.models import Case, LogEntry, Outcome
from forum.moderation.relocation_permissions import can_move_to
from forum.moderation.slowing import slow_branch
from forum.moderation.undoing import undo
from forum.notifications.happenings import tell_due
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts import locking
from forum.posts.models import Post, Thread
from forum.posts.pace import branch_paces
from forum.posts.placing import MOVED
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)
from tests.moderation.builders import REASON, decide, make_case, make_report, rule
from tests.moderation.relocating import RelocationCase


class DestinationTests(RelocationCase):
    def test_a_claim_is_meant_by_its_number_or_its_address_or_its_statement_post(self):
        for asked in (
            "2", "#2", f"/claims/{self.there.pk}/", f" https://x.example/claims/{self.there.pk}/?a",
            "/essays/the-collar/#claim-2", self.there.opening.get_absolute_url(),
        ):  # fmt: skip
            with self.subTest(asked):
                to = self.find(asked)
                self.assertEqual((to.thread.pk, to.answered), (self.there.pk, None))
                self.assertEqual(to.name, "claim 2 of The Collar")
                self.assertEqual(self.find(to.address).thread.pk, self.there.pk)

    def test_a_post_is_meant_by_its_address_alone_or_in_its_thread(self):
        point = make_counterpoint(self.there)
        for asked in (f"/posts/{point.pk}/", f"/claims/2/?branch=1#post-{point.pk}"):
            to = self.find(asked)
            self.assertEqual((to.thread.pk, to.answered.pk), (self.there.pk, point.pk))
            self.assertEqual(to.name, f"post {point.pk} in claim 2 of The Collar")
            self.assertEqual(self.find(to.address).answered, point.post)

    def test_a_discussion_is_meant_by_the_address_of_its_essay(self):
        remark = make_comment(self.essay)
        quiet = make_essay("Oats", slug="oats")
        for asked in ("/essays/oats/", "https://x.example/essays/oats/discussion/"):
            to = self.find(asked, remark)
            self.assertEqual((to.thread.essay, to.name), (quiet, "the discussion of Oats"))

    def test_nothing_is_meant_by_other_words_or_by_what_not_everybody_reads(self):
        draft = make_essay(slug="draft", published=False)
        remark = make_comment(self.essay)
        hidden = make_claim(self.essay, "The horse choked")
        posts.set_status(post=hidden.opening, status="hidden")
        for asked in (
            "99",
            "oats",
            "/claims/0/",
            f"/claims/{hidden.pk}/",
            "/posts/999999999/",
            "",
            "\x00",
        ):
            self.assertIsNone(self.find(asked), asked)
        unread = make_comment(self.essay)
        for asked in (draft.get_absolute_url(), "/essays/none/", "2"):
            self.assertIsNone(self.find(asked, remark), asked)
        below = unread.get_absolute_url()
        self.assertIsNotNone(self.find(below, remark))
        Essay.objects.filter(pk=self.essay.pk).update(published_at=None)
        self.assertIsNone(self.find(below, remark))


class DecisionTests(RelocationCase):
    def test_it_goes_with_all_below_it_and_the_log_says_where_and_why(self):
        decision = self.move()
        for one in (self.top, self.reply):
            self.assertEqual(self.thread_of(one), self.there.pk)
        entry = LogEntry.objects.get()
        self.assertEqual((entry.kind, entry.reason, entry.decision), ("move", REASON, decision))
        told = f"Counterpoint {self.top.pk} to claim 1 of The Collar, with all below it, to claim 2"
        self.assertTrue(entry.subject.startswith(told))
        self.assertIsNone(log.first_broken())
        page = self.client.get(reverse("moderation:log"), {"outcome": "move"})
        self.assertContains(page, "with all below it")

    def test_whoever_wrote_in_it_is_told_once_each(self):
        make_counterpoint(self.here, target=self.reply, author=self.author)
        self.move()
        told = dict(
            Notice.objects.filter(kind="decided").values_list("recipient__username", "sentence")
        )
        self.assertEqual(set(told), {"wren", "hester"})
        self.assertIn("was moved to another place", told["wren"])
        self.assertIn("What you replied in claim 1 of The Collar was moved", told["hester"])

    def test_it_decides_the_open_case_of_the_post_and_its_reporters_are_told(self):
        reporter = make_user("ruth")
        case = make_report(self.top.post, reporter=reporter).case
        decision = self.move()
        self.assertEqual(decision.case, case)
        self.assertIn("was moved", Notice.objects.get(recipient=reporter).sentence)
        self.assertIn("was followed", appeal_permissions.can_appeal(reporter, decision).reason)
        self.client.force_login(self.author)
        self.assertContains(self.client.get(decision.get_absolute_url()), "keeps its address")

    def test_a_remark_goes_to_another_essays_discussion_which_it_opens(self):
        remark = make_comment(self.essay)
        reply = make_comment(self.essay, parent=remark)
        oats = make_essay("Oats", slug="oats")
        self.move("/essays/oats/", remark)
        self.assertEqual(self.thread_of(reply), oats.threads.get().pk)
        for essay, number in ((self.essay, 0), (oats, 2)):
            essay.refresh_from_db()
            self.assertEqual(essay.post_count, number)
        page = self.client.get(reverse("discussion:thread", args=["oats"]))
        self.assertContains(page, "Moved here by a moderator")

    def test_a_remark_is_split_off_and_a_line_leads_to_it(self):
        remark = make_comment(self.essay)
        reply = make_comment(self.essay, parent=remark)
        make_comment(self.essay, parent=reply)
        self.move(destinations.ALONE, reply)
        moved = Post.objects.get(pk=reply.pk)
        self.assertEqual((moved.depth, moved.branch_count, moved.parent), (1, 2, None))
        self.assertTrue(LogEntry.objects.get().subject.endswith("to a branch of its own"))
        page = self.client.get(reverse("discussion:thread", args=["the-collar"]))
        self.assertContains(
            page, f'moved from here, with all that answers it:</span> <a href="/posts/{reply.pk}/"'
        )

    def test_what_was_moved_out_of_a_hidden_branch_does_not_come_back_with_it(self):
        below = make_counterpoint(self.here, target=self.reply)
        decide(make_case(self.top.post), "branch", moderator=self.moderator)
        case = actions.open_case(moderator=self.moderator, post=self.fresh(self.reply))
        decide(case, "restore", moderator=self.moderator)
        self.move(post=self.reply)
        case = actions.open_case(moderator=self.moderator, post=self.fresh())
        decide(case, "restore", moderator=self.moderator)
        statuses = [Post.objects.get(pk=one.pk).status for one in (self.top, self.reply, below)]
        self.assertEqual(statuses, ["visible", "visible", "hidden"])
        for claim in (self.here, self.there):
            self.assert_as_computed_whole(claim)
            self.assertEqual(claim.rebuts, 1)

    def test_on_appeal_another_moderator_may_move_it_back(self):
        decision = self.move()
        made = appeals.appeal(
            appellant=self.author, decision=decision, text="It speaks of claim 1."
        )
        with self.assertRaisesMessage(Refused, "You decided this first"):
            self.move("1")
        self.move("1", moderator=self.other)
        made.refresh_from_db()
        self.assertEqual((made.result, self.thread_of()), ("reversed", self.here.pk))


@override_settings(UNDO_MINUTES=10)
class UndoTests(RelocationCase):
    def undo(self, decision, moderator=None):
        return undo(moderator=moderator or self.moderator, decision=decision)

    def test_taken_back_it_stands_where_it_stood_and_nobody_is_told(self):
        before = [Post.objects.get(pk=one.pk).path for one in (self.top, self.reply)]
        decision = self.move()
        case = self.undo(decision)
        self.assertEqual(self.thread_of(self.reply), self.here.pk)
        after = [Post.objects.get(pk=one.pk).path for one in (self.top, self.reply)]
        self.assertEqual(after, before)
        self.assertEqual(Post.objects.get(pk=self.top.pk).moved_url, None)
        tell_due(now=timezone.now() + timedelta(minutes=11))
        self.assertFalse(Notice.objects.filter(kind="decided").exists())
        self.assertEqual(case.claimed_by, self.moderator)
        self.assertEqual(list(LogEntry.objects.values_list("kind", flat=True)), ["undo", "move"])

    def test_of_a_remark_it_stands_again_below_what_it_answered(self):
        remark = make_comment(self.essay)
        reply = make_comment(self.essay, parent=remark)
        make_essay("Oats", slug="oats")
        decision = self.move("/essays/oats/", reply)
        self.undo(decision)
        back = Post.objects.get(pk=reply.pk)
        self.assertEqual((back.parent, back.thread), (remark, remark.thread))
        self.assertIsNone(Post.objects.get(pk=remark.pk).moved_away)

    def test_a_move_back_that_is_taken_back_leaves_the_line_where_it_was(self):
        other = make_essay("Oats", slug="oats")
        remark = make_comment(self.essay)
        reply = make_comment(self.essay, parent=remark)
        for post, home in ((reply, remark.get_absolute_url()), (remark, "/essays/the-collar/")):
            with self.subTest(home=home):
                self.move("/essays/oats/", post)
                signs = self.signs(remark)
                self.assertEqual([one for one in signs if one], [[post.pk]])
                decision = self.move(home, post, self.other)
                self.assertEqual(self.signs(remark), [None, None])
                self.undo(decision, self.other)
                self.assertEqual(self.signs(remark), signs)
                self.assertNotIn(post.pk, other.threads.get().moved_away or [])
                self.move(home, post, self.other)

    def signs(self, remark):
        """Of what was moved away: below the remark, and from the discussion."""
        remark = Post.objects.select_related("thread").get(pk=remark.pk)
        home = Thread.objects.get(essay=self.essay, kind="discussion")
        return [remark.moved_away, home.moved_away]

    def test_so_does_one_between_claims(self):
        self.move()
        decision = self.move("1", moderator=self.other)
        self.assertIsNone(Thread.objects.get(pk=self.here.pk).moved_away)
        self.undo(decision, self.other)
        self.assertEqual(Thread.objects.get(pk=self.here.pk).moved_away, [self.top.pk])
        self.assertIsNone(Thread.objects.get(pk=self.there.pk).moved_away)

    def paces(self, thread):
        return {top: (pace.minutes, pace.why) for top, pace in branch_paces(thread).items()}

    def test_taken_back_a_slow_branch_is_as_slow_as_it_was_and_what_it_joined_is_not(self):
        first, second = make_comment(self.essay), make_comment(self.essay)
        slow_branch(moderator=self.other, top=first, minutes=30, rule=rule(1), reason=REASON)
        decision = self.move(f"/posts/{second.pk}/", first)
        joined = Thread.objects.get(pk=first.thread_id)
        self.assertEqual(self.paces(joined), {second.pk: (30, REASON)})
        self.undo(decision)
        joined.refresh_from_db()
        self.assertEqual(self.paces(joined), {first.pk: (30, REASON)})

    def test_what_is_split_off_a_slow_branch_stays_slow_until_it_is_taken_back(self):
        first, second = make_comment(self.essay), make_comment(self.essay)
        part = make_comment(parent=first)
        slow_branch(moderator=self.other, top=first, minutes=30, rule=rule(1), reason=REASON)
        slow = {first.pk: (30, REASON)}
        for asked, branch in (
            (destinations.ALONE, part), (second.get_absolute_url(), second),
        ):  # fmt: skip
            decision = self.move(asked, part)
            split = Thread.objects.get(pk=first.thread_id)
            self.assertEqual(self.paces(split), {**slow, branch.pk: (30, REASON)}, asked)
            self.undo(decision)
            split.refresh_from_db()
            self.assertEqual(self.paces(split), slow, asked)

    def test_it_goes_back_below_what_it_answered_wherever_that_stands_now(self):
        decision = self.move(post=self.reply)
        self.move(f"/claims/{self.there.pk}/", moderator=self.other)
        self.undo(decision)
        self.assertEqual(self.thread_of(self.reply), self.there.pk)
        self.assertEqual(Counterpoint.objects.get(pk=self.reply.pk).target, self.top)

    def test_not_where_what_it_answered_stands_below_it_by_now(self):
        decision = self.move(post=self.reply)
        self.move(f"/posts/{self.reply.pk}/", moderator=self.other)
        with self.assertRaisesMessage(Refused, "not moved into itself"):
            self.undo(decision)
        self.assertEqual(self.thread_of(self.reply), self.there.pk)

    def test_not_once_the_claim_it_stood_in_has_become_part_of_another(self):
        decision = self.move()
        Claim.objects.filter(pk=self.here.pk).update(merged_into=self.there)
        with self.assertRaisesMessage(Refused, str(MOVED)):
            self.undo(decision)

    def test_not_once_it_went_on_with_a_branch_that_it_was_a_part_of(self):
        middle = make_counterpoint(self.there)
        decision = self.move(f"/posts/{middle.pk}/")
        third = make_claim(self.essay, "The horse choked")
        self.move("3", middle, moderator=self.other)
        with self.assertRaisesMessage(Refused, str(MOVED)):
            self.undo(decision)
        self.assertEqual(self.thread_of(), third.pk)


class RefusedTests(RelocationCase):
    def refused(self, words, asked="2", post=None, moderator=None):
        post = self.fresh(post)
        verdict = can_move_to(moderator or self.moderator, post, self.find(asked, post))
        self.assertIn(words, verdict.reason)
        with self.assertRaisesMessage(Refused, words):
            self.move(asked, post, moderator)
        self.assertFalse(LogEntry.objects.exists())

    def test_by_anybody_but_a_moderator_and_by_whoever_wrote_it(self):
        self.refused("Only moderators", moderator=make_user())
        self.refused("judged by another", post=make_counterpoint(self.here, author=self.moderator))

    def test_a_claim_itself_and_what_nobody_reads(self):
        self.refused("A claim is not moved", post=self.here.opening)
        posts.set_status(post=self.top.post, status="hidden")
        self.refused("Only what everybody can read")

    def test_to_where_it_is_into_itself_or_between_debates_and_discussions(self):
        remark = make_comment(self.essay)
        self.refused("stands there already", "1")
        self.refused("not moved into itself", f"/posts/{self.reply.pk}/")
        self.refused("a remark to a discussion", f"/posts/{remark.pk}/")
        self.refused("a remark to a discussion", f"/posts/{self.top.pk}/", remark)

    def test_to_what_is_locked_retired_taken_down_or_merged(self):
        point = make_counterpoint(self.there)
        posts.set_status(post=point.post, status="withdrawn")
        self.refused("taken down or withdrawn", f"/posts/{point.pk}/")
        standing = make_counterpoint(self.there)
        posts.set_status(post=self.there.opening, status="hidden")
        self.refused("That claim was taken down", f"/posts/{standing.pk}/")
        Claim.objects.filter(pk=self.there.pk).update(merged_into=self.here)
        self.refused("part of another one", f"/posts/{standing.pk}/")
        locking.lock(thread=self.there.thread, reason="Heated.")
        self.refused("is locked", f"/posts/{standing.pk}/")
        old = make_claim(make_essay())
        retire(by=make_editor(), essay=old.essay, reason="It was replaced.")
        self.refused("takes nothing any more", f"/claims/{old.pk}/")

    def test_by_a_decision_of_its_case_no_more_than_by_a_move(self):
        case = make_case(self.top.post, held_by=self.moderator)
        locking.lock(thread=self.there.thread, reason="Heated.")
        to = self.find("2")
        with self.assertRaisesMessage(Refused, "is locked"):
            actions.decide(
                moderator=self.moderator, case=case, outcome=Outcome.MOVE, rule=rule(1),
                reason=REASON, to=to,
            )  # fmt: skip
        self.assertEqual(self.thread_of(), self.here.pk)

    def test_away_from_an_essay_whose_author_speaks_in_it(self):
        make_counterpoint(self.here, target=self.reply, author=make_editor(), as_author=True)
        self.refused("stays with their essay", f"/claims/{make_claim(make_essay()).pk}/")
        self.move("2")

    def test_while_another_moderator_holds_its_case_or_its_mover_reported_it(self):
        case = make_case(self.top.post)
        actions.claim_case(moderator=self.other, case=case)
        self.refused_later("Another moderator holds this case")
        actions.release_case(moderator=self.other, case=Case.objects.get(pk=case.pk))
        make_report(self.top.post, reporter=self.moderator)
        self.refused_later("You reported this post")

    def refused_later(self, words):
        with self.assertRaisesMessage(Refused, words):
            self.move()
        self.assertEqual(self.thread_of(), self.here.pk)
