"""Whatever people do, in whatever order: the totals are those of a count, the tree is whole."""

import random
from collections import Counter

from django.test import TestCase

from forum.discussion.actions import discussion_of
from forum.posts import actions, paths, votes
from forum.posts.models import Post, PostVersion, Thread, Vote
from forum.posts.ranking import wilson
from forum.posts.statuses import PostStatus
from tests.factories import make_comment, make_essay, make_user

DEEDS = 100


class RandomTests(TestCase):
    def test_totals_places_and_ranks_are_right_after_anything(self):
        for seed in range(4):
            with self.subTest(seed=seed):
                self.do_anything(random.Random(seed))

    def do_anything(self, dice):
        self.people = [make_user() for _ in range(4)]
        self.essay = make_essay()
        self.thread = discussion_of(self.essay)
        self.posts = []
        for _ in range(DEEDS):
            deed = dice.choices([self.write, self.vote, self.edit, self.take_down], [5, 4, 1, 1])[0]
            if deed == self.write or self.posts:
                deed(dice)
        self.assert_whole()

    def write(self, dice):
        # Mostly below the deepest, so that a branch grows past the deepest place.
        parents = [post for post in self.posts if post.is_visible]
        deepest = sorted(parents, key=lambda post: post.depth)[-1:]
        parent = dice.choice(deepest if deepest and dice.random() < 0.7 else [None, *parents])
        author = dice.choice(self.people)
        self.posts.append(make_comment(self.essay, parent=parent, author=author))

    def vote(self, dice):
        post, voter = dice.choice(self.posts), dice.choice(self.people)
        if post.author_id != voter.pk and post.is_visible:
            votes.vote(voter=voter, post=post, is_up=dice.choice([True, False, None]))

    def edit(self, dice):
        post = dice.choice(self.posts)
        if post.is_visible:
            actions.edit(by=post.author, post=post, source=f"Better {dice.random()}.")

    def take_down(self, dice):
        place = dice.randrange(len(self.posts))
        post = self.posts[place]
        status = PostStatus.HIDDEN if post.is_visible else PostStatus.VISIBLE
        self.posts[place] = actions.set_status(post=post, status=status)

    def assert_whole(self):
        posts = list(Post.objects.filter(thread=self.thread).order_by("path"))
        self.assertEqual(len(posts), len(self.posts))
        self.assertEqual(max(post.depth for post in posts), paths.MAX_DEPTH)
        self.assert_totals(posts)
        self.assert_tree(posts)
        versions = Counter(PostVersion.objects.values_list("post", flat=True))
        for post in posts:
            votes = [vote.is_up for vote in Vote.objects.filter(post=post)]
            self.assertEqual((post.up, post.down), (votes.count(True), votes.count(False)))
            self.assertAlmostEqual(post.best, wilson(post.up, post.up + post.down))
            self.assertEqual(post.edit_count, versions[post.pk])

    def assert_totals(self, posts):
        thread = Thread.objects.get(pk=self.thread.pk)
        self.essay.refresh_from_db()
        tops = [post for post in posts if post.depth == 1]
        self.assertEqual((thread.post_count, thread.top_count), (len(posts), len(tops)))
        self.assertEqual(self.essay.post_count, len(posts))
        written = Counter(post.author_id for post in posts)
        for person in self.people:
            person.refresh_from_db()
            self.assertEqual(person.post_count, written[person.pk])

    def assert_tree(self, posts):
        by_path = {post.path: post for post in posts}
        replies = Counter(post.parent_id for post in posts)
        branches = {}
        for post in sorted(posts, key=lambda each: each.pk):
            branches.setdefault(post.branch_id, []).append(post)
        for post in posts:
            self.assertEqual(post.depth, paths.depth(post.path))
            parent = by_path.get((paths.ancestors(post.path) or [""])[-1])
            self.assertEqual(post.parent, parent)
            self.assertEqual(post.branch, by_path[paths.top(post.path)])
            self.assertEqual(post.reply_count, replies[post.pk])
        for top, branch in branches.items():
            self.assertEqual([post.place_in_branch for post in branch],
                             list(range(1, len(branch) + 1)))  # fmt: skip
            self.assertEqual(branch[0].pk, top)
            self.assertEqual(Post.objects.get(pk=top).branch_count, len(branch))
