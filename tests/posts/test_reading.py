"""Which posts are on a page, in which order."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from forum.posts import actions as posts
from forum.posts import votes
from forum.posts.models import Post, Thread, ThreadKind
from forum.posts.ranking import wilson
from forum.posts.reading import (
    PAGE_SIZE,
    find_top,
    place_of,
    read_branch,
    read_thread,
    votes_of,
)
from forum.posts.statuses import PostStatus
from forum.posts.tops import KEPT_PLACE, ORDERS
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
)

LONG_AGO = timezone.now() - timedelta(days=30)


def tops_of(page):
    return [row.pk for row in page.rows if row.depth == 1]


def walk(thread, order, now=None):
    """The top-level posts of all pages, one after the other."""
    found, after = [], ""
    for _ in range(200):
        page = read_thread(thread, order=order, after=after, now=now)
        found += tops_of(page)
        after = page.next_after
        if not after:
            return found
    raise AssertionError("The pages do not end.")


def bulk_thread(votes, *, fresh=()):
    """Top-level posts with such votes, quickly; those numbered in `fresh` were written just now."""
    essay, author = make_essay(), make_user()
    thread = posts.open_thread(essay=essay, kind=ThreadKind.DISCUSSION)
    now = timezone.now()
    rows = []
    for number, (up, down) in enumerate(votes):
        created_at = now if number in fresh else LONG_AGO
        post = Post(
            thread=thread, author=author, path=f"{number + 1:04d}", depth=1, source="x", html="x",
            text="x", created_at=created_at, up=up, down=down, best=wilson(up, up + down),
        )  # fmt: skip
        rows.append(post)
    Post.objects.bulk_create(rows)
    made = list(Post.objects.filter(thread=thread).order_by("path"))
    for post in made:
        post.branch = post
    Post.objects.bulk_update(made, ["branch"])
    thread.last_post_at = now if fresh else LONG_AGO
    thread.save()
    return thread, made


class WalkTests(PropertyTestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=70),
        st.sets(st.integers(0, 69), max_size=6),
    )
    def test_paging_meets_every_top_level_post_once_in_each_order(self, votes, fresh):
        thread, made = bulk_thread(votes, fresh=fresh)
        ids = [post.pk for post in made]
        self.assertEqual(walk(thread, "oldest"), ids)
        self.assertEqual(walk(thread, "newest"), ids[::-1])
        contested = sorted(made, key=lambda post: (-min(post.up, post.down), -post.pk))
        self.assertEqual(walk(thread, "contested"), [post.pk for post in contested])
        best = walk(thread, "best")
        self.assertEqual(sorted(best), ids)
        ranked = [p.pk for p in sorted(made, key=lambda post: (-post.best, -post.pk))]
        kept = [pk for pk in best if ranked.index(pk) != best.index(pk)]
        if kept:
            # One post at most left its rank, for the fifth place: the others keep their order.
            moved = best[KEPT_PLACE - 1]
            self.assertEqual(
                [pk for pk in best if pk != moved], [pk for pk in ranked if pk != moved]
            )


class KeptPlaceTests(TestCase):
    def test_the_fifth_place_is_kept_for_the_oldest_fresh_post_with_few_votes(self):
        votes = [(9, 1)] * 40 + [(0, 2), (0, 0), (3, 0)]
        thread, made = bulk_thread(votes, fresh={40, 41, 42})
        page = read_thread(thread)
        self.assertEqual(tops_of(page)[KEPT_PLACE - 1], made[40].pk)
        self.assertTrue(page.next_after.endswith(f"~{made[40].pk}"))

    def test_a_post_with_three_votes_a_day_old_or_hidden_is_not_kept_a_place(self):
        cases = {"votes": {"up": 3}, "hidden": {"status": PostStatus.HIDDEN},
                 "old": {"created_at": timezone.now() - timedelta(hours=24)}}  # fmt: skip
        for name, change in cases.items():
            with self.subTest(name):
                thread, made = bulk_thread([(9, 0)] * 30 + [(0, 0)], fresh={30})
                Post.objects.filter(pk=made[30].pk).update(**change)
                self.assertNotIn(made[30].pk, tops_of(read_thread(thread)))

    def test_a_post_that_ranks_higher_keeps_its_own_place(self):
        thread, made = bulk_thread([(2, 0)] + [(0, 0)] * 30, fresh={0})
        self.assertEqual(tops_of(read_thread(thread))[0], made[0].pk)

    def test_later_pages_leave_it_out_even_when_its_day_is_over(self):
        thread, made = bulk_thread([(9, 1)] * 40 + [(0, 0)], fresh={40})
        first = read_thread(thread)
        later = read_thread(thread, after=first.next_after, now=timezone.now() + timedelta(days=2))
        self.assertNotIn(made[40].pk, tops_of(later))
        self.assertEqual(len(tops_of(first)) + len(tops_of(later)), 41)

    def test_votes_decide_best_and_the_newest_wins_a_tie(self):
        essay = make_essay()
        made = [make_comment(essay, now=LONG_AGO) for _ in range(4)]
        cast_votes(made[1], up=2)
        cast_votes(made[2], up=1, down=1)
        page = read_thread(Thread.objects.get())
        self.assertEqual(tops_of(page), [made[i].pk for i in (1, 2, 3, 0)])


class BranchTests(TestCase):
    def test_each_branch_brings_its_first_in_order_of_writing_and_of_the_tree(self):
        essay, author = make_essay(), make_user()
        top = make_comment(essay, author=author)
        first = make_comment(parent=top, author=author)
        second = make_comment(parent=top, author=author)
        deep = make_comment(parent=first, author=author)
        for _ in range(4):
            last = make_comment(parent=second, author=author)
        page = read_thread(Thread.objects.get())
        shown = [row.pk for row in page.rows]
        self.assertEqual(shown[:4], [top.pk, first.pk, deep.pk, second.pk])
        self.assertEqual(len(shown), 5)
        self.assertNotIn(last.pk, shown)
        self.assertEqual(page.rows[0].branch_count, 8)

    def test_five_long_branches_make_a_page(self):
        thread, made = bulk_thread([(0, 0)] * 9)
        Post.objects.update(branch_count=12)
        self.assertEqual(len(tops_of(read_thread(thread, order="oldest"))), 5)

    def test_a_permalink_finds_its_post_on_a_page_of_its_branch(self):
        essay, author = make_essay(), make_user()
        parent = make_comment(essay, author=author)
        made = [parent]
        for number in range(70):
            parent = parent if number % 7 else made[number // 3]
            made.append(make_comment(parent=parent, author=author))
        thread, top = Thread.objects.get(), made[0]
        for post in made:
            address, _, fragment = place_of(post).partition("#")
            self.assertEqual(fragment, f"post-{post.pk}")
            after = address.partition("after=")[2]
            page = read_branch(thread, top, after=after)
            self.assertIn(post.pk, [row.pk for row in page.rows])
            self.assertLessEqual(len(page.rows), PAGE_SIZE)

    def test_the_pages_of_a_branch_hold_all_of_it_once(self):
        essay, author = make_essay(), make_user()
        top = make_comment(essay, author=author)
        other = make_comment(essay, author=author)
        make_comment(parent=other, author=author)
        made = [make_comment(parent=top, author=author) for _ in range(60)]
        thread = Thread.objects.get()
        found, after = [], ""
        while True:
            page = read_branch(thread, top, after=after)
            found += [row.pk for row in page.rows]
            after = page.next_after
            if not after:
                break
        self.assertEqual(found, [top.pk, *(post.pk for post in made)])

    def test_a_claims_statement_is_no_part_of_the_tree(self):
        claim = make_claim()
        answers = [make_counterpoint(claim).pk for _ in range(3)]
        for order in ORDERS:
            rows = read_thread(claim.thread, order=order).rows
            self.assertCountEqual([row.pk for row in rows], answers)
        self.assertIsNone(find_top(claim.thread, str(claim.opening_id)))
        self.assertEqual(place_of(claim.opening), f"#post-{claim.opening_id}")

    def test_a_members_votes_are_read_in_one_query(self):
        essay, voter = make_essay(), make_user()
        up, down, own = make_comment(essay), make_comment(essay), make_comment(essay, author=voter)
        votes.vote(voter=voter, post=up, is_up=True)
        votes.vote(voter=voter, post=down, is_up=False)
        for post in (down, own):
            votes.vote(voter=make_user(), post=post, is_up=True)
        rows = read_thread(own.thread).rows
        with self.assertNumQueries(1):
            self.assertEqual(votes_of(voter, rows), {up.pk: True, down.pk: False})
