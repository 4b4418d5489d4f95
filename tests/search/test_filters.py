"""What a search is narrowed by: each filter alone and together, and what none of them may tell."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

from django.test import TestCase
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase
from taggit.models import Tag

from essays.models import Essay
from forum.posts import actions as posts
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from forum.search import filters as narrowing
from forum.search.filters import KINDS, Author, Filters, marks_of
from forum.search.forms import SearchForm
from forum.search.index import find
from forum.search.query import parse
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)


def found(words="", user=None, **values):
    """As the address says it."""
    form = SearchForm(values, user=user)
    assert form.is_valid(), form.errors
    return find(user, parse(words), form.filters).matches


def posts_found(words="", **values):
    return {match.post_id for match in found(words, **values)}


class NarrowedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.mara = make_user("mara", display_name="Mara Lindqvist")
        cls.owner = make_user("owner")
        cls.essay = make_essay("On Oxen", author=cls.owner, author_name="Alban Mercer")
        cls.essay.tags.add("Labour")
        cls.other = make_essay("On Mules")
        cls.claim = make_claim(cls.essay, author=cls.mara, statement="An ox is slow.")
        cls.counterpoint = make_counterpoint(cls.claim, source="My ox is not.")
        cls.comment = make_comment(cls.essay, author=cls.mara, source="An ox, an ox!")
        cls.elsewhere = make_comment(cls.other, source="A mule is no ox.")

    def test_by_kind(self):
        kinds = {
            "claim": {self.claim.opening_id},
            "counterpoint": {self.counterpoint.pk},
            "comment": {self.comment.pk, self.elsewhere.pk},
            "essay": set(),
        }
        self.assertEqual(set(kinds), set(KINDS))
        for kind, expected in kinds.items():
            with self.subTest(kind=kind):
                self.assertEqual(posts_found("ox", kind=kind), expected)

    def test_by_a_member_under_either_name_whatever_the_capitals(self):
        expected = {self.claim.opening_id, self.comment.pk}
        for name in ("mara", "@MARA", "mara lindqvist", " Mara Lindqvist "):
            with self.subTest(name=name):
                self.assertEqual(posts_found("ox", author=name), expected)

    def test_signs_in_a_name_stand_for_nothing_but_themselves(self):
        odd = make_user("m_ra", display_name="100% Mara \\ Co")
        post = make_comment(self.other, author=odd, source="An ox.")
        self.assertEqual(posts_found("ox", author="m_ra"), {post.pk})
        self.assertEqual(posts_found("ox", author="100% mara \\ co"), {post.pk})
        for name in ("m%", "100%", "mar_", "a%"):
            with self.subTest(name=name):
                self.assertFalse(SearchForm({"author": name}, user=None).is_valid())

    def test_by_the_author_of_an_essay_and_by_what_is_said_in_their_name(self):
        editor = make_editor()
        spoken = make_counterpoint(
            self.claim, author=editor, source="Granted, my ox is slow.", as_author=True
        )
        for name in ("Alban Mercer", "owner"):
            with self.subTest(name=name):
                self.assertEqual(posts_found("ox", author=name), {spoken.pk})
        self.assertEqual(posts_found("ox", author=editor.username), set())
        self.assertIn(self.essay.pk, [match.essay_id for match in found(author="alban mercer")])

    def test_by_tag_whether_by_its_name_or_its_address(self):
        expected = {self.claim.opening_id, self.counterpoint.pk, self.comment.pk}
        for tag in ("Labour", "labour", "#labour"):
            with self.subTest(tag=tag):
                self.assertEqual(posts_found("ox", tag=tag), expected)

    def test_a_tag_that_is_taken_off_or_put_on_counts_at_once(self):
        self.other.tags.add("Labour")
        self.assertIn(self.elsewhere.pk, posts_found("ox", tag="labour"))
        self.essay.tags.clear()
        self.assertEqual(posts_found("ox", tag="labour"), {self.elsewhere.pk})

    def test_by_the_standing_of_a_claim_as_it_is_now(self):
        self.assertEqual(posts_found(standing="unanswered"), {self.claim.opening_id})
        make_counterpoint(self.claim, "undercuts", target=self.counterpoint)
        self.claim.refresh_from_db()
        self.assertEqual(posts_found("ox", standing="unanswered"), set())
        self.assertEqual(posts_found("ox", standing=self.claim.label), {self.claim.opening_id})

    def test_by_day_with_both_ends_included(self):
        old = datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)
        post = make_comment(self.other, source="An old ox.", now=old)
        for values, is_found in (
            ({"from": "2024-02-29", "to": "2024-02-29"}, True),
            ({"to": "2024-02-29"}, True),
            ({"from": "2024-02-29"}, True),
            ({"from": "2021-01-01", "to": "2024-12-31"}, True),
            ({"from": "2024-03-01"}, False),
            ({"to": "2024-02-28"}, False),
            ({"from": "1900-01-01", "to": "1900-01-01"}, False),
        ):
            with self.subTest(values=values):
                self.assertEqual(post.pk in posts_found("old", **values), is_found)

    def test_an_essay_is_as_old_as_its_publication_and_follows_it(self):
        day = datetime(2020, 5, 5, 12, tzinfo=UTC)
        Essay.objects.filter(pk=self.other.pk).update(published_at=day)
        values = {"kind": "essay", "from": "2020-05-05", "to": "2020-05-05"}
        self.assertEqual([match.essay_id for match in found("mules", **values)], [self.other.pk])

    def test_all_of_them_together(self):
        today = timezone.localdate().isoformat()
        values = {
            "kind": "comment", "author": "mara", "tag": "labour", "from": today, "to": today,
        }  # fmt: skip
        self.assertEqual(posts_found("ox -mule", **values), {self.comment.pk})
        self.assertEqual(posts_found("ox", **(values | {"kind": "counterpoint"})), set())

    def test_without_words_all_of_it_is_there_to_be_browsed(self):
        self.assertEqual(posts_found(author="mara"), {self.claim.opening_id, self.comment.pk})
        self.assertEqual(posts_found(kind="counterpoint"), {self.counterpoint.pk})
        self.assertEqual(len(found(kind="essay")), 2)
        self.assertEqual(posts_found("-mule", kind="comment"), {self.comment.pk})

    def test_a_name_of_very_many_essays_narrows_as_well_as_one_of_few(self):
        with patch.object(narrowing, "MOST_ESSAYS_NAMED", 0):
            form = SearchForm({"tag": "labour", "author": "Alban Mercer"}, user=None)
            self.assertTrue(form.is_valid())
            self.assertEqual(marks_of(None, form.filters), [])
            self.assertEqual(
                [match.essay_id for match in find(None, parse(""), form.filters).matches],
                [self.essay.pk],
            )


class SecretsOfFiltersTests(TestCase):
    """No filter tells of what a reader may not see: not by a result, a number or a name."""

    @classmethod
    def setUpTestData(cls):
        cls.writer = make_user("writer")
        cls.draft = make_essay("Hidden", author_name="Nobody Known", published=False)
        cls.draft.tags.add("secretive")
        cls.essay = make_essay("Open")
        cls.post = make_comment(cls.essay, author=cls.writer, source="A zebu.")

    def test_a_hidden_post_is_met_by_no_filter(self):
        posts.set_status(post=self.post, status=PostStatus.HIDDEN)
        for values in ({"author": "writer"}, {"kind": "comment"}, {"from": "2020-01-01"}):
            with self.subTest(values=values):
                self.assertNotIn(self.post.pk, posts_found(**values))

    def test_what_only_a_draft_has_is_unknown_to_readers_and_known_to_editors(self):
        for values in ({"tag": "secretive"}, {"author": "Nobody Known"}):
            with self.subTest(values=values):
                self.assertFalse(SearchForm(values, user=None).is_valid())
                self.assertFalse(SearchForm(values, user=make_user()).is_valid())
                self.assertTrue(SearchForm(values, user=make_editor()).is_valid())

    def test_who_was_put_out_is_not_known_any_more(self):
        self.writer.is_active = False
        self.writer.save()
        self.assertFalse(SearchForm({"author": "writer"}, user=None).is_valid())


class RefusedValuesTests(TestCase):
    def test_each_is_explained_by_its_field(self):
        for values, name, words in (
            ({"kind": "poem"}, "kind", "no such choice"),
            ({"standing": "shaky"}, "standing", "no such choice"),
            ({"standing": "stands", "kind": "comment"}, "standing", "Only claims"),
            ({"author": "nobody"}, "author", "Nobody here"),
            ({"author": "x\x00"}, "author", "Null characters"),
            ({"tag": "nothing"}, "tag", "No essay"),
            ({"from": "yesterday"}, "from", "2026-03-01"),
            ({"from": "2026-02-30"}, "from", "2026-03-01"),
            ({"to": "0001-01-01"}, "to", "1900"),
            ({"to": "9999-12-31"}, "to", "2199"),
            ({"from": "2026-02-02", "to": "2026-02-01"}, "to", "before"),
        ):
            with self.subTest(values=values):
                form = SearchForm(values, user=None)
                self.assertEqual(list(form.errors), [name])
                self.assertIn(words, str(form.errors[name]))


class MarksTests(TestCase):
    def test_months_are_named_where_they_are_few_and_years_where_they_are_many(self):
        short = Filters(since=date(2025, 12, 15), until=date(2026, 1, 15))
        self.assertEqual(marks_of(None, short), [["n202512", "n202601"]])
        long = Filters(since=date(2020, 6, 15), until=date(2026, 1, 15))
        self.assertEqual(marks_of(None, long)[0][::6], ["y2020", "y2026"])
        open_end = marks_of(None, Filters(since=date(2020, 6, 15)))[0]
        self.assertIn(f"y{(timezone.now() + timedelta(days=1)).year}", open_end)

    def test_a_tag_that_nothing_carries_finds_nothing(self):
        make_comment()
        tag = Tag.objects.create(name="bare", slug="bare")
        self.assertEqual(find(None, parse(""), Filters(tag=tag)).matches, [])


class AgreementTests(PropertyTestCase):
    """The index, asked by marks, finds what a plain look through all posts finds."""

    @settings(max_examples=12, deadline=None)
    @given(st.data())
    def test_filters_find_what_each_post_says_of_itself(self, data):
        writers = [make_user(), make_user()]
        essays = [make_essay(), make_essay()]
        essays[0].tags.add("even")
        months = st.dates(date(2022, 1, 1), date(2026, 12, 31))
        for _ in range(data.draw(st.integers(1, 5))):
            day = datetime.combine(data.draw(months), datetime.min.time(), UTC)
            make_comment(
                data.draw(st.sampled_from(essays)), author=data.draw(st.sampled_from(writers)),
                source=data.draw(st.sampled_from(["An ox.", "A mule.", "An ox, a mule."])), now=day,
            )  # fmt: skip
        since, until = sorted([data.draw(months), data.draw(months)])
        writer = data.draw(st.sampled_from(writers))
        chosen = Filters(
            kind="comment",
            author=Author("x", (writer.pk,)) if data.draw(st.booleans()) else None,
            tag=Tag.objects.get(name="even") if data.draw(st.booleans()) else None,
            since=since, until=until,
        )  # fmt: skip
        expected = Post.objects.filter(
            text__contains="ox", created_at__date__gte=since, created_at__date__lte=until
        )
        if chosen.author:
            expected = expected.filter(author=writer)
        if chosen.tag:
            expected = expected.filter(thread__essay=essays[0])
        self.assertEqual(
            {match.post_id for match in find(None, parse("ox"), chosen).matches},
            set(expected.values_list("pk", flat=True)),
        )
