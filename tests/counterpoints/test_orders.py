"""The orders of a claim's counterpoints: what comes first, on which page, under which address."""

import random
import re

from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from forum.counterpoints import actions
from forum.counterpoints.models import Claim, Counterpoint
from forum.counterpoints.orders import ORDERS, Asked, read_page
from forum.counterpoints.stances import take_stance
from forum.posts.models import Post
from forum.posts.ranking import wilson
from tests.factories import cast_votes, make_claim, make_counterpoint, make_user

SHOWN = re.compile(r'<li class="cp [^"]*" id="post-(\d+)"')


def walk(claim, **asked):
    found, after = [], ""
    for _ in range(100):
        page = read_page(claim, Asked(**asked), after=after)
        found += [row.pk for row in page.rows if row.depth == 1]
        after = page.next_after
        if not after:
            return found
    raise AssertionError("The pages do not end.")


def with_ranks(claim, ranks):
    """So many old counterpoints with these bounds, of both sides (or none) and of all votes."""
    author, made = make_user(), []
    for both, up, down in ranks:
        one = make_counterpoint(claim, author=author)
        overall = wilson(up, up + down)
        Post.objects.filter(pk=one.pk).update(
            up=up, down=down, best=overall, created_at="2026-01-02T00:00:00Z"
        )
        Counterpoint.objects.filter(pk=one.pk).update(
            both_sides=both, overall=overall, rank=overall if both is None else both
        )
        made.append((one.pk, both, overall, min(up, down)))
    claim.thread.last_post_at = None
    return made


class WalkTests(PropertyTestCase):
    @settings(max_examples=12, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([None, None, 0.0, 0.4, 0.75]), st.integers(0, 3), st.integers(0, 3)
            ),
            max_size=60,
        )
    )
    def test_paging_meets_each_once_in_each_order_and_so_does_the_share_that_waits(self, ranks):
        claim = make_claim()
        made = with_ranks(claim, ranks)
        waiting = {pk for pk, *_ in made[::2]}
        for pk in {pk for pk, *_ in made} - waiting:
            Counterpoint.objects.filter(pk=pk).update(is_answered=True)
        key = {
            "both": lambda one: (one[2] if one[1] is None else one[1], one[2], one[0]),
            "best": lambda one: (one[2], one[0]),
            "contested": lambda one: (one[3], one[0]),
            "newest": lambda one: one[0],
            "oldest": lambda one: -one[0],
        }
        for order in ORDERS:
            wanted = [one[0] for one in sorted(made, key=key[order], reverse=True)]
            self.assertEqual(walk(claim, order=order), wanted, order)
            self.assertEqual(
                walk(claim, order=order, only="unanswered"),
                [pk for pk in wanted if pk in waiting],
                order,
            )


class BothSidesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.url = cls.claim.get_absolute_url()

    def page(self, query=""):
        return self.client.get(self.url + query).content.decode()

    def shown(self, query=""):
        return [int(pk) for pk in SHOWN.findall(self.page(query))]

    def camps(self, number=6):
        return {side: [make_user() for _ in range(number)] for side in ("agree", "disagree")}

    def vote(self, one, camps, **convinced):
        for side, people in camps.items():
            for place, person in enumerate(people):
                take_stance(member=person, claim=self.claim, side=side)
                is_up = place < convinced[side]
                actions.vote(voter=person, counterpoint=one, is_up=is_up)

    def test_the_worked_example_in_its_order_with_the_badge_where_it_is_due(self):
        camps, made = self.camps(), {}
        for agree, disagree in ((0, 6), (5, 1), (4, 4), (5, 5)):
            one = make_counterpoint(self.claim)
            self.vote(one, camps, agree=agree, disagree=disagree)
            made[agree, disagree] = one.pk
        self.assertEqual(self.shown(), [made[pair] for pair in ((5, 5), (4, 4), (5, 1), (0, 6))])
        page = self.page()
        self.assertEqual(page.count("Convinces both sides</span>"), 1)
        line = page.split(f'id="post-{made[5, 5]}"')[1].split('<div class="prose"')[0]
        self.assertIn("Convinces both sides</span>", line)
        self.assertNotIn("readers of each side", page)

    def test_one_side_s_favourite_comes_behind_what_both_grant(self):
        camps = self.camps(9)
        loved, granted = make_counterpoint(self.claim), make_counterpoint(self.claim)
        self.vote(loved, camps, agree=0, disagree=9)
        self.vote(granted, camps, agree=5, disagree=5)
        cast_votes(loved.post, up=9)
        self.assertEqual(self.shown(), [granted.pk, loved.pk])
        self.assertEqual(self.shown("?order=best"), [loved.pk, granted.pk])

    def test_with_too_few_voters_all_votes_decide_and_the_page_says_so(self):
        weak, strong = make_counterpoint(self.claim), make_counterpoint(self.claim)
        cast_votes(strong.post, up=4)
        self.vote(weak, self.camps(4), agree=4, disagree=0)
        self.assertEqual(self.shown(), [strong.pk, weak.pk])
        self.assertIn("Fewer than five readers of each side have voted on these", self.page())
        self.vote(weak, self.camps(5), agree=5, disagree=5)
        self.assertIn("Those on which fewer than five readers of each side", self.page())
        self.assertNotIn("Fewer than five", self.page("?order=best"))

    def test_the_usual_order_is_the_address_without_a_query(self):
        make_counterpoint(self.claim)
        page = self.page()
        self.assertIn(f'<a href="{self.url}" aria-current="true"><b>Convinces both sides', page)
        for order in ("best", "newest", "oldest", "contested"):
            self.assertIn(f'href="?order={order}"', page)
        self.assertNotIn("order=both", page)
        self.assertIn(
            f'rel="canonical" href="http://testserver{self.url}"', self.page("?order=best")
        )

    def test_the_share_keeps_the_order_and_the_order_keeps_the_share(self):
        make_counterpoint(self.claim)
        page = self.page("?only=unanswered&order=newest")
        self.assertIn('href="?order=newest"', page)
        self.assertIn('href="?order=oldest&amp;only=unanswered"', page)
        self.assertIn('href="?only=unanswered"', page)
        self.assertIn("<b>Only unanswered</b>", page)

    def test_a_page_full_of_waiting_objections_leads_on_in_its_order(self):
        author = make_user()
        made = [make_counterpoint(self.claim, author=author).pk for _ in range(27)]
        page = self.page("?only=unanswered&order=oldest")
        link = re.search(r'rel="next" href="(\?[^"]*)"', page)[1].replace("&amp;", "&")
        self.assertEqual(self.shown("?only=unanswered&order=oldest"), made[:25])
        self.assertEqual(self.shown(link), made[25:])

    def test_what_no_link_of_ours_says_is_the_first_page_of_the_usual_order(self):
        one = make_counterpoint(self.claim)
        for query in (
            "?order=nonsense", "?after=x", "?after=~", "?after=nan~0.1~3", "?after=1~1",
            "?after=0.5~0.5~1~x", f"?order=contested&after=0.5~{one.pk}", "?after=%00",
            "?after=" + "9" * 400, "?only=nonsense", "?only=unanswered&after=1~2~3~4~5",
        ):  # fmt: skip
            with self.subTest(query):
                self.assertEqual(self.shown(query), [one.pk])

    def test_a_fresh_counterpoint_has_the_fifth_place_until_it_was_voted_on(self):
        made = [make_counterpoint(self.claim) for _ in range(6)]
        for one in made[:5]:
            cast_votes(one.post, up=4)
        self.assertEqual(self.shown()[4], made[5].pk)
        cast_votes(made[5].post, up=1, down=2)
        self.assertEqual(self.shown()[-1], made[5].pk)

    def test_a_vote_that_is_cast_twice_or_taken_back_leaves_the_order_as_it_was(self):
        dice = random.Random(7)
        made = [make_counterpoint(self.claim) for _ in range(5)]
        camps = self.camps(5)
        for one in made:
            self.vote(one, camps, agree=dice.randrange(6), disagree=dice.randrange(6))
        before = self.shown()
        person = camps["agree"][0]
        for one in made:
            told = Counterpoint.objects.get(pk=one.pk)
            mine = told.post.votes.get(voter=person).is_up
            for is_up in (not mine, None, mine, mine):
                actions.vote(voter=person, counterpoint=told, is_up=is_up)
        self.assertEqual(self.shown(), before)
        self.assertEqual(Claim.objects.get(pk=self.claim.pk).agree, 5)
