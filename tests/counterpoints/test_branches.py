"""A branch of a debate is hidden and shown again, and the standing is that of what is left."""

import random

from django.test import TestCase
from django.utils import timezone

from forum.counterpoints import actions, branches
from forum.counterpoints.models import Counterpoint
from forum.posts.branches import shown_below
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.counterpoints.test_weighing import KINDS, StoredAsComputed
from tests.factories import cast_votes, make_claim, make_counterpoint

NOW = timezone.now()
URL = "/moderation/log/?upto=1#decision-1"


def hide(post):
    """With all replies that are there to read; gives what each was."""
    rows = shown_below(post)
    before = dict(rows.values_list("pk", "status"))
    branches.hide_posts(rows=rows, thread=post.thread, url=URL, now=NOW)
    actions.set_status(post=post, status=PostStatus.HIDDEN, url=URL)
    return before


def show(post, before):
    rows = Post.objects.filter(pk__in=before, status=PostStatus.HIDDEN)
    branches.show_posts(top=post, rows=rows, statuses=before, now=NOW)
    actions.set_status(post=post, status=PostStatus.VISIBLE)


class BranchTests(StoredAsComputed, TestCase):
    def test_the_standing_is_that_of_the_whole_rule_whatever_is_hidden_and_shown(self):
        for seed in range(4):
            dice = random.Random(seed)
            claim, known = make_claim(), []
            for _ in range(12):
                target = dice.choice([None, *known, *known])
                known.append(make_counterpoint(claim, dice.choice(KINDS), target=target))
                cast_votes(known[-1].post, up=dice.randrange(4), down=dice.randrange(2))
            for _ in range(3):
                top, other = (Post.objects.get(pk=one.pk) for one in dice.sample(known, 2))
                before = hide(top)
                self.assert_as_computed_whole(claim)
                other = Post.objects.get(pk=other.pk)
                if other.pk != top.pk and dice.random() < 0.5:
                    actions.set_status(post=other, status=PostStatus.REMOVED)
                    before.pop(other.pk, None)
                show(Post.objects.get(pk=top.pk), before)
                with self.subTest(seed=seed, top=top.pk):
                    self.assert_as_computed_whole(claim)
                    self.assert_counted(claim)

    def assert_counted(self, claim):
        claim.refresh_from_db()
        visible = claim.counterpoints.filter(post__status=PostStatus.VISIBLE)
        self.assertEqual(claim.counterpoint_count, visible.count())
        self.assertEqual(set(claim.counterpoints.filter(is_counted=True)), set(visible))
        claim.essay.refresh_from_db()
        self.assertEqual(claim.essay.counterpoint_count, visible.count())

    def test_a_reply_that_was_withdrawn_comes_back_as_that_and_counts_no_more(self):
        claim = make_claim()
        objection = make_counterpoint(claim, "rebuts")
        reply = make_counterpoint(claim, "rebuts", target=objection)
        actions.withdraw(by=reply.post.author, post=reply.post)
        before = hide(Post.objects.get(pk=objection.pk))
        show(Post.objects.get(pk=objection.pk), before)
        self.assertEqual(Post.objects.get(pk=reply.pk).status, PostStatus.WITHDRAWN)
        self.assertFalse(Counterpoint.objects.get(pk=reply.pk).is_counted)
        self.assert_as_computed_whole(claim)
