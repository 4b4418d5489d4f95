"""A decision that was found wrong is marked so, and the report that it followed was not right."""

from importlib import import_module

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from forum.lib.house import House, keep
from forum.moderation.amending import amend, restore_amended
from forum.moderation.models import Decision, Report
from forum.moderation.undoing import undo
from forum.posts.models import Post
from forum.trust.facts import facts_of
from tests.factories import make_comment
from tests.moderation.builders import decide, make_case, make_report
from tests.moderation.test_appeals import AppealCase, make_case_on

backfill = import_module("forum.moderation.migrations.0025_decisions_reversed_before").mark


class ReversedCase(AppealCase):
    def fresh(self):
        return Post.objects.get(pk=self.post.pk)

    def again(self, outcome):
        case = make_case_on(self.fresh(), self.second)
        return decide(case, outcome, moderator=self.second)

    def reversed_by(self, decision):
        return Decision.objects.get(pk=decision.pk).reversed_by

    def on_appeal(self, first, then, by=None, **fields):
        decision = self.decided(first, **fields)
        made = self.appeal(decision, by)
        return decision, decide(made.case, then, moderator=self.second)


class MarkTests(ReversedCase):
    def test_on_appeal(self):
        first, then = self.on_appeal("hide", "restore")
        self.assertEqual(self.reversed_by(first), then)

    def test_not_where_the_appeal_was_refused(self):
        first, _ = self.on_appeal("hide", "keep")
        self.assertIsNone(self.reversed_by(first))

    def test_not_where_only_the_sanction_was_wrong(self):
        first = self.decided("hide", sanction="warn")
        decide(self.appeal(first).case, "keep", lift=True, moderator=self.second)
        self.assertIsNone(self.reversed_by(first))

    def test_on_a_reporters_appeal(self):
        first, then = self.on_appeal("keep", "hide", self.reporter)
        self.assertEqual(self.reversed_by(first), then)

    def test_shown_again_without_an_appeal_all_that_kept_it_down_was_wrong(self):
        found = [self.decided("hide"), self.again("keep"), self.again("remove")]
        then = self.again("restore")
        self.assertEqual({self.reversed_by(one) for one in found}, {then})
        self.assertIsNone(self.reversed_by(then))

    def test_only_since_it_was_last_shown(self):
        first = self.decided("hide")
        then = self.again("restore")
        again, last = self.again("hide"), self.again("restore")
        self.assertEqual((self.reversed_by(first), self.reversed_by(again)), (then, last))

    def test_what_was_mended_was_rightly_hidden(self):
        first = self.decided("amend")
        case = amend(author=self.author, post=self.fresh(), source="Rolls, and bread!")
        restore_amended(moderator=self.second, case=case, seen="")
        self.assertIsNone(self.reversed_by(first))

    def test_a_decision_that_was_taken_back_reverses_nothing(self):
        first = self.decided("hide")
        keep(House(undo_minutes=10))
        then = self.again("restore")
        undo(moderator=self.second, decision=then)
        self.assertIsNone(self.reversed_by(first))

    def test_old_ones_are_marked_when_the_site_is_brought_up_to_date(self):
        pairs = [self.on_appeal("hide", "restore")]
        pairs.append((self.again("remove"), self.again("restore")))
        self.post = make_comment(author=self.author, source="Rolls!")
        pairs.append(self.on_appeal("keep", "hide", self.reporter))
        marked = set(Decision.objects.values_list("pk", "reversed_by"))
        Decision.objects.update(reversed_by=None)
        backfill(apps, None)
        self.assertEqual(set(Decision.objects.values_list("pk", "reversed_by")), marked)
        for first, then in pairs:
            self.assertEqual(self.reversed_by(first), then)


class AccuracyTests(ReversedCase):
    """Of a reporter, in the case and for the site's trust: the last word counts in both places."""

    def accuracy(self):
        other = make_report(make_comment(), reporter=self.reporter).case
        told = Report.objects.accuracy_in(other)[self.reporter.pk]
        other.reports.all().delete()
        trusted = facts_of([self.reporter], timezone.now())[self.reporter.pk].accurate_reports
        self.assertEqual(told[0], trusted)
        return told

    def test_followed_and_left_so(self):
        self.on_appeal("hide", "keep")
        self.assertEqual(self.accuracy(), (1, 1))

    def test_followed_and_reversed(self):
        self.on_appeal("hide", "restore")
        self.assertEqual(self.accuracy(), (0, 1))

    def test_refused_and_followed_on_appeal(self):
        self.on_appeal("keep", "hide", self.reporter)
        self.assertEqual(self.accuracy(), (1, 1))

    def test_refused(self):
        self.decided("keep")
        self.assertEqual(self.accuracy(), (0, 1))

    def test_a_note_is_right_until_it_is_found_wrong(self):
        note, _ = self.on_appeal("note", "keep")
        self.assertIsNotNone(self.reversed_by(note))
        self.assertEqual(self.accuracy(), (0, 1))

    def test_a_move_followed_it_in_both_places(self):
        moved = self.decided("hide")
        Decision.objects.filter(pk=moved.pk).update(outcome="move")
        self.assertEqual(self.accuracy(), (1, 1))

    def test_what_was_taken_back_is_not_decided(self):
        keep(House(undo_minutes=10))
        decision = self.decided("hide")
        make_report(make_comment(), reporter=self.reporter)
        undo(moderator=self.first, decision=Decision.objects.get(pk=decision.pk))
        facts = facts_of([self.reporter], timezone.now())
        self.assertEqual(facts[self.reporter.pk].accurate_reports, 0)


class PageTests(ReversedCase):
    def test_its_author_and_the_moderators_see_that_it_was_reversed(self):
        self.on_appeal("hide", "restore", sanction="warn")
        self.client.force_login(self.author)
        page = self.client.get(reverse("moderation:own-standing"))
        self.assertContains(page, "<b>reversed on", count=1)
        self.client.force_login(self.second)
        other = make_case(make_comment(author=self.author))
        for url in (reverse("moderation:member", args=["ottoline"]), other.get_absolute_url()):
            self.assertContains(self.client.get(url), "(reversed)", count=1)

    def test_what_holds_is_not_marked(self):
        self.on_appeal("hide", "keep")
        self.client.force_login(self.author)
        page = self.client.get(reverse("moderation:own-standing"))
        self.assertNotContains(page, "reversed on")
        self.client.force_login(self.second)
        page = self.client.get(reverse("moderation:member", args=["ottoline"]))
        self.assertNotContains(page, "(reversed)")
