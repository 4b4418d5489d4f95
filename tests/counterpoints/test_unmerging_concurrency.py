"""Two claims are parted while others write, vote and take sides on them: nothing goes astray."""

from uuid import uuid4

from django.test import TransactionTestCase

from forum.counterpoints import actions
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.models import Claim, Counterpoint, Merger, Relation
from forum.counterpoints.stances import take_stance
from forum.counterpoints.unmerging import merger_of, part_claims
from forum.guard.actions import run_once
from forum.lib.verdict import Refused
from forum.posts.models import Post, Thread
from tests.counterpoints.test_camps import columns_of, computed
from tests.counterpoints.test_weighing import StoredAsComputed
from tests.factories import make_claim, make_counterpoint, make_essay, make_moderator, make_user
from tests.together import together

ROUNDS = 4


def send(user, deed):
    """Whether it was done: what came too late is refused, and nothing of it happens."""
    try:
        run_once(user=user, key=uuid4(), action="deed", work=lambda: str(deed() or "/"))
    except Refused:
        return False
    return True


class AtOnceTests(StoredAsComputed, TransactionTestCase):
    def setUp(self):
        essay = make_essay()
        self.claims = [make_claim(essay, words) for words in ("horse", "straw")]
        self.known = [
            make_counterpoint(claim, relation)
            for claim in self.claims
            for relation in ("rebuts", "supports")
        ]
        self.moderator = make_moderator()
        merge_claims(by=self.moderator, claim=self.claims[1], into=self.claims[0])

    def writer(self, turn):
        """Answers, votes and takes sides, on what there is at each moment."""
        user = make_user()

        def one(place):
            known = Counterpoint.objects.select_related(
                "post__thread__essay", "claim__essay", "claim__thread", "claim__opening"
            )
            return known.get(pk=self.known[place % 4].pk)

        def answer(place):
            target = one(place)
            make_counterpoint(target.claim, target=target, author=user)

        def deeds():
            for round_ in range(ROUNDS):
                place = turn + round_
                send(user, lambda p=place: answer(p))
                send(user, lambda p=place: actions.vote(
                    voter=user, counterpoint=one(p), is_up=p % 3 != 0) and "/")  # fmt: skip
                side = ("agree", "disagree")[place % 2]
                send(user, lambda p=place, s=side: take_stance(
                    member=user, claim=one(p).claim, side=s))  # fmt: skip

        return deeds

    def part(self):
        merger = merger_of(self.claims[1])
        return send(self.moderator, lambda: part_claims(by=self.moderator, merger=merger) and "/")

    def test_of_ten_at_once_one_parts_them_and_all_is_where_it_belongs(self):
        done = together(*[self.part] * 4, *map(self.writer, range(6)))
        self.assertEqual(done[:4].count(True), 1)
        self.assertIsNotNone(Merger.objects.get().parted_at)
        self.assertEqual(Claim.objects.exclude(merged_into=None).count(), 0)
        for one in Counterpoint.objects.select_related("post", "target"):
            self.assertEqual(one.claim_id, one.post.thread_id)
            if one.target is not None:
                self.assertEqual(one.claim_id, one.target.claim_id)
        for claim in self.claims:
            self.assert_as_computed_whole(claim)
            self.assertEqual(columns_of(claim), computed(claim))
            posts = Post.objects.filter(thread=claim.pk, depth__gt=0)
            self.assertEqual(Thread.objects.get(pk=claim.pk).post_count, posts.count())
            for relation in Relation.values:
                counted = claim.counterpoints.filter(relation=relation, is_counted=True)
                self.assertEqual(getattr(claim, relation), counted.count())
