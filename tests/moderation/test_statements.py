"""A statement of reasons says what is so: what led to it, what was done, and who reads it."""

from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.utils import timezone

from forum.guard.judging import Judgement
from forum.moderation import actions, appeals, flagging, legal
from forum.moderation.amending import amend
from forum.moderation.measures import measure_of
from forum.moderation.models import Case, Decision
from forum.moderation.origins import origin_of
from forum.moderation.undoing import undo
from forum.posts import actions as posts
from forum.posts.models import Post
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)
from tests.moderation.builders import REASON, decide, make_case, make_report

WORDS = "It speaks of the rolls and of nobody at all."
UNASKED = "A moderator looked into it unasked."
APPEAL = "An appeal against an earlier decision."
NOTICE = "A legal notice: somebody said that it is against the law."
REPORTS = "Reports of other members: personal attack."
WATCHED = "The watch list of this site found it by machine: Collars are sold elsewhere."
NO_MACHINE = "No machine found it or decided it."
MACHINE = "A machine found it by a stated rule, and decided nothing."
ONCE = "A machine had found it once before by a stated rule, and decided nothing."


class StatementCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("ottoline")
        cls.essay = make_essay("The Collar")
        cls.post = make_comment(cls.essay, author=cls.author, source="Rolls!")
        cls.first, cls.second = make_moderator("mags"), make_moderator("mo")

    def decided(self, case, outcome="hide", by=None, **fields):
        made = decide(case, outcome, moderator=by or self.first, **fields)
        return Decision.objects.for_statement().get(pk=made.pk)

    def opened(self):
        return actions.open_case(moderator=self.first, post=self.post)

    def appealed(self, decision):
        return appeals.appeal(appellant=self.author, decision=decision, text=WORDS).case

    def flagged(self):
        flagging.flag(self.post, Judgement(reported_by="Collars are sold elsewhere."))
        return Case.objects.open().get(post=self.post)

    def noticed(self):
        return legal.give_notice(
            post=self.post, name="Nan", email="nan@example.org", explanation=WORDS
        ).case

    def held(self, words="A post with a link is held"):
        posts.set_status(post=self.post, status="held")
        self.post.refresh_from_db()
        return actions.open_held(self.post, words)

    def page(self, decision, reader):
        self.client.force_login(reader)
        return self.client.get(decision.get_absolute_url())


class OriginTests(StatementCase):
    def check(self, case, words, machine=NO_MACHINE, outcome="hide", **fields):
        decision = self.decided(case, outcome, **fields)
        origin = origin_of(decision)
        self.assertEqual((origin.words, origin.machine), (words, machine))
        page = self.page(decision, self.author)
        self.assertContains(page, words)
        self.assertContains(page, machine)
        return decision

    def test_a_moderators_own_look(self):
        self.check(self.opened(), UNASKED)

    def test_reports(self):
        self.check(make_report(self.post).case, REPORTS)

    def test_a_legal_notice(self):
        self.check(self.noticed(), NOTICE)

    def test_the_watch_list(self):
        self.check(self.flagged(), WATCHED, MACHINE)

    def test_a_rule_that_held_it(self):
        words = "A rule of this site held it back by machine: A post with a link is held."
        self.check(self.held(), words, MACHINE)

    def test_an_order_that_all_of_its_author_is_read_first_is_no_machines_find(self):
        until = timezone.now() + timedelta(days=3)
        decide(make_case(make_comment(author=self.author)), sanction="hold", until=until)
        self.check(
            self.held("A moderator decided that your posts are read first"),
            "All that its author wrote then was read before it was public.",
        )
        self.check(self.opened(), UNASKED, outcome="restore")

    def test_an_order_about_another_led_to_nothing_here(self):
        until = timezone.now() + timedelta(days=3)
        decide(make_case(), sanction="hold", until=until)
        self.test_a_rule_that_held_it()

    def test_all_that_led_to_it_together(self):
        self.flagged()
        self.noticed()
        self.check(make_report(self.post).case, f"{NOTICE} {WATCHED} {REPORTS}", MACHINE)

    def test_an_appeal_says_that_a_machine_had_found_it_once(self):
        decision = self.check(self.opened(), UNASKED)
        self.check(self.appealed(decision), APPEAL, by=self.second, outcome="restore")
        decision = self.check(self.flagged(), WATCHED, MACHINE)
        self.check(self.appealed(decision), APPEAL, ONCE, by=self.second, outcome="keep")

    def test_an_amendment_and_an_edit_of_what_stood(self):
        self.check(self.opened(), UNASKED, outcome="amend")
        post = Post.objects.get(pk=self.post.pk)
        case = amend(author=self.author, post=post, source="Buns.")
        self.check(case, "Its author amended what a moderator had hidden.", outcome="restore")
        post = Post.objects.get(pk=self.post.pk)
        posts.edit(by=self.author, post=post, source="Rolls, again and again!")
        flagging.look_again(Post.objects.get(pk=post.pk))
        case = Case.objects.open().get(post=post)
        self.check(case, "Its author edited what a moderator had let stand.")

    def test_after_it_was_taken_back_it_still_says_what_found_it(self):
        with patch("forum.moderation.telling.house") as house:
            house.return_value.undo_minutes = 10
            decision = self.decided(self.flagged())
        case = undo(moderator=self.first, decision=decision)
        self.check(Case.objects.get(pk=case.pk), WATCHED, MACHINE)


class MeasureTests(StatementCase):
    def measures(self, post, outcomes):
        said = []
        for outcome in outcomes:
            case = actions.open_case(moderator=self.first, post=post)
            said.append(measure_of(self.decided(case, outcome)))
            post = Post.objects.get(pk=post.pk)
        return said

    def test_a_remark_counts_in_no_standing(self):
        make_comment(parent=self.post)
        self.assertEqual(
            self.measures(self.post, ["hide", "restore", "branch", "restore", "amend", "remove"]),
            [
                "The post was hidden: a line stays in its place.",
                "The post is shown again.",
                "The post was hidden with all replies to it: a line stays in the place of each.",
                "The post is shown again.",
                "The post was hidden until its author amends it: a line stays in its place.",
                "The post was removed: a line stays in its place.",
            ],
        )

    def test_a_counterpoint_does(self):
        post = make_counterpoint(make_claim(self.essay), author=self.author).post
        make_counterpoint(post.thread.claim, target=post.counterpoint)
        said = self.measures(post, ["keep", "note", "hide", "restore", "branch"])
        self.assertEqual(said[0], "The post stays as it is.")
        self.assertNotIn("standing", said[1])
        self.assertIn("It counts no more in the standing of the claim.", said[2])
        self.assertIn("It counts again in the standing of the claim.", said[3])
        self.assertIn("They count no more in the standing of the claim.", said[4])

    def test_a_statement_takes_its_claim_along(self):
        said = self.measures(make_claim(self.essay).opening, ["remove", "restore"])
        gone = "The claim that it opens counts no more among those of the essay."
        self.assertEqual(
            said,
            [
                f"The post was removed: a line stays in its place. {gone}",
                "The post is shown again. The claim that it opens counts again.",
            ],
        )

    def test_what_was_held_back_is_public_for_the_first_time(self):
        decision = self.decided(self.held(), "restore")
        self.assertEqual(measure_of(decision), "The post is public now.")


class ReaderTests(StatementCase):
    ALL = "You and the moderators can read all of this page."
    SOME = "Whoever wrote the post does not learn who reported it."
    MODERATORS = "Only moderators read all of it, and whoever wrote the post."

    def setUp(self):
        self.reporter = make_user("ruth")
        case = make_report(self.post, reporter=self.reporter).case
        self.decision = self.decided(case, sanction="warn", message="Speak of the bread.")

    def test_each_is_told_who_reads_what(self):
        for reader, said in (
            (self.author, self.ALL), (self.reporter, self.SOME), (self.second, self.MODERATORS)
        ):  # fmt: skip
            page = self.page(self.decision, reader)
            for words in (self.ALL, self.SOME, self.MODERATORS):
                with self.subTest(reader=reader.username, words=words):
                    self.assertEqual(words in page.content.decode(), words == said)

    def test_only_its_author_is_spoken_to_about_themselves(self):
        for reader, label in ((self.author, "To you"), (self.second, "To its author")):
            page = self.page(self.decision, reader)
            self.assertContains(page, f"<dt>{label}</dt>")
            self.assertContains(page, "Speak of the bread.")
        page = self.page(self.decision, self.reporter)
        for words in ("To you", "To its author", "Speak of the bread."):
            self.assertNotContains(page, words)

    def test_what_you_can_do_is_for_whom_it_concerns(self):
        for reader, concerned in ((self.author, True), (self.reporter, True), (self.second, False)):
            with self.subTest(reader=reader.username):
                page = self.page(self.decision, reader).content.decode()
                self.assertEqual("<h2>What you can do</h2>" in page, concerned)
                self.assertEqual(self.decision.case.get_absolute_url() in page, not concerned)

    def test_a_moderator_who_reported_it_is_one_of_them(self):
        decision = self.decided(self.appealed(self.decision), "restore", by=make_moderator())
        post = Post.objects.get(pk=self.post.pk)
        case = make_report(post, reporter=self.second).case
        later = self.decided(case, "keep")
        self.assertContains(self.page(later, self.second), "<h2>What you can do</h2>")
        self.assertNotContains(self.page(decision, self.second), "<h2>What you can do</h2>")

    def test_whose_reply_went_with_it_is_concerned(self):
        reader = make_user()
        post = make_comment(self.essay, author=self.author)
        make_comment(parent=post, author=reader)
        decision = self.decided(make_case(post), "branch")
        page = self.page(decision, reader)
        self.assertContains(page, "<h2>What you can do</h2>")
        self.assertContains(page, REASON)
