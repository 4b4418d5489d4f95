"""What a search found is brought up to date by what was touched since: it is what a search of all
would find.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from unittest import skipUnless
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag

from essays import openness
from essays.actions import publish_revision, raise_version
from essays.models import Essay
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Claim, Counterpoint
from forum.discussion import actions as discussion
from forum.discussion import moving
from forum.lib.verdict import Refused
from forum.posts import actions as posts
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from forum.search import filters as narrowing
from forum.search import index, kept, ordering, renewing
from forum.search.counting import numbers_of
from forum.search.filters import Author, Filters
from forum.search.kept import look_for
from forum.search.ordering import Ordering
from forum.search.query import parse
from forum.search.ranking import BEST
from forum.search.touched import forget_touched
from forum.search.weighing import weigh
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)
from tests.kept import forget_what_is_kept

WORDS = ("ox", "mule", "ox mule", "mule ox mule", "nothing")


def look(words="ox", **filters):
    return look_for(AnonymousUser(), parse(words), Filters(**filters))


class RenewingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author, cls.editor = make_user("mara"), make_editor("edda")
        cls.essays = [
            make_essay(f"On {beast}s", source=f"The {beast} stood. Nobody knew why.")
            for beast in ("Ox", "Mule", "Yak")
        ]
        cls.comment = make_comment(cls.essays[0], author=cls.author, source="An ox.")
        cls.claim = make_claim(cls.essays[0], author=cls.author, statement="An ox is slow.")


class AgreementTests(RenewingCase):
    """Whatever is done, in whatever order, and however little of it is looked at."""

    def test_it_finds_what_a_search_of_all_finds(self):
        for seed, limit in ((1, 600), (2, 600), (3, 12), (4, 6)):
            with (
                self.subTest(seed=seed, limit=limit),
                patch.object(renewing, "find", partial(index.find, limit=limit)),
                patch.object(index, "LEADING_WEIGHED", limit // 2),
            ):
                self.try_out(Random(seed), limit)

    def try_out(self, random, limit):
        forget_what_is_kept()
        tag = Tag.objects.create(name=f"tag{random.random()}")
        asked = [
            {}, {"kind": "comment"}, {"kind": "claim"}, {"kind": "essay"}, {"tag": tag},
            {"standing": "unanswered"}, {"author": Author("mara", (self.author.pk,))},
            {"since": date(2026, 1, 1)}, {"since": date(2020, 1, 1), "until": date(2021, 1, 1)},
        ]  # fmt: skip
        for _ in range(60):
            act = random.choice(ACTS)
            # Some is refused: nobody adds to an essay that was retired, say.
            with suppress(Refused):
                act(self, random, tag)
            for words in ("ox", "mule", '"ox mule"'):
                for filters in asked:
                    self.assert_as_of_all(words, limit, filters, act)

    def assert_as_of_all(self, words, limit, filters, act):
        query, filters = parse(words), Filters(**filters)
        finding = look_for(AnonymousUser(), query, filters)
        expected = index.find(AnonymousUser(), query, filters, limit=limit)
        told = act.__name__, words, filters
        self.assertEqual(finding.found.matches, expected.matches, told)
        self.assertEqual(finding.found.is_cut, expected.is_cut)
        self.assertEqual(finding.numbers, numbers_of(filters, expected), told)
        self.assertEqual(finding.page(BEST, ""), Ordering(query, expected).page(BEST, ""), told)


def some(random, rows):
    found = list(rows.order_by("pk"))
    return random.choice(found) if found else None


def comments(essay=None):
    rows = Post.objects.filter(thread__kind="discussion").select_related("thread__essay", "author")
    return rows if essay is None else rows.filter(thread__essay=essay)


def _essay(case, random):
    return Essay.objects.select_related("current_revision").get(pk=random.choice(case.essays).pk)


def remarks(case, random, _tag):
    make_comment(_essay(case, random), author=case.author, source=random.choice(WORDS))


def remarks_long_ago(case, random, _tag):
    past = datetime(2020, random.randint(1, 12), 5, tzinfo=UTC)
    make_comment(_essay(case, random), source=random.choice(WORDS), now=past)


def edits(case, random, _tag):
    post = some(random, comments().filter(status="visible", author=case.author))
    source = random.choice(WORDS)
    if post and post.source != source:
        posts.edit(by=case.author, post=post, source=source)


def takes_down_or_shows(case, random, _tag):
    post = some(random, comments().filter(status__in=("visible", "hidden")))
    shown = post.status == PostStatus.HIDDEN
    discussion.set_status(post=post, status=PostStatus.VISIBLE if shown else PostStatus.HIDDEN)


def claims(case, random, _tag):
    make_claim(_essay(case, random), author=case.author, statement=random.choice(WORDS))


def answers(case, random, _tag):
    claim, relation = some(random, Claim.objects.all()), random.choice(("rebuts", "supports"))
    make_counterpoint(claim, relation, source=random.choice(WORDS))


def takes_a_claim_down_or_shows_it(case, random, _tag):
    opening = some(random, Claim.objects.select_related("opening__thread__essay")).opening
    shown = opening.status == PostStatus.HIDDEN
    status = PostStatus.VISIBLE if shown else PostStatus.HIDDEN
    counterpoints.set_status(post=opening, status=status)


def votes(case, random, _tag):
    counterpoint = some(random, Counterpoint.objects.all())
    if counterpoint:
        counterpoints.vote(voter=make_user(), counterpoint=counterpoint, is_up=False)


def retires_or_reinstates(case, random, _tag):
    essay = _essay(case, random)
    if essay.retired_at is None:
        openness.retire(by=case.editor, essay=essay, reason="It is outdated.")
    else:
        openness.reinstate(by=case.editor, essay=essay)


def revises(case, random, _tag):
    essay = _essay(case, random)
    source = f"{random.choice(WORDS)} {random.random()}. Nobody knew why."
    publish_revision(essay=essay, source=source, note="", by=case.editor)


def tags_or_untags(case, random, tag):
    essay = random.choice(case.essays)
    (essay.tags.remove if tag in essay.tags.all() else essay.tags.add)(tag)
    raise_version(essay.pk)


def moves(case, random, _tag):
    top = some(random, comments().filter(status="visible", depth=1, as_author=False))
    there = some(random, comments().exclude(thread=top.thread)) if top else None
    if there:
        moving.move_branch(top=top, thread=there.thread, parent=None, url="/log/1/")


ACTS = (
    remarks, remarks, remarks, remarks_long_ago, edits, edits, takes_down_or_shows, claims, answers,
    answers, takes_a_claim_down_or_shows_it, votes, retires_or_reinstates, revises, tags_or_untags,
    moves,
)  # fmt: skip


class CostTests(RenewingCase):
    def test_only_what_was_touched_is_looked_for_again(self):
        look()
        make_comment(self.essays[1], source="Another ox.")
        make_comment(self.essays[1], source="No such beast.")
        with patch.object(renewing, "find", side_effect=AssertionError):
            found = look().found
        self.assertEqual(len(found.matches), 5 - 1)

    def test_where_nothing_of_it_has_changed_it_is_not_put_in_order_again(self):
        first = look()
        first.page(BEST, "")
        make_comment(self.essays[1], source="No such beast.")
        again = look()
        self.assertIsNot(again, first)
        with patch.object(ordering, "best_first", side_effect=AssertionError):
            again.page(BEST, "")

    def test_only_what_was_touched_is_weighed_again(self):
        look().page(BEST, "")
        new = make_comment(self.essays[1], source="Another ox.")
        with patch.object(ordering, "weigh", wraps=weigh) as weighing:
            look().page(BEST, "")
        (_, weighed), _ = weighing.call_args
        self.assertEqual([match.post_id for match in weighed], [new.pk])

    def test_it_costs_as_many_queries_whatever_was_found(self):
        for size in (1, 30):
            for _ in range(size):
                make_comment(self.essays[0], source="An ox.")
            look()
            make_comment(self.essays[1], source="Another ox.")
            # Whether anything has changed, what was touched, those, and the standings of claims.
            with self.subTest(size=size), self.assertNumQueries(4):
                look()

    @skipUnless(connection.vendor == "sqlite", "PostgreSQL plans otherwise for so few rows.")
    def test_nothing_walks_through_all_that_was_touched(self):
        with CaptureQueriesContext(connection) as told:
            look()
            make_comment(self.essays[1], source="Another ox.")
            look()
        asked = [query["sql"] for query in told if "JOIN search_touched" in query["sql"]]
        self.assertEqual(len(asked), 2)
        with connection.cursor() as cursor:
            for sql in asked:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                plan = [row[-1] for row in cursor.fetchall()]
                self.assertFalse([step for step in plan if step.startswith("SCAN touched")])
                self.assertTrue([step for step in plan if step.startswith("SEARCH touched")])

    def test_all_of_it_is_looked_for_where_too_much_was_touched(self):
        look()
        make_comment(self.essays[1], source="An ox.")
        make_comment(self.essays[1], source="An ox.")
        with (
            patch.object(renewing, "MOST_TOUCHED", 1),
            patch.object(renewing, "find", wraps=index.find) as find,
        ):
            self.assertEqual(len(look().found.matches), 5)
        self.assertTrue(find.called)

    def test_so_it_is_where_an_author_or_a_tag_has_more_essays_than_are_named(self):
        tag = Tag.objects.create(name="beasts")
        with patch.object(narrowing, "MOST_ESSAYS_NAMED", 0):
            self.assertEqual(look(tag=tag).found.matches, [])
            self.essays[0].tags.add(tag)
            raise_version(self.essays[0].pk)
            self.assertEqual(len(look(tag=tag).found.matches), 3)

    def test_nobody_goes_on_from_what_was_seen_long_ago(self):
        look()
        make_comment(self.essays[1], source="Another ox.")
        later = timezone.now() + timedelta(days=2)
        with patch("django.utils.timezone.now", return_value=later):
            forget_touched()
        self.assertEqual(touches(), 0)
        with patch("time.monotonic", return_value=look().ends + 1):
            make_comment(self.essays[1], source="A third ox.")
            with patch.object(renewing, "find", wraps=index.find) as find:
                look()
        self.assertTrue(find.called)

    def test_what_was_touched_today_is_not_forgotten(self):
        make_comment(self.essays[1], source="Another ox.")
        before = touches()
        forget_touched()
        self.assertEqual(touches(), before)
        self.assertLess(kept.RENEWED_FOR, 24 * 3600 / 2)


def touches():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_touched")
        return cursor.fetchone()[0]
