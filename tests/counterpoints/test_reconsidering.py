"""Words that were answered change or go: labels rest, and the authors are asked."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.models import Reconsideration
from forum.counterpoints.reconsidering import ask, question_to, reconsider, tell_of_revision
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from forum.posts import locking
from forum.posts.statuses import PostStatus
from tests.counterpoints.test_weighing import StoredAsComputed
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)
from tests.revising import revise, set_place

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."


def asked():
    return set(Reconsideration.objects.filter(choice=None).values_list("counterpoint", flat=True))


class FrozenLabelTests(StoredAsComputed, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay, OLD)
        cls.objection = make_counterpoint(cls.claim)

    def standing(self):
        self.claim.refresh_from_db()
        return self.claim.label, self.claim.decided_by_id, self.claim.label_since

    def open_count(self):
        self.essay.refresh_from_db()
        return self.essay.open_count

    def test_a_claim_whose_words_are_gone_keeps_the_label_that_it_had(self):
        before = self.standing()
        revise(self.essay, OLD, "", claim=self.claim)
        reply = make_counterpoint(self.claim, target=self.objection)
        cast_votes(reply.post, up=6)
        cast_votes(self.objection.post, down=8)
        make_counterpoint(self.claim, "undercuts")
        actions.withdraw(by=self.objection.post.author, post=self.objection.post)
        self.assertEqual(self.standing(), before)
        self.assertTrue(self.claim.is_frozen)
        self.assertEqual(self.claim.label_changes.count(), 2)

    def test_its_strength_goes_on(self):
        revise(self.essay, OLD, "", claim=self.claim)
        before = self.claim.strength
        reply = make_counterpoint(self.claim, target=self.objection)
        cast_votes(reply.post, up=6)
        self.claim.refresh_from_db()
        self.assertNotEqual(self.claim.strength, before)

    def test_words_that_come_back_thaw_it_to_what_the_rule_says_by_then(self):
        for shape in ("answered", "conceded", "hidden", "nothing"):
            with self.subTest(shape=shape):
                essay = make_essay()
                claim = make_claim(essay, OLD)
                objection = make_counterpoint(claim)
                revise(essay, OLD, "", claim=claim)
                if shape == "answered":
                    make_counterpoint(claim, target=objection)
                elif shape == "conceded":
                    make_counterpoint(
                        claim, "concedes", target=objection, author=make_editor(), as_author=True
                    )
                elif shape == "hidden":
                    actions.set_status(post=objection.post, status=PostStatus.HIDDEN)
                revise(essay, "Everybody", f"{OLD} Everybody", claim=None, tell=False)
                set_place(claim, essay.current_revision, OLD)
                tell_of_revision(revision=essay.current_revision)
                claim.refresh_from_db()
                self.assertFalse(claim.is_frozen)
                self.assert_as_computed_whole(claim)
                essay.refresh_from_db()
                self.assertEqual(essay.open_count, int(claim.label == "unanswered"))

    def test_changed_words_freeze_nothing(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        make_counterpoint(self.claim, target=self.objection)
        self.assertEqual(self.standing()[0], "stands")

    def test_a_frozen_question_is_no_open_one(self):
        self.assertEqual(self.open_count(), 1)
        revise(self.essay, OLD, "", claim=self.claim)
        self.assertEqual(self.open_count(), 0)
        self.assertNotContains(self.client.get("/open-questions/"), self.claim.statement)
        actions.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.claim.opening.refresh_from_db()
        self.assertEqual(self.open_count(), 0)

    def test_telling_twice_is_telling_once(self):
        revise(self.essay, OLD, "", claim=self.claim)
        tell_of_revision(revision=self.essay.current_revision)
        self.assertEqual(self.open_count(), 0)
        self.assertEqual(Notice.objects.filter(kind="revised").count(), 1)
        self.assertEqual(Reconsideration.objects.count(), 1)


class AskingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar")
        cls.claim = make_claim(cls.essay, OLD)
        cls.other = make_claim(cls.essay, "It was cheap")
        cls.author = make_user("hester")
        cls.objection = make_counterpoint(cls.claim, author=cls.author)
        cls.editor = make_editor("joan")

    def notices(self):
        return Notice.objects.filter(kind="revised").order_by("pk")

    def test_whoever_answered_words_that_were_edited_is_asked(self):
        revise(self.essay, OLD, NEW, claim=self.claim, by=self.editor)
        self.assertEqual(asked(), {self.objection.pk})
        notice = self.notices().get()
        self.assertEqual(notice.recipient, self.author)
        self.assertEqual(notice.actor, self.editor)
        self.assertEqual(notice.url, f"/counterpoints/{self.objection.pk}/reconsider/")
        self.assertEqual((notice.excerpt, notice.sign), (NEW, "changed"))
        self.assertIn("edited the words that you answered in claim 1 of The Coll", notice.sentence)

    def test_words_that_were_taken_out_are_told_with_the_reason(self):
        revise(self.essay, OLD, "", tell=False)
        set_place(self.claim, self.essay.current_revision, "", reason="It was not so.")
        tell_of_revision(revision=self.essay.current_revision)
        notice = self.notices().get()
        self.assertEqual((notice.excerpt, notice.sign), ("It was not so.", "orphaned"))
        self.assertIn("took out the words", notice.sentence)

    def test_nobody_is_asked_where_the_words_stand_as_they_stood(self):
        make_counterpoint(self.other)
        revise(self.essay, OLD, NEW, claim=self.claim)
        self.assertEqual(asked(), {self.objection.pk})

    def test_nor_again_by_a_revision_that_leaves_the_edited_words_alone(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        revise(self.essay, "The lord", "A lord", tell=False)
        set_place(self.claim, self.essay.current_revision, NEW)
        tell_of_revision(revision=self.essay.current_revision)
        self.assertEqual(self.notices().count(), 1)

    def test_a_second_edit_asks_again(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        last = revise(self.essay, NEW, "Few knew why.", claim=self.claim)
        self.assertEqual(self.notices().count(), 2)
        self.assertEqual(question_to(self.objection).revision_id, last.pk)

    def test_what_was_asked_is_dropped_when_the_words_come_back(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        revise(self.essay, NEW, OLD, claim=self.claim)
        self.assertEqual(asked(), set())
        self.assertEqual(self.notices().count(), 1)

    def test_a_choice_that_was_made_is_kept_when_the_words_come_back(self):
        first = revise(self.essay, OLD, NEW, claim=self.claim)
        reconsider(
            by=self.author, counterpoint=self.objection, revision=first, choice="applies"
        )  # fmt: skip
        revise(self.essay, NEW, OLD, claim=self.claim)
        self.assertEqual(Reconsideration.objects.get().choice, "applies")

    def test_one_notice_for_a_member_and_claim_at_any_depth(self):
        mine = [make_counterpoint(self.claim, author=self.author) for _ in range(3)]
        reply = make_counterpoint(self.claim, target=mine[0], author=make_user("tobias"))
        revise(self.essay, OLD, NEW, claim=self.claim)
        self.assertEqual(asked(), {self.objection.pk, reply.pk, *(one.pk for one in mine)})
        told = [notice.recipient.username for notice in self.notices()]
        self.assertEqual(told, ["hester", "tobias"])
        self.author.refresh_from_db()
        self.assertEqual(self.author.unread_notices, 2)

    def test_two_claims_are_two_notices(self):
        make_counterpoint(self.other, author=self.author)
        before = Notice.objects.filter(recipient=self.author).count()
        revise(self.essay, OLD, NEW, claim=self.claim, tell=False)
        set_place(self.other, self.essay.current_revision, "a ring of straw")
        tell_of_revision(revision=self.essay.current_revision)
        self.assertEqual(Notice.objects.filter(recipient=self.author).count(), before + 2)
        self.author.refresh_from_db()
        self.assertEqual(self.author.unread_notices, before + 2)

    def test_what_is_not_public_is_not_asked_about(self):
        withdrawn, hidden = make_counterpoint(self.claim), make_counterpoint(self.claim)
        actions.withdraw(by=withdrawn.post.author, post=withdrawn.post)
        actions.set_status(post=hidden.post, status=PostStatus.HIDDEN)
        closed = make_counterpoint(self.claim)
        type(self.author).objects.filter(pk=closed.post.author_id).update(is_active=False)
        revise(self.essay, OLD, NEW, claim=self.claim)
        self.assertEqual(asked(), {self.objection.pk})

    def test_a_claim_that_was_taken_down_is_told_of_to_nobody(self):
        actions.set_status(post=self.claim.opening, status=PostStatus.REMOVED)
        revise(self.essay, OLD, NEW, claim=self.claim)
        self.assertEqual(asked(), set())

    def test_whoever_published_it_is_asked_without_a_notice(self):
        own = make_counterpoint(self.claim, author=self.editor)
        revise(self.essay, OLD, NEW, claim=self.claim, by=self.editor)
        self.assertEqual(asked(), {self.objection.pk, own.pk})
        self.assertEqual([notice.recipient for notice in self.notices()], [self.author])

    def test_a_revision_by_nobody_known_is_told_as_a_sentence(self):
        revision = revise(self.essay, OLD, NEW, claim=self.claim, tell=False)
        type(revision).objects.filter(pk=revision.pk).update(created_by=None)
        revision.refresh_from_db()
        tell_of_revision(revision=revision)
        self.assertTrue(self.notices().get().sentence.startswith("Somebody edited the words"))

    def test_an_essays_first_revision_asks_nobody(self):
        first = self.essay.revisions.get(number=1)
        ask(revision=first)
        self.assertEqual(asked(), set())

    def test_statements_do_not_grow_with_the_counterpoints(self):
        counts = []
        words = OLD
        for size in (2, 60):
            for _ in range(size):
                make_counterpoint(self.claim, target=self.objection)
            following = f"{size} people knew why."
            revision = revise(self.essay, words, following, claim=self.claim, tell=False)
            with CaptureQueriesContext(connection) as queries:
                tell_of_revision(revision=revision)
            counts.append(len(queries))
            words = following
        self.assertEqual(counts[0], counts[1])


class ChoosingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay, OLD)
        cls.author = make_user()
        cls.objection = make_counterpoint(
            cls.claim, author=cls.author, now=timezone.now() - timedelta(days=1)
        )
        cls.revision = revise(cls.essay, OLD, NEW, claim=cls.claim)

    def choose(self, choice, **fields):
        fields = {"by": self.author, "counterpoint": self.objection, "revision": self.revision} | (
            fields
        )
        return reconsider(choice=choice, **fields)

    def test_it_still_applies(self):
        version = self.essay.version
        chosen = self.choose("applies")
        self.assertEqual(chosen.choice, "applies")
        self.assertIsNotNone(chosen.chosen_at)
        self.essay.refresh_from_db()
        self.assertGreater(self.essay.version, version)
        self.objection.post.refresh_from_db()
        self.assertEqual(self.objection.post.status, PostStatus.VISIBLE)

    def test_edited_it_says_something_else_and_what_it_said_is_kept(self):
        self.choose("edited", source="It is still not so.")
        self.objection.post.refresh_from_db()
        self.assertEqual(self.objection.post.source, "It is still not so.")
        self.assertEqual(self.objection.post.versions.count(), 1)
        self.assertEqual(Reconsideration.objects.get().choice, "edited")

    def test_an_edit_that_changes_nothing_is_none(self):
        with self.assertRaisesMessage(Unrenderable, "You have changed nothing"):
            self.choose("edited", source=self.objection.post.source)
        self.assertIsNone(Reconsideration.objects.get().choice)

    def test_withdrawn_it_weighs_nothing(self):
        self.choose("withdrawn")
        self.claim.refresh_from_db()
        self.assertEqual(self.claim.label, "unchallenged")
        self.objection.post.refresh_from_db()
        self.assertEqual(self.objection.post.status, PostStatus.WITHDRAWN)

    def test_the_last_word_counts(self):
        self.choose("applies")
        self.choose("edited", source="It is still not so.")
        self.assertEqual(Reconsideration.objects.get().choice, "edited")

    def test_only_its_author_chooses(self):
        for by in (make_user(), make_editor(), self.claim.opening.author):
            with self.assertRaisesMessage(Refused, "Only its author"):
                self.choose("applies", by=by)

    def test_nobody_chooses_what_was_not_asked(self):
        fresh = make_counterpoint(self.claim, author=self.author)
        with self.assertRaisesMessage(Refused, "have not been edited since"):
            self.choose("applies", counterpoint=fresh)

    def test_nor_about_what_is_not_public(self):
        actions.set_status(post=self.objection.post, status=PostStatus.HIDDEN)
        self.objection.post.refresh_from_db()
        with self.assertRaisesMessage(Refused, "not public any more"):
            self.choose("applies")

    def test_nor_while_silenced(self):
        self.author.silenced_until = timezone.now() + timedelta(days=1)
        self.author.save()
        with self.assertRaisesMessage(Refused, "You can read, but not write"):
            self.choose("applies")

    def test_nor_about_words_that_were_edited_again(self):
        revise(self.essay, NEW, "Few knew why.", claim=self.claim)
        with self.assertRaisesMessage(Refused, "edited again in the meantime"):
            self.choose("applies")
        self.assertEqual(len(asked()), 1)

    def test_a_locked_debate_takes_the_choice_but_no_edit(self):
        locking.lock(thread=self.claim.thread, reason="It went in circles.")
        self.objection.post.thread.refresh_from_db()
        with self.assertRaisesMessage(Refused, "This thread is closed"):
            self.choose("edited", source="It is still not so.")
        self.assertEqual(self.choose("applies").choice, "applies")
