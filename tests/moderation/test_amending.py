"""What was hidden is mended by its author, compared by a moderator, and restored with one press."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.lib.verdict import Refused
from forum.moderation import actions, outcome_permissions
from forum.moderation.amending import amend, restore_amended, then_and_now
from forum.moderation.erasing import forget_member
from forum.moderation.models import Case, Decision, LogEntry
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts.models import Post, PostVersion
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
    sent,
)
from tests.moderation.builders import REASON, decide, make_case

FAR = timezone.now() + timedelta(days=30)
MENDED = "Ownership is not one thing."


class AmendCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.other = make_moderator("mags"), make_moderator("mo")
        cls.author = make_user("tobias")
        cls.essay = make_essay("The Collar")
        cls.post = make_comment(
            cls.essay, author=cls.author, source="You fool. Ownership is one thing."
        )

    def hidden(self, outcome="amend", post=None):
        return decide(make_case(post or self.post), outcome, moderator=self.moderator)

    def amended(self, source=MENDED, post=None):
        post = Post.objects.get(pk=(post or self.post).pk)
        return Case.objects.for_page().get(
            pk=amend(author=post.author, post=post, source=source).pk
        )

    def status(self):
        return Post.objects.get(pk=self.post.pk).status

    def client_of(self, user):
        self.client.force_login(user)
        return self.client


class AmendingTests(AmendCase):
    def test_the_author_is_told_what_to_mend(self):
        self.hidden()
        self.assertEqual(self.status(), "hidden")
        notice = Notice.objects.get(recipient=self.author)
        self.assertIn("was hidden until it is amended.", notice.sentence)
        self.assertEqual(notice.excerpt, REASON)

    def test_an_edit_opens_a_case_before_all_others(self):
        for outcome in ("amend", "hide"):
            with self.subTest(outcome=outcome):
                post = make_comment(self.essay, author=self.author)
                decision = self.hidden(outcome, post)
                make_case(reason="hatred")
                case = self.amended(post=post)
                self.assertEqual((case.amends, case.state), (decision, "open"))
                first = Case.objects.open().gravest_first(None).first()
                self.assertEqual(first, case)
                decide(case, "keep", moderator=self.other)

    def test_until_it_is_restored_it_stays_hidden_and_what_it_said_is_not_in_its_history(self):
        self.hidden()
        self.amended()
        self.assertEqual(self.status(), "hidden")
        version = PostVersion.objects.get(post=self.post)
        self.assertEqual((version.source, version.is_public), (self.post.source, False))

    def test_nobody_is_called_to_what_cannot_be_read(self):
        make_user("wren")
        self.hidden()
        self.amended("Ask @wren.")
        self.assertFalse(Notice.objects.filter(recipient__username="wren").exists())

    def test_amended_again_it_is_the_same_case_and_the_same_comparison(self):
        self.hidden()
        first, second = self.amended(), self.amended("Ownership is three things.")
        self.assertEqual(first.pk, second.pk)
        parts = [part for paragraph in then_and_now(second) for part in paragraph]
        gone = "".join(part.text for part in parts if part.kind == "gone")
        self.assertIn("You fool.", gone)
        self.assertNotIn(MENDED, gone)

    def test_a_reply_that_went_with_its_branch_is_compared_with_what_it_said(self):
        reply = make_comment(parent=self.post, source="So are you, and a liar.")
        self.hidden("branch")
        case = self.amended("So are you.", reply)
        whole = "".join(part.text for part in then_and_now(case)[0] if part.kind != "come")
        self.assertEqual(whole.strip(), "So are you, and a liar.")

    def test_an_erased_text_is_not_compared(self):
        self.hidden()
        case = self.amended()
        forget_member(self.post.author)
        self.assertIsNone(then_and_now(Case.objects.for_page().get(pk=case.pk)))
        page = self.client_of(self.other).get(case.get_absolute_url())
        self.assertContains(page, "One of the two texts is gone")


class RefusedTests(AmendCase):
    def test_only_its_author_and_only_what_was_hidden(self):
        with self.assertRaisesMessage(Refused, "Only what a moderator has hidden"):
            self.amended()
        self.hidden("remove")
        with self.assertRaisesMessage(Refused, "Only what a moderator has hidden"):
            self.amended()
        post = make_comment(self.essay)
        self.hidden("hide", post)
        post.refresh_from_db()
        verdict = outcome_permissions.can_amend(self.author, post)
        self.assertIn("Only its author", verdict.reason)

    def test_whoever_is_banned_does_not(self):
        decide(make_case(self.post), "hide", sanction="ban", moderator=self.other)
        self.author.refresh_from_db()
        post = Post.objects.get(pk=self.post.pk)
        with self.assertRaises(Refused):
            amend(author=self.author, post=post, source=MENDED)
        self.assertFalse(Case.objects.open().exists())


class RestoringTests(AmendCase):
    def restore(self, case, moderator=None, seen=None):
        seen = actions.digest(case.post) if seen is None else seen
        return restore_amended(moderator=moderator or self.other, case=case, seen=seen)

    def test_one_press_takes_and_decides_the_case(self):
        self.hidden()
        case = self.amended()
        decision = self.restore(case)
        self.assertEqual((decision.outcome, decision.rule_id), ("restore", case.amends.rule_id))
        self.assertEqual(self.status(), "visible")
        self.assertIn("amended", LogEntry.objects.first().reason)
        told = Notice.objects.filter(recipient=self.author).latest("pk")
        self.assertIn("is back in its place", told.sentence)

    def test_who_hid_it_may_restore_it(self):
        self.hidden()
        self.restore(self.amended(), self.moderator)
        self.assertEqual(self.status(), "visible")

    def test_a_counterpoint_counts_again(self):
        claim = make_claim(self.essay)
        self.post = make_counterpoint(claim, "rebuts", author=self.author).post
        claim.refresh_from_db()
        before = (claim.label, claim.strength)
        self.hidden()
        self.restore(self.amended())
        claim.refresh_from_db()
        self.assertEqual((claim.label, claim.strength), before)

    def test_words_that_were_not_read_are_not_restored(self):
        self.hidden()
        case = self.amended()
        seen = actions.digest(case.post)
        self.amended("You fool, again.")
        with self.assertRaisesMessage(Refused, "edited while you were reading"):
            self.restore(case, seen=seen)
        self.assertEqual(self.status(), "hidden")

    def test_refused_where_nothing_was_amended_or_somebody_else_holds_it(self):
        self.hidden()
        post = Post.objects.get(pk=self.post.pk)
        case = actions.open_case(moderator=self.other, post=post)
        with self.assertRaisesMessage(Refused, "amended nothing"):
            self.restore(case)
        case = self.amended()
        actions.claim_case(moderator=self.moderator, case=case)
        with self.assertRaisesMessage(Refused, "Another moderator holds"):
            self.restore(Case.objects.for_page().get(pk=case.pk))
        with self.assertRaisesMessage(Refused, "Only moderators"):
            self.restore(case, make_user())


class PageTests(AmendCase):
    def url(self, post=None):
        return reverse("moderation:amendment", args=[(post or self.post).pk])

    def test_the_statement_leads_to_the_form_and_the_form_to_the_queue(self):
        decision = self.hidden()
        client = self.client_of(self.author)
        self.assertContains(client.get(decision.get_absolute_url()), f'href="{self.url()}"')
        page = client.get(self.url())
        self.assertContains(page, "You fool.")
        self.assertContains(page, REASON)
        self.assertContains(page, "<h1>Amend your post</h1>")
        form = sent(source=MENDED)
        for _ in range(2):
            self.assertEqual(client.post(self.url(), form).status_code, 302)
        self.assertContains(client.get(self.url()), "A moderator reads what you amended")
        page = self.client_of(self.other).get(reverse("moderation:queue"))
        self.assertContains(page, "Amended")
        page = self.client.get(Case.objects.open().get().get_absolute_url())
        self.assertContains(page, "<del>You fool. </del>")
        self.assertContains(page, "Restore it as amended")

    def test_nothing_typed_is_lost(self):
        self.hidden()
        client = self.client_of(self.author)
        page = client.post(self.url(), sent(source=self.post.source))
        self.assertContains(page, "Nothing is changed yet.", status_code=403)
        page = client.post(self.url(), sent(source="New words.", preview="yes"))
        self.assertContains(page, "<p>New words.</p>")
        page = client.post(self.url(), {"source": "New words."})
        self.assertContains(page, "New words.", status_code=422)
        self.assertFalse(Case.objects.open().exists())

    def test_nobody_else_opens_it(self):
        self.hidden()
        self.assertEqual(self.client.get(self.url()).status_code, 302)
        for user in (make_user(), self.moderator):
            page = self.client_of(user).get(self.url())
            self.assertContains(page, "Only its author can edit a post.", status_code=403)
            self.assertEqual(self.client.post(self.url(), sent(source="x")).status_code, 403)

    def test_of_a_post_that_is_not_hidden_it_says_so(self):
        page = self.client_of(self.author).get(self.url())
        self.assertContains(page, "Only what a moderator has hidden is amended.")

    def test_the_page_of_edits_leads_to_it(self):
        self.hidden()
        page = self.client_of(self.author).get(reverse("posts:edit", args=[self.post.pk]))
        self.assertContains(page, self.url())

    def test_restoring_is_a_press_for_moderators_only(self):
        self.hidden()
        case = self.amended()
        url = reverse("moderation:restoration", args=[case.pk])
        form = sent(seen=actions.digest(case.post))
        self.assertIn("/accounts/login/", self.client.post(url, form).url)
        # Nor does anybody else learn which cases there are.
        for address in (url, reverse("moderation:restoration", args=[case.pk + 99])):
            self.assertEqual(self.client_of(self.author).post(address, form).status_code, 403)
        client = self.client_of(self.other)
        self.assertEqual(client.get(url).status_code, 405)
        for _ in range(2):
            self.assertRedirects(client.post(url, form), case.get_absolute_url())
        self.assertEqual(Decision.objects.count(), 2)

    def test_the_case_keeps_the_comparison_after_it_was_decided(self):
        self.hidden()
        case = self.amended()
        restore_amended(moderator=self.other, case=case, seen="")
        post = Post.objects.get(pk=self.post.pk)
        posts.edit(by=self.author, post=post, source="Something else.")
        page = self.client_of(self.other).get(case.get_absolute_url())
        self.assertContains(page, "<del>You fool. </del>")
        self.assertNotContains(page, "Something else.")
