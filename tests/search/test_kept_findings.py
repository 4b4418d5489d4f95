"""What a search found is kept, and yet the next asking finds at once whatever has changed."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser, Group
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from essays import openness
from essays.actions import publish_revision, raise_version
from essays.models import Essay
from forum.accounts.actions import sync_roles
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.erasing import erase_words
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.models import Claim, Merger
from forum.counterpoints.moving import move_branch
from forum.counterpoints.unmerging import part_claims
from forum.discussion import actions as discussion
from forum.discussion import moving
from forum.posts import actions as posts
from forum.posts.branches import hide_posts, show_posts
from forum.posts.erasing import erase_comment
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from forum.search import ordering
from forum.search.addresses import STANDINGS
from forum.search.filters import Author, Filters
from forum.search.index import Found
from forum.search.kept import look_for
from forum.search.query import parse
from forum.search.ranking import BEST, NEWEST, best_first
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)
from tests.ruling import watch


def look(words="ox", user=None, **filters):
    return look_for(user or AnonymousUser(), parse(words), Filters(**filters))


def posts_found(words="ox", **asked):
    return {match.post_id for match in look(words, **asked).found.matches} - {None}


def essays_found(words="ox", **asked):
    matches = look(words, **asked).found.matches
    return {match.essay_id for match in matches if match.kind == "essay"}


class FindingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("mara")
        cls.editor = make_user("edda")
        cls.editor.groups.add(Group.objects.get(name="editors"))
        sync_roles(cls.editor)
        cls.essay = make_essay("On Oxen", source="The ox went slowly. Nobody knew why.")
        cls.other = make_essay("On Mules", source="A mule stood. Nobody knew why.")
        cls.claim = make_claim(cls.essay, author=cls.author, statement="An ox is slow.")
        cls.twin = make_claim(cls.other, author=cls.author, statement="A mule is slow.")
        cls.answer = make_counterpoint(cls.claim, author=cls.author, source="The ox ate straw.")
        cls.comment = make_comment(cls.essay, author=cls.author, source="My uncle kept an ox.")


class KeptFindingTests(FindingCase):
    def test_whoever_asks_the_same_is_told_without_another_search(self):
        member, moderator = make_user(), make_moderator()
        with patch("forum.search.renewing.find", return_value=Found()) as find:
            for user in (None, member, moderator):
                look("straw", user=user)
            self.assertEqual(find.call_count, 1)

    def test_both_orders_are_made_of_what_was_found_once(self):
        look().page(BEST, "")
        with patch("forum.search.renewing.find", side_effect=AssertionError):
            best, newest = (look().page(order, "").matches for order in (BEST, NEWEST))
        self.assertEqual({*best}, {*newest})
        self.assertNotEqual(best, newest)

    def test_no_text_is_read_for_the_order_of_time(self):
        finding = look()
        with self.assertNumQueries(0):
            finding.page(NEWEST, "")
        # Those of essays and those of posts.
        with self.assertNumQueries(2):
            finding.page(BEST, "")

    def test_the_best_of_today_are_not_those_of_tomorrow(self):
        finding = look()
        with patch.object(ordering, "best_first", wraps=best_first) as ranked:
            finding.page(BEST, "")
            today = ranked.call_count
            finding.page(BEST, "")
            self.assertEqual(ranked.call_count, today)
            with patch("time.time", return_value=timezone.now().timestamp() + 86_400):
                finding.page(BEST, "")
                self.assertGreater(ranked.call_count, today)

    def test_each_narrowing_is_kept_for_itself(self):
        everything = posts_found()
        self.assertEqual(posts_found(kind="comment"), {self.comment.pk})
        self.assertEqual(posts_found(kind="counterpoint"), {self.answer.pk})
        self.assertEqual(posts_found(author=Author("nobody", (0,))), set())
        self.assertEqual(posts_found("ox -uncle"), everything - {self.comment.pk})
        self.assertEqual(posts_found(), everything)

    def test_a_day_begins_where_its_reader_is(self):
        late = datetime(2024, 5, 5, 23, tzinfo=UTC)
        post = make_comment(self.essay, source="An old ox.", now=late)
        day = {"since": late.date(), "until": late.date()}
        self.assertEqual(posts_found("old", **day), {post.pk})
        with timezone.override("Asia/Tokyo"):
            self.assertEqual(posts_found("old", **day), set())

    def test_editors_find_drafts_and_nobody_finds_them_in_what_is_kept_of_it(self):
        draft = make_essay("Oxen to come", source="An ox, unread.", published=False)
        for _ in range(2):
            self.assertIn(draft.pk, essays_found(user=self.editor))
            self.assertNotIn(draft.pk, essays_found())
        openness.retire(by=self.editor, essay=draft, reason="It never became one.")
        self.assertNotIn(draft.pk, essays_found(user=self.editor))


class ChangedPostTests(FindingCase):
    def assert_changes(self, change, *, words="ox", gone=(), new=(), **asked):
        before = posts_found(words, **asked)
        made = change()
        new = {*new, *([made.pk] if made is not None and not (gone or new) else ())}
        self.assertEqual(posts_found(words, **asked), (before - {*gone}) | new)

    def test_what_was_written_since(self):
        for write in (
            lambda: make_comment(self.other, source="Another ox."),
            lambda: make_comment(parent=self.comment, source="Whose ox."),
            lambda: make_counterpoint(self.twin, source="It is an ox."),
            lambda: make_claim(self.other, statement="No mule is an ox.").opening,
        ):
            self.assert_changes(write)

    def test_what_was_edited(self):
        self.assert_changes(
            lambda: posts.edit(by=self.author, post=self.comment, source="A mule."),
            gone={self.comment.pk},
        )
        post = Post.objects.get(pk=self.comment.pk)
        self.assert_changes(
            lambda: posts.edit(by=self.author, post=post, source="An ox."), new={post.pk}
        )

    def test_how_often_an_edited_post_says_it(self):
        make_comment(self.essay, source="Your uncle is no ox.")
        self.assertNotEqual(self.best_of("uncle"), self.comment.pk)
        posts.edit(by=self.author, post=self.comment, source="Uncle, uncle, uncle.")
        self.assertEqual(self.best_of("uncle"), self.comment.pk)

    def best_of(self, words):
        return look(words).page(BEST, "").matches[0].post_id

    def test_what_was_taken_out_of_sight_and_what_came_back(self):
        for status in (PostStatus.HIDDEN, PostStatus.REMOVED, PostStatus.WITHDRAWN):
            for app, post in (
                (discussion, self.comment), (counterpoints, self.answer.post),
                (counterpoints, self.claim.opening),
            ):  # fmt: skip
                # A counterpoint is found as long as its claim is.
                gone = {post.pk, self.answer.pk} if post.pk == self.claim.opening_id else {post.pk}
                with self.subTest(status=status, post=post.text):
                    before = posts_found()
                    app.set_status(post=post, status=status)
                    self.assertEqual(posts_found(), before - gone)
                    app.set_status(post=post, status=PostStatus.VISIBLE)
                    self.assertEqual(posts_found(), before)

    def test_a_branch_that_was_hidden_and_shown_again(self):
        before, thread = posts_found(), self.comment.thread
        rows = Post.objects.filter(pk=self.comment.pk)
        hide_posts(rows=rows, thread=thread, url="/log/1/", now=timezone.now())
        self.assertEqual(posts_found(), before - {self.comment.pk})
        shown = {self.comment.pk: PostStatus.VISIBLE}
        show_posts(rows=rows, statuses=shown, thread=thread, now=timezone.now())
        self.assertEqual(posts_found(), before)

    def test_what_was_held_and_let_through(self):
        watch(self, "zebu")
        before = posts_found()
        held = make_comment(self.essay, source="A zebu is an ox.")
        self.assertEqual(posts_found(), before)
        discussion.set_status(post=held, status=PostStatus.VISIBLE)
        self.assertEqual(posts_found(), {*before, held.pk})

    def test_what_was_erased(self):
        self.assert_changes(
            lambda: erase_comment(post=self.comment, now=timezone.now()), gone={self.comment.pk}
        )
        self.assert_changes(
            lambda: erase_words(post=self.answer.post, now=timezone.now()), gone={self.answer.pk}
        )
        # The essay's own words take the place of a claim's, and may be what is looked for.
        self.assert_changes(
            lambda: erase_words(post=self.claim.opening, now=timezone.now()),
            gone={self.claim.opening_id},
        )

    def test_a_branch_that_was_moved_is_on_the_other_essay_with_all_its_marks(self):
        reply = make_comment(parent=self.comment, source="Whose ox.")
        there, branch = make_comment(self.other, source="A remark."), {self.comment.pk, reply.pk}
        self.other.tags.add("mules")
        raise_version(self.other.pk)
        tagged = {"tag": self.other.tags.get()}
        self.assertEqual(posts_found(**tagged), set())
        origin = moving.move_branch(
            top=self.comment, thread=there.thread, parent=None, url="/log/1/"
        )
        self.assertEqual(posts_found(**tagged), branch)
        self.assertEqual(self.essays_of(branch), {self.other.pk})
        # Its old words and marks are out of the index, and the new ones are in it.
        moved = Post.objects.select_related("thread").get(pk=self.comment.pk)
        posts.edit(by=self.author, post=moved, source="My uncle kept an ox, and a zebu.")
        self.assertEqual(posts_found("zebu", **tagged), {moved.pk})
        moving.move_back(top=moved, origin=origin, parent=None)
        self.assertEqual(posts_found(**tagged), set())
        self.assertEqual(self.essays_of(branch), {self.essay.pk})

    def essays_of(self, branch):
        return {match.essay_id for match in look().found.matches if match.post_id in branch}


class ChangedClaimTests(FindingCase):
    def assert_counted(self, *labels):
        """The standings of claims that are slow."""
        said = look("slow").numbers
        self.assertEqual(
            {label: said[f"number_{label}"] for label in STANDINGS},
            {label: str(labels.count(label)) for label in STANDINGS},
        )

    def test_the_standing_of_a_claim(self):
        self.assert_counted("unanswered", self.twin.label)
        self.assertEqual(posts_found(standing="unanswered"), {self.claim.opening_id})
        make_counterpoint(self.claim, "undercuts", target=self.answer)
        self.claim.refresh_from_db()
        self.assertNotEqual(self.claim.label, "unanswered")
        self.assert_counted(self.claim.label, self.twin.label)
        self.assertEqual(posts_found(standing="unanswered"), set())
        counterpoints.withdraw(by=self.author, post=self.answer.post)
        self.claim.refresh_from_db()
        self.assert_counted(self.claim.label, self.twin.label)

    def test_votes_that_move_it(self):
        self.assert_counted("unanswered", self.twin.label)
        for _ in range(8):
            counterpoints.vote(voter=make_user(), counterpoint=self.answer, is_up=False)
        self.claim.refresh_from_db()
        self.assertNotEqual(self.claim.label, "unanswered")
        self.assert_counted(self.claim.label, self.twin.label)

    def test_claims_that_were_merged_and_parted_again(self):
        into = make_claim(self.essay, author=self.author, statement="Oxen are slow.")
        before = posts_found("slow", standing="unanswered")
        self.assertEqual(before, {self.claim.opening_id})
        self.assertEqual(posts_found("straw"), {self.answer.pk})
        merge_claims(by=make_moderator(), claim=self.claim, into=into)
        self.assertEqual(posts_found("slow", standing="unanswered"), {into.opening_id})
        self.assert_counted(*Claim.objects.values_list("label", flat=True))
        counterpoints.set_status(post=into.opening, status=PostStatus.HIDDEN)
        self.assertEqual(posts_found("straw"), set())
        counterpoints.set_status(post=into.opening, status=PostStatus.VISIBLE)
        self.assertEqual(posts_found("straw"), {self.answer.pk})
        part_claims(by=make_moderator(), merger=Merger.objects.get())
        self.assertEqual(posts_found("slow", standing="unanswered"), before)
        self.assert_counted(*Claim.objects.values_list("label", flat=True))

    def test_a_counterpoint_that_was_moved_goes_out_of_sight_with_its_new_claim(self):
        move_branch(
            top=self.answer.post, thread=self.twin.thread, parent=None, url="/log/1/",
            now=timezone.now(),
        )  # fmt: skip
        self.assertEqual(posts_found("straw"), {self.answer.pk})
        counterpoints.set_status(post=self.twin.opening, status=PostStatus.HIDDEN)
        self.assertEqual(posts_found("straw"), set())


class ChangedEssayTests(FindingCase):
    def test_an_essay_that_is_new_and_whose_hour_comes(self):
        before = essays_found()
        coming = timezone.now() + timedelta(hours=1)
        new = make_essay("Oxen", source="An ox.", published_at=coming)
        self.assertEqual(essays_found(), before)
        with patch("django.utils.timezone.now", return_value=coming + timedelta(seconds=1)):
            self.assertEqual(essays_found(), {*before, new.pk})
        self.assertIn(make_essay("Oxen", source="An ox.").pk, essays_found())

    def test_a_revision_with_other_words(self):
        self.assertIn(self.essay.pk, essays_found("slowly"))
        source = "The ox went fast. Nobody knew why."
        publish_revision(essay=self.essay, source=source, note="Faster.", by=self.editor)
        self.assertEqual(essays_found("slowly"), set())
        self.assertEqual(essays_found("fast"), {self.essay.pk})

    def test_one_that_was_retired_and_reinstated(self):
        before = posts_found(), essays_found()
        openness.retire(by=self.editor, essay=self.essay, reason="It is outdated.")
        self.assertEqual((posts_found(), essays_found()), (set(), set()))
        self.essay.refresh_from_db()
        openness.reinstate(by=self.editor, essay=self.essay)
        self.assertEqual((posts_found(), essays_found()), before)

    def test_one_that_was_withdrawn_and_published_again(self):
        alone = make_essay("Alone", source="An ox alone.")
        self.assertIn(alone.pk, essays_found())
        Essay.objects.filter(pk=alone.pk).update(published_at=None)
        self.assertNotIn(alone.pk, essays_found())
        Essay.objects.filter(pk=alone.pk).update(published_at=datetime(2026, 1, 1, tzinfo=UTC))
        self.assertIn(alone.pk, essays_found())

    def test_whatever_the_admin_changes_of_it(self):
        self.essay.tags.add("labour")
        tag = self.essay.tags.get()
        by_septimus = {"author": Author("s", (), "Septimus Thornapple")}
        self.assertEqual(essays_found(tag=tag), {self.essay.pk})
        self.assertEqual(essays_found(**by_septimus), {self.essay.pk})
        self.save_in_admin(tags="", author_name="Ida Roth", title="On Zebus")
        self.assertEqual(essays_found(tag=tag), set())
        self.assertEqual(essays_found(**by_septimus), set())
        self.assertEqual(essays_found("zebus"), {self.essay.pk})
        self.save_in_admin(tags="labour", author_name="Septimus Thornapple")
        self.assertEqual(essays_found(tag=tag), {self.essay.pk})
        self.assertEqual(essays_found(**by_septimus), {self.essay.pk})

    def save_in_admin(self, **changes):
        sent = {
            "title": self.essay.title, "slug": self.essay.slug, "author": "", "note": "",
            "summary": self.essay.summary, "source": self.essay.current_revision.source,
            "seen": "1.0", "published_at_0": "2026-01-01", "published_at_1": "09:00:00",
            "revisions-TOTAL_FORMS": "0", "revisions-INITIAL_FORMS": "0", "series": "",
            "series_place": "", "discussion_state": "open", "claims_state": "open", "reason": "",
            "slow_for": "10", "why_retired": "", "leads_to": "",
        } | changes  # fmt: skip
        self.client.force_login(self.editor)
        answer = self.client.post(reverse("admin:essays_essay_change", args=[self.essay.pk]), sent)
        self.assertEqual(answer.status_code, 302)
