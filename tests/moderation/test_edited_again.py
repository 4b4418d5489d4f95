"""What a moderator let stand and its author edits afterwards is looked at again, with a diff."""

from django.test import TestCase, override_settings
from django.urls import reverse

from forum.moderation import actions
from forum.moderation.models import Case
from forum.moderation.undoing import undo
from forum.posts import actions as posts
from forum.posts.models import Post
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.moderation.builders import decide, make_case, make_report


class EditedAgainCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.author = make_moderator("mags"), make_user("wren")
        cls.post = make_comment(make_essay(), author=cls.author, source="The rolls say oats.")

    def decided(self, outcome="keep", **fields):
        return decide(make_case(self.post), outcome, moderator=self.moderator, **fields)

    def edit(self, source="The rolls say oats, you fool."):
        post = Post.objects.select_related("thread__essay", "author").get(pk=self.post.pk)
        return posts.edit(by=self.author, post=post, source=source)

    def open_case(self):
        return Case.objects.open().filter(post=self.post).first()


@override_settings(UNDO_MINUTES=10)
class TakenBackTests(EditedAgainCase):
    def test_a_decision_that_was_taken_back_is_none(self):
        undo(moderator=self.moderator, decision=self.decided())
        self.edit()
        self.assertIsNone(self.open_case().amends)


class EditedAgainTests(EditedAgainCase):
    def test_an_edit_opens_the_case_again_as_grave_as_it_was_with_both_texts(self):
        decision = self.decided()
        self.edit()
        case = self.open_case()
        self.assertEqual((case.amends, case.gravity), (decision, decision.case.gravity))
        self.client.force_login(self.moderator)
        page = self.client.get(case.get_absolute_url())
        self.assertContains(page, "you fool.")
        self.assertContains(page, "<ins>")
        self.assertContains(page, "Why it was let stand")
        self.assertNotContains(page, "Restore it as amended")
        self.assertNotContains(page, '<span class="badge">Reported</span>')
        queue = self.client.get(reverse("moderation:queue"), {"tab": "amended"})
        self.assertContains(queue, case.get_absolute_url())

    def test_further_edits_open_nothing_more_until_it_is_decided(self):
        self.decided()
        for source in ("You fool.", "You great fool.", "You greatest fool."):
            self.edit(source)
        self.assertEqual(Case.objects.open().count(), 1)
        decide(self.open_case(), "keep", moderator=self.moderator)
        self.assertIsNone(self.open_case())
        self.edit("Oats.")
        self.assertIsNotNone(self.open_case())

    def test_after_a_note_and_after_it_was_restored_as_well(self):
        for outcome in ("note", "restore"):
            with self.subTest(outcome):
                if outcome == "restore":
                    self.decided("hide")
                    case = actions.open_case(moderator=self.moderator, post=self.post)
                    decide(case, "restore", moderator=self.moderator)
                else:
                    self.decided(outcome)
                self.edit(f"Edited after: {outcome}")
                self.assertEqual(self.open_case().amends.outcome, outcome)
                decide(self.open_case(), "keep", moderator=self.moderator)

    def test_reports_that_wait_are_joined_by_the_comparison(self):
        decision = self.decided()
        waiting = make_report(self.post, reason="hatred").case
        self.edit()
        waiting.refresh_from_db()
        self.assertEqual((waiting.amends, waiting.gravity), (decision, 4))
        self.assertEqual(Case.objects.open().count(), 1)

    def test_of_what_nobody_decided_or_that_says_the_same_an_edit_is_only_an_edit(self):
        self.edit("Nobody decided.")
        self.assertIsNone(self.open_case())
        self.decided()
        Post.objects.filter(pk=self.post.pk).update(source="Changed by a machine.")
        self.edit("Nobody decided.")
        self.assertIsNone(self.open_case())

    def test_a_moved_post_is_edited_without_a_new_case(self):
        Post.objects.filter(pk=self.post.pk).update(edit_count=1)
        decision = self.decided()
        type(decision).objects.filter(pk=decision.pk).update(outcome="move")
        self.edit()
        self.assertIsNone(self.open_case())
