"""What still holds for somebody can be appealed, whatever else was decided since."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from forum.lib.house import House, keep
from forum.moderation import appeal_permissions, permissions
from forum.moderation.amending import amend, restore_amended
from forum.moderation.models import Appeal, Case, Decision
from forum.posts.models import Post
from tests.factories import make_comment, make_moderator
from tests.moderation.builders import decide
from tests.moderation.test_appeals import AppealCase, make_case_on

IN_A_YEAR = timezone.now() + timedelta(days=300)


class InForceCase(AppealCase):
    def again(self, outcome, moderator=None, **fields):
        """By another moderator, on their own motion."""
        moderator = moderator or self.second
        case = make_case_on(self.fresh(), moderator)
        return decide(case, outcome, moderator=moderator, **fields)

    def fresh(self):
        return Post.objects.get(pk=self.post.pk)

    def amended(self):
        """Its author mends it: the open case that comes of it."""
        return amend(author=self.author, post=self.fresh(), source="Rolls, and bread!")

    def verdict(self, decision, by=None, **fields):
        decision = Decision.objects.for_statement().get(pk=decision.pk)
        return appeal_permissions.can_appeal(by or self.author, decision, **fields)

    def assert_closed(self, decision, words, by=None, **fields):
        verdict = self.verdict(decision, by, **fields)
        self.assertFalse(verdict)
        self.assertIn(words, verdict.reason)


class PostTests(InForceCase):
    """Of what stays down, the last decision is the one to appeal; of what is back, none."""

    def test_an_amendment_that_was_refused(self):
        hidden = self.decided("amend")
        kept = decide(self.amended(), "keep", moderator=self.second)
        self.assertEqual(self.status(), "hidden")
        self.assert_closed(hidden, "that decision is the one to appeal")
        made = self.appeal(kept)
        decide(made.case, "restore")
        self.assertEqual(Appeal.objects.get().result, "reversed")
        self.assertEqual(self.status(), "visible")

    def test_neither_who_took_it_down_nor_who_left_it_so_decides_the_appeal(self):
        self.decided("amend")
        made = self.appeal(decide(self.amended(), "keep", moderator=self.second))
        case = Case.objects.get(pk=made.case_id)
        for moderator, words in ((self.first, "You took this post down"), (self.second, "first")):
            self.assertIn(words, permissions.can_claim(moderator, case).reason)
        self.assertTrue(permissions.can_claim(make_moderator(), case))

    def test_who_took_it_down_decides_of_another_matter_of_the_post(self):
        self.decided("amend")
        self.assertTrue(permissions.can_claim(self.first, self.amended()))

    def test_refused_again_on_appeal_it_is_final(self):
        self.decided("hide")
        kept = decide(self.amended(), "keep", moderator=self.second)
        again = decide(self.appeal(kept).case, "keep")
        self.assertEqual(Appeal.objects.get().result, "held")
        self.assert_closed(again, "it is final")

    def test_a_removal_that_takes_the_place_of_hiding(self):
        hidden, removed = self.decided("hide"), self.again("remove")
        self.assert_closed(hidden, "that decision is the one to appeal")
        self.assertTrue(self.verdict(removed))

    def test_what_is_shown_again_needs_no_appeal(self):
        hidden = self.decided("hide")
        restored = self.again("restore")
        self.assert_closed(hidden, "Nothing of this decision holds any more")
        self.assert_closed(restored, "took nothing from you")

    def test_kept_as_it_is_and_visible_nothing_was_taken(self):
        self.assert_closed(self.decided("keep"), "took nothing from you")

    def test_whoever_reported_what_stays_down_was_followed(self):
        hidden = self.decided("hide")
        case = make_case_on(self.fresh(), self.second)
        case.reports.create(
            post=self.post, reporter=self.reporter, reason="attack", created_at=timezone.now()
        )
        kept = decide(case, "keep", moderator=self.second)
        for decision in (hidden, kept):
            self.assert_closed(decision, "Your report was followed.", self.reporter)

    def test_a_note_stays_one_until_more_is_said_of_the_post(self):
        note = self.decided("note")
        self.again("keep")
        self.assertTrue(self.verdict(note))
        hidden = self.again("hide")
        self.assert_closed(note, "that decision is the one to appeal")
        self.assertTrue(self.verdict(hidden))

    def test_a_move_holds_whatever_is_decided_of_the_words(self):
        moved = Decision.objects.get(pk=self.decided("hide").pk)
        Decision.objects.filter(pk=moved.pk).update(outcome="move")
        self.again("keep")
        self.assertTrue(self.verdict(moved))
        Decision.objects.filter(pk=self.again("keep").pk).update(outcome="move")
        self.assert_closed(moved, "that decision is the one to appeal")


class BranchTests(InForceCase):
    def setUp(self):
        self.reply = make_comment(parent=self.post)
        self.post.refresh_from_db()
        self.branch = self.decided("branch")

    def test_who_replied_is_heard_even_after_the_author_was(self):
        decide(self.appeal(self.branch).case, "keep", moderator=self.second)
        made = self.appeal(self.branch, self.reply.author)
        decide(made.case, "restore")
        self.reply.refresh_from_db()
        self.assertTrue(self.reply.is_visible)

    def test_but_not_when_the_reply_is_back(self):
        self.again("restore")
        self.assert_closed(self.branch, "for what you replied", self.reply.author)

    def test_nor_when_the_reply_was_decided_on_by_itself(self):
        moderator = make_moderator()
        reply = Post.objects.get(pk=self.reply.pk)
        own = decide(make_case_on(reply, moderator), "remove", moderator=moderator)
        self.assert_closed(self.branch, "for what you replied", self.reply.author)
        self.assertTrue(self.verdict(own, self.reply.author))


class SanctionTests(InForceCase):
    """By itself, while it runs, whatever became of the post."""

    def test_when_the_post_is_back_it_can_be_appealed_and_ended(self):
        hidden = self.decided("hide", sanction="ban")
        self.again("restore")
        made = self.appeal(hidden)
        decide(made.case, "keep", lift=True, moderator=self.second)
        self.author.refresh_from_db()
        self.assertFalse(self.author.is_banned)
        made.refresh_from_db()
        self.assertEqual((made.result, self.status()), ("reversed", "visible"))

    def test_when_an_amendment_was_read_and_shown(self):
        hidden = self.decided("amend", sanction="hold", until=IN_A_YEAR)
        restore_amended(moderator=self.second, case=self.amended(), seen="")
        made = self.appeal(hidden)
        decide(made.case, "keep", moderator=self.second)
        made.refresh_from_db()
        self.assertEqual(made.result, "held")

    def test_once_is_enough_even_while_it_runs(self):
        hidden = self.decided("hide", sanction="ban")
        self.again("restore")
        self.appeal(hidden)
        self.assert_closed(hidden, "You have appealed this decision.")

    def test_a_warning_counts_until_it_is_taken_back(self):
        hidden = self.decided("hide", sanction="warn")
        self.again("restore")
        self.assertTrue(self.verdict(hidden))
        hidden.sanction.lifted_at = timezone.now()
        hidden.sanction.save()
        self.assert_closed(hidden, "Nothing of this decision holds any more")

    def test_what_is_over_by_itself_is_not_dug_up(self):
        hidden = self.decided("hide", sanction="silence", until=IN_A_YEAR)
        self.again("restore")
        self.assertTrue(self.verdict(hidden))
        hidden.sanction.__class__.objects.update(until=timezone.now())
        self.assert_closed(hidden, "Nothing of this decision holds any more")

    def test_for_six_months_as_all_else(self):
        hidden = self.decided("hide", sanction="ban")
        late = hidden.created_at + appeal_permissions.APPEALED_WITHIN + timedelta(minutes=1)
        self.assert_closed(hidden, "for six months", now=late)

    def test_what_the_appeal_itself_brought_upon_its_author_was_never_heard(self):
        made = self.appeal(self.decided("hide"))
        again = decide(made.case, "keep", moderator=self.second, sanction="ban")
        self.assertTrue(self.verdict(again))

    def test_it_is_the_members_own_matter(self):
        kept = self.decided("keep", sanction="ban")
        self.again("keep")
        self.assertTrue(self.verdict(kept))
        self.assert_closed(kept, "was decided on again since", self.reporter)


class PageTests(InForceCase):
    def setUp(self):
        self.client.force_login(self.author)

    def test_the_refusal_of_an_amendment_says_so_and_offers_the_appeal(self):
        hidden = self.decided("amend")
        kept = decide(self.amended(), "keep", moderator=self.second, reason="It is as rude.")
        appeal = reverse("moderation:appeal", args=[kept.pk])
        page = self.client.get(kept.get_absolute_url())
        self.assertContains(page, f'href="{appeal}">Appeal</a>')
        older = self.client.get(hidden.get_absolute_url())
        self.assertContains(older, f'href="{kept.get_absolute_url()}">What was decided since')
        self.assertEqual(self.client.get(appeal).status_code, 200)

    def test_ones_standing_leads_to_the_decision_that_can_be_appealed(self):
        self.decided("hide")
        kept = decide(self.amended(), "keep", moderator=self.second, reason="It is as rude.")
        page = self.client.get(reverse("moderation:own-standing"))
        (state,) = page.context["states"]
        self.assertEqual(state.url, kept.get_absolute_url())
        self.assertIn("It is as rude.", state.why)

    def test_what_was_said_before_it_was_shown_again_explains_nothing_now(self):
        self.decided("hide")
        self.again("restore")
        Post.objects.filter(pk=self.post.pk).update(status="hidden")
        page = self.client.get(reverse("moderation:own-standing"))
        self.assertEqual(page.context["states"][0].url, "")

    def test_nobody_is_led_to_a_later_decision_that_they_have_not_been_told_of(self):
        hidden = self.decided("hide")
        keep(House(undo_minutes=10))
        self.again("restore")
        page = self.client.get(hidden.get_absolute_url())
        self.assertNotContains(page, "What was decided since")

    def test_a_sanction_by_itself_is_appealed_from_its_page(self):
        hidden = self.decided("hide", sanction="ban")
        self.again("restore")
        page = self.client.get(hidden.get_absolute_url())
        self.assertContains(page, reverse("moderation:appeal", args=[hidden.pk]))


class WaitingTests(InForceCase):
    def test_two_appeals_on_a_post_wait_in_one_case_and_each_is_answered(self):
        hidden = self.decided("hide", sanction="ban")
        removed = self.again("remove")
        first, second = self.appeal(hidden), self.appeal(removed)
        self.assertEqual(first.case, second.case)
        decide(first.case, "keep", lift=True)
        results = dict(Appeal.objects.values_list("decision", "result"))
        self.assertEqual(results, {hidden.pk: "reversed", removed.pk: "held"})
