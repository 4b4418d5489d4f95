"""What `manage.py generate` leaves is what the actions would have left."""

from collections import Counter
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import TestCase

from essays.models import Essay, Passage, Revision
from forum.accounts.models import User
from forum.counterpoints.models import Cause, Claim, Counterpoint
from forum.counterpoints.standing_tree import Node, Tree, compute
from forum.counterpoints.weighing import weigh
from forum.discussion import actions as discussion
from forum.posts import paths
from forum.posts.fragments import render_card
from forum.posts.models import Post, PostVersion, Thread, ThreadKind, Vote
from forum.posts.ranking import wilson
from forum.posts.statuses import PostStatus
from tests.factories import make_essay

AMOUNTS = {"essays": 5, "members": 40, "claims": 12, "posts": 600}


def generate(seed=1, **amounts):
    out = StringIO()
    call_command("generate", stdout=out, seed=seed, **{**AMOUNTS, **amounts})
    return out.getvalue()


class GeneratedDataTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.told = generate()
        cls.posts = {post.pk: post for post in Post.objects.select_related("author", "thread")}

    def test_there_is_as_much_as_was_asked_for(self):
        self.assertEqual(Essay.objects.count(), 5)
        self.assertEqual(User.objects.count(), 40)
        self.assertEqual(Claim.objects.count(), 12)
        self.assertEqual(Post.objects.exclude(depth=0).count(), 600)
        self.assertIn("612 posts", self.told)

    def test_one_discussion_and_one_claim_hold_most_of_it(self):
        sizes = Counter(post.thread.kind for post in self.posts.values())
        busiest = {
            kind: max(Thread.objects.filter(kind=kind).values_list("post_count", flat=True))
            for kind in ThreadKind
        }
        self.assertGreaterEqual(busiest[ThreadKind.DISCUSSION], 270)
        self.assertGreaterEqual(busiest[ThreadKind.CLAIM], 180)
        self.assertGreater(min(sizes.values()), 180)

    def test_every_post_stands_below_its_parent(self):
        for post in self.posts.values():
            if post.depth == 0:
                continue
            self.assertEqual(post.depth, paths.depth(post.path))
            above = self.posts[post.parent_id].path if post.parent_id else ""
            self.assertEqual(post.path[: -paths.STEP_WIDTH], above)
            branch = self.posts[post.branch_id]
            self.assertEqual((branch.depth, branch.path), (1, paths.top(post.path)))
            self.assertEqual(branch.thread_id, post.thread_id)
            if post.parent_id:
                self.assertLess(post.parent_id, post.pk)
                self.assertLessEqual(self.posts[post.parent_id].created_at, post.created_at)

    def test_branches_and_replies_are_counted(self):
        branches, replies, places = Counter(), Counter(), Counter()
        for _, post in sorted(self.posts.items()):
            if post.depth:
                places[post.branch_id] += 1
                self.assertEqual(post.place_in_branch, places[post.branch_id])
                branches[post.branch_id] += 1
                replies[post.parent_id] += 1
        for pk, post in self.posts.items():
            self.assertEqual(post.reply_count, replies[pk])
            self.assertEqual(post.branch_count, branches[pk] if post.depth == 1 else 1)

    def test_threads_members_and_essays_are_counted(self):
        posts = self.posts.values()
        for thread in Thread.objects.all():
            said = [post for post in posts if post.thread_id == thread.pk and post.depth]
            self.assertEqual(thread.post_count, len(said))
            self.assertEqual(thread.top_count, sum(post.depth == 1 for post in said))
            last = max((post.created_at for post in said), default=None)
            self.assertEqual(thread.last_post_at, last)
        for member in User.objects.all():
            self.assertEqual(member.post_count, member.posts.count())
            answers = Counterpoint.objects.filter(post__author=member)
            self.assertEqual(member.counterpoint_count, answers.count())
        for essay in Essay.objects.all():
            claims = Claim.objects.filter(essay=essay)
            counted = Counterpoint.objects.filter(claim__in=claims, is_counted=True)
            remarks = Post.objects.filter(thread__essay=essay, thread__kind="discussion")
            self.assertEqual(essay.claim_count, claims.count())
            self.assertEqual(essay.open_count, claims.filter(label="unanswered").count())
            self.assertEqual(essay.counterpoint_count, counted.count())
            self.assertEqual(essay.post_count, remarks.count())

    def test_votes_are_those_that_were_cast(self):
        cast = Counter(Vote.objects.values_list("post_id", "is_up"))
        self.assertGreater(len(cast), 100)
        for pk, post in self.posts.items():
            self.assertEqual((post.up, post.down), (cast[pk, True], cast[pk, False]))
            self.assertEqual(post.best, wilson(post.up, post.up + post.down))
        self.assertFalse(Vote.objects.filter(post__author=F("voter")).exists())
        for pk, *ranks in Counterpoint.objects.values_list("pk", "overall", "rank"):
            self.assertEqual(ranks, [self.posts[pk].best] * 2)

    def test_cards_and_versions_are_those_of_the_posts(self):
        for post in self.posts.values():
            self.assertEqual(post.card_html, render_card(post))
            self.assertEqual(post.edit_count, post.versions.count())
        statuses = set(Post.objects.values_list("status", flat=True))
        self.assertGreaterEqual(statuses, {PostStatus.VISIBLE, PostStatus.WITHDRAWN})
        self.assertTrue(PostVersion.objects.exists())

    def test_the_standing_is_that_of_the_whole_tree(self):
        for claim in Claim.objects.all():
            nodes = [Node(0, "claim", author=0)]
            for one in claim.counterpoints.select_related("post").order_by("pk"):
                nodes.append(
                    Node(
                        one.pk, one.relation, one.target_id or 0, one.speaker, one.post.up,
                        one.post.down, hidden=not one.post.is_visible,
                    )
                )  # fmt: skip
            values = compute(Tree(nodes), float)
            told = values.pop(0)
            self.assertEqual(
                (claim.label, claim.decided_by_id, claim.strength),
                (told.label, told.decided_by, told.strength),
            )
            stored = claim.counterpoints.in_bulk(values)
            for pk, value in values.items():
                one = stored[pk]
                self.assertEqual(
                    (one.base, one.strength, one.link, one.effect),
                    (value.base, value.strength, value.link, value.effect),
                )
            self.assertEqual(claim.label_changes.last().label, claim.label)

    def test_weighing_anew_changes_nothing(self):
        columns = [field.attname for field in Counterpoint._meta.fields]
        before = list(Counterpoint.objects.order_by("pk").values_list(*columns))
        labels = list(Claim.objects.order_by("pk").values_list("label", "decided_by", "strength"))
        for one in Counterpoint.objects.order_by("pk").select_related("post", "claim"):
            weigh(one, Cause.VOTED, now=one.post.created_at)
        after = list(Counterpoint.objects.order_by("pk").values_list(*columns))
        self.assertEqual(before, after)
        self.assertEqual(
            labels,
            list(Claim.objects.order_by("pk").values_list("label", "decided_by", "strength")),
        )

    def test_the_index_holds_what_readers_can_see(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_entry WHERE post_id IS NOT NULL")
            self.assertEqual(cursor.fetchone()[0], Post.objects.filter(status="visible").count())

    def test_the_debate_goes_on_from_there(self):
        parent = Post.objects.filter(thread__kind="discussion", status="visible").first()
        author = User.objects.get(username="load_member")
        post = discussion.reply(author=author, parent=parent, source="And then?")
        self.assertGreater(post.pk, max(self.posts))
        self.assertEqual(post.parent_id, parent.pk)

    def test_nobody_can_sign_in_as_a_generated_member(self):
        self.assertFalse(any(one.has_usable_password() for one in User.objects.all()))

    def test_rows_pass_their_models_checks(self):
        for post in Post.objects.select_related("thread")[:50]:
            post.full_clean(exclude=["parent", "folded"])
        for essay in Essay.objects.all():
            essay.full_clean()


class GenerateCommandTests(TestCase):
    def test_the_same_seed_gives_the_same_data(self):
        first = self._generated(seed=7)
        self.assertEqual(first, self._generated(seed=7))
        self.assertNotEqual(first, self._generated(seed=8))

    def _generated(self, seed):
        with transaction.atomic():
            generate(seed=seed, posts=80)
            found = [
                list(User.objects.order_by("pk").values_list("display_name", "post_count")),
                list(Revision.objects.order_by("pk").values_list("source")),
                list(Post.objects.order_by("pk").values_list("path", "source", "up", "author")),
                list(Claim.objects.order_by("pk").values_list("number", "label", "strength")),
                list(Thread.objects.order_by("pk").values_list("created_at", "last_post_at")),
                list(Vote.objects.order_by("pk").values_list("is_up", "voter", "created_at")),
                list(Passage.objects.order_by("pk").values_list("exact", "created_at")),
            ]
            transaction.set_rollback(True)
        return found

    def test_a_database_that_holds_essays_is_left_alone(self):
        make_essay()
        with self.assertRaisesMessage(CommandError, "only an empty one is filled"):
            generate()
        self.assertEqual(User.objects.count(), 0)

    def test_amounts_that_make_no_debate_are_refused(self):
        for amounts in ({"essays": 0}, {"posts": 0}, {"claims": -1}, {"members": 3}):
            with self.subTest(amounts), self.assertRaises(CommandError):
                generate(**amounts)

    def test_there_may_be_no_claims(self):
        generate(claims=0, posts=20)
        self.assertEqual(Claim.objects.count(), 0)
        self.assertEqual(Post.objects.count(), 20)

    def test_the_smallest_load_is_one_post(self):
        generate(essays=1, members=4, claims=0, posts=1)
        self.assertEqual(Post.objects.count(), 1)
