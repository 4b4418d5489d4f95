"""What was judged is frozen with all that stood around it."""

from django.test import TestCase

from forum.moderation import actions, log
from forum.moderation.erasing import forget_member
from forum.moderation.models import Case, FrozenText, Report
from forum.moderation.surroundings import NEIGHBOURS, surroundings
from forum.posts import actions as posts
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)
from tests.moderation.builders import decide, make_case, make_report


class FrozenTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mags")
        cls.essay = make_essay("The Collar")
        cls.author, cls.reporter = make_user("tobias"), make_user("sam")
        cls.parent = make_comment(cls.essay, source="Ownership is one thing.")
        cls.sibling = make_comment(parent=cls.parent, source="It is three.")
        cls.post = make_comment(parent=cls.parent, author=cls.author, source="You fool.")
        cls.reply = make_comment(parent=cls.post, source="Why so rude?")

    def judged(self, post=None, outcome="hide", **fields):
        case = make_report(post or self.post, reporter=self.reporter, text="Nasty.").case
        decide(case, outcome, moderator=self.moderator, **fields)
        return FrozenText.objects.get(decision__case=case)

    def test_the_thread_around_it(self):
        context = self.judged().context
        self.assertEqual(context["parent"], "Ownership is one thing.")
        self.assertEqual(context["siblings"], ["It is three."])
        self.assertEqual(context["replies"], ["Why so rude?"])
        self.assertNotIn("passage", context)

    def test_only_the_first_of_many_neighbours(self):
        for _ in range(NEIGHBOURS + 2):
            make_comment(parent=self.post)
        self.assertEqual(len(self.judged().context["replies"]), NEIGHBOURS)

    def test_of_a_claim_the_essays_words_and_the_statement(self):
        claim = make_claim(self.essay, statement="Nobody knew why the horse choked.")
        post = make_counterpoint(claim, author=self.author).post
        context = self.judged(post).context
        self.assertEqual(context["passage"], claim.passage.exact)
        self.assertEqual(context["statement"], "Nobody knew why the horse choked.")

    def test_the_authors_record_and_what_was_decided_on_the_post(self):
        elsewhere = decide(make_case(make_comment(author=self.author)), "remove", number=5)
        before = self.judged(outcome="keep")
        self.assertEqual(before.context["earlier"], [])
        context = self.judged().context
        self.assertEqual([one["outcome"] for one in context["record"]], ["Removed"])
        self.assertEqual(context["record"][0]["number"], elsewhere.log_entry.number)
        self.assertEqual([one["outcome"] for one in context["earlier"]], ["Kept"])

    def test_each_report_with_how_often_its_reporter_was_right(self):
        for outcome in ("hide", "keep", "note", "remove"):
            decide(make_report(make_comment(), reporter=self.reporter).case, outcome)
        new = make_user()
        make_report(self.post, reporter=new, reason="no-argument")
        reports = self.judged().context["reports"]
        said = {one["reason"]: one["accuracy"] for one in reports}
        self.assertEqual(said, {"attack": "3 of 4 reports followed", "no-argument": "first report"})
        self.assertNotIn("sam", str(reports))

    def test_what_was_taken_back_says_nothing_of_a_reporter(self):
        decision = decide(make_report(make_comment(), reporter=self.reporter).case, "keep")
        type(decision).objects.filter(pk=decision.pk).update(undone_at=decision.created_at)
        case = make_report(self.post, reporter=self.reporter).case
        self.assertEqual(Report.objects.accuracy_in(case), {})

    def test_it_costs_the_same_however_much_there_is(self):
        case = make_case(self.post, reports=2)
        for size in (1, 8):
            for _ in range(size):
                make_comment(parent=self.parent)
                make_comment(parent=self.post)
                make_report(self.post)
                decide(make_case(make_comment(author=self.author)), "keep")
            read = Case.objects.for_page().get(pk=case.pk)
            with self.subTest(size=size), self.assertNumQueries(6):
                surroundings(read)

    def test_the_pages_show_it_live_and_then_as_it_was(self):
        self.client.force_login(self.moderator)
        case = make_report(self.post, reporter=self.reporter).case
        url = case.get_absolute_url()
        for words in ("It is three.", "first report", "Nothing was decided on it."):
            self.assertContains(self.client.get(url), words)
        decide(case, "hide", moderator=self.moderator)
        posts.edit(by=self.sibling.author, post=self.sibling, source="It is four.")
        page = self.client.get(url)
        self.assertContains(page, "as it was judged")
        self.assertContains(page, "It is three.")
        self.assertNotContains(page, "It is four.")

    def test_whoever_leaves_takes_their_words_from_beside_what_was_judged(self):
        for member in (
            self.sibling.author, self.reply.author, self.parent.author, self.reporter
        ):  # fmt: skip
            with self.subTest(member=member.username):
                frozen = self.judged()
                forget_member(member)
                frozen.refresh_from_db()
                self.assertEqual((frozen.context, frozen.context_salt), ({}, ""))
                decide(
                    actions.open_case(moderator=self.moderator, post=self.post), "restore",
                    moderator=self.moderator,
                )  # fmt: skip
        self.assertIsNone(log.first_broken())
