from datetime import timedelta
from importlib import import_module
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from essays.actions import refresh
from essays.models import Essay
from essays.openness import retire
from forum.counterpoints import actions as counterpoints
from forum.posts import actions as posts
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus
from forum.search.filters import Filters
from forum.search.index import find
from forum.search.query import parse
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)


def found(query, user=None):
    """What is found, essays first, then claims, then the rest as it was written last."""
    matches = find(user, parse(query), Filters()).matches
    return sorted(matches, key=lambda match: -match.position)


def found_posts(query, user=None):
    return [match.post_id for match in found(query, user)]


class WhatIsFoundTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Öxen of Müller", source="They ploughed the heavy soil.")
        cls.claim = make_claim(words="Nobody knew why.", statement="An ox is slower than a horse.")
        cls.counterpoint = make_counterpoint(cls.claim, source="The ox ate straw, hay cost more.")
        cls.comment = make_comment(cls.essay, source="My uncle kept an ox called Ludwig.")

    def test_essays_claims_counterpoints_and_comments_are_found(self):
        make_essay(source="An ox stood there.")
        kinds = [match.kind for match in found("ox")]
        self.assertEqual(kinds, ["essay", "claim", "comment", "counterpoint"])

    def test_no_phrase_reaches_from_a_title_into_the_text_below_it(self):
        make_essay("The last word", summary="Begins here.", source="Here it is.")
        self.assertEqual(found('"word begins"'), [])
        self.assertEqual(len(found('"last word"')), 1)
        self.assertEqual(len(found("last begins")), 1)

    def test_an_essay_is_found_by_title_summary_and_text(self):
        for word in ("oxen", "straw", "ploughed"):
            with self.subTest(word=word):
                self.assertIn(self.essay.pk, [match.essay_id for match in found(word)])

    def test_accents_and_capitals_do_not_matter_either_way(self):
        for query in ("müller", "MULLER", "Mu\u0308ller", "öxen", "OXEN"):
            with self.subTest(query=query):
                self.assertEqual([match.essay_id for match in found(query)], [self.essay.pk])

    def test_every_word_must_occur(self):
        self.assertEqual(found_posts("ox ludwig"), [self.comment.pk])
        self.assertEqual(found_posts("ox ludwig straw"), [])

    def test_a_phrase_must_occur_in_order(self):
        self.assertEqual(found_posts('"slower than a horse"'), [self.claim.opening_id])
        self.assertEqual(found_posts('"horse than slower"'), [])

    def test_what_is_to_be_left_out_is(self):
        self.assertEqual(found_posts("ox -ludwig -horse"), [self.counterpoint.pk])
        self.assertEqual(found_posts('ox -"ate straw" -ludwig'), [self.claim.opening_id])

    def test_words_are_whole_and_punctuation_parts_them(self):
        comment = make_comment(
            self.essay, source="A horse-drawn “wagon”—don’t ask—cost 1,200 marks/year, 2.5e3 (a_b)."
        )
        for query in (
            "drawn",
            "horse-drawn",
            "wagon",
            "don't",
            "ask",
            "1,200",
            "year",
            "2.5e3",
            "b",
        ):
            with self.subTest(query=query):
                self.assertEqual(found_posts(query), [comment.pk])
        for query in ("wag", "raw", "drawn-horse"):
            with self.subTest(query=query):
                self.assertEqual(found_posts(query), [])

    def test_addresses_and_mail_are_words_like_others(self):
        comment = make_comment(self.essay, source="See www.example.org/ox-cart or me@farm.example.")
        for query in ("example", "www.example.org", "ox-cart", "farm", "me@farm.example"):
            with self.subTest(query=query):
                self.assertIn(comment.pk, found_posts(query))

    def test_writing_of_every_direction_and_script_is_found(self):
        for text, query in (
            ("שלום לשור הזקן", "לשור"),
            ("الثور يحرث الحقل", "يحرث"),
            ("牛 が 畑 を 耕す", "畑"),
            ("कीबोर्ड हिन्दी", "हिन्दी"),
            ("Вол пахал", "ВОЛ"),
        ):
            with self.subTest(query=query):
                comment = make_comment(self.essay, source=text)
                self.assertEqual(found_posts(query), [comment.pk])

    def test_the_marks_of_entries_are_no_words(self):
        for query in ("kclaim", f"e{self.essay.pk}", f"m{self.comment.author_id}", "=kclaim"):
            with self.subTest(query=query):
                self.assertEqual(found(query), [])


class WhatStaysHiddenTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay(source="A meadow.")
        cls.claim = make_claim(statement="The zebu is an ox.")
        cls.counterpoint = make_counterpoint(cls.claim, source="A zebu has a hump.")
        cls.comment = make_comment(cls.essay, source="I saw a zebu.")

    def test_a_post_is_found_only_while_it_is_visible(self):
        for status in PostStatus.values:
            with self.subTest(status=status):
                posts.set_status(post=self.comment, status=status)
                is_found = self.comment.pk in found_posts("zebu")
                self.assertEqual(is_found, status == PostStatus.VISIBLE)
        posts.set_status(post=self.comment, status=PostStatus.VISIBLE)
        self.assertEqual(found_posts("saw zebu"), [self.comment.pk])

    def test_not_even_its_author_or_an_editor_finds_what_is_hidden(self):
        posts.set_status(post=self.comment, status=PostStatus.HIDDEN)
        for user in (self.comment.author, make_editor()):
            self.assertNotIn(self.comment.pk, found_posts("zebu", user))

    def test_counterpoints_are_hidden_with_the_statement_that_they_answer(self):
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.REMOVED)
        self.assertEqual(found_posts("zebu"), [self.comment.pk])

    def test_a_retired_essay_is_offered_no_more_than_on_other_lists(self):
        retire(by=make_editor(), essay=self.essay, reason="It was mended elsewhere.")
        self.assertEqual(found("meadow"), [])
        self.assertEqual(found_posts("saw zebu"), [])

    def test_a_renamed_essay_is_found_by_its_new_name_only(self):
        self.essay.title = "Of Aurochs"
        self.essay.save()
        refresh(self.essay)
        self.assertEqual([match.essay_id for match in found("aurochs")], [self.essay.pk])

    def test_a_draft_and_what_was_written_on_it_are_for_editors(self):
        for published_at in (None, timezone.now() + timedelta(days=1)):
            with self.subTest(published_at=published_at):
                Essay.objects.filter(pk=self.essay.pk).update(published_at=published_at)
                self.assertEqual(found("meadow"), [])
                self.assertEqual(found("meadow", make_user()), [])
                self.assertEqual(found_posts("saw zebu"), [])
                self.assertEqual(len(found("meadow", make_editor())), 1)

    def test_an_edit_moves_a_post_from_its_old_words_to_its_new_ones(self):
        posts.edit(by=self.comment.author, post=self.comment, source="I saw a yak.")
        self.assertEqual(found_posts("zebu saw"), [])
        self.assertEqual(found_posts("yak"), [self.comment.pk])

    def test_what_is_deleted_is_forgotten(self):
        essay = make_essay(source="A gnu.")
        comment = make_comment(essay, source="A gnu too.")
        Post.objects.filter(pk=comment.pk).update(branch=None)
        Post.objects.filter(pk=comment.pk).delete()
        self.assertEqual([match.kind for match in found("gnu")], ["essay"])
        Essay.objects.filter(pk=essay.pk).update(current_revision=None)
        Essay.objects.filter(pk=essay.pk).delete()
        self.assertEqual(found("gnu"), [])

    def test_a_rolled_back_post_was_never_there(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            make_comment(self.essay, source="An aurochs.")
            self.assertEqual(len(found("aurochs")), 1)
            raise ZeroDivisionError
        self.assertEqual(found("aurochs"), [])

    def test_a_vote_leaves_the_index_alone(self):
        before = self.written()
        cast_votes(self.comment, up=1)
        self.comment.refresh_from_db()
        self.comment.save()
        Essay.objects.get(pk=self.essay.pk).save()
        self.assertEqual(self.written(), before)

    def written(self):
        """What changes whenever the entries of the index are written anew."""
        column = "rowid" if connection.vendor == "sqlite" else "ctid::text"
        table = "search_index_data" if connection.vendor == "sqlite" else "search_entry"
        size = ", length(block)" if connection.vendor == "sqlite" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column}{size} FROM {table} ORDER BY 1")  # noqa: S608
            return cursor.fetchall()


class HostileQueryTests(PropertyTestCase):
    def test_no_famous_trick_breaks_it(self):
        for query in (
            'foo"', "NEAR(", "NEAR(a b, 5)", "*", "a*", "^a", "a:b", "{a b}:c", "AND", "NOT",
            "a\x00b", "\x00", "'; DROP TABLE posts_post; --", "%s %d %", "\\", "!!&|()<->", ":*",
            "ox" * 5_000, '"' * 10_000, "- " * 5_000, "\ud800", "²½①Ⅷ", "ǅ ﬁ ẞ İ", "🐂", "_", "a_b",
        ):  # fmt: skip
            with self.subTest(query=query[:20]):
                found(query) if parse(query) else None

    @settings(max_examples=60, deadline=None)
    @given(st.text(min_size=1, max_size=60))
    def test_nothing_that_can_be_typed_breaks_it(self, raw):
        if parse(raw):
            found(raw)


class RepairTests(TestCase):
    def test_what_went_over_to_another_essay_before_it_was_followed_is_found_there(self):
        essay, other = make_essay(), make_essay("The Mule")
        other.tags.add("mules")
        filters = Filters(tag=other.tags.get())
        post = make_comment(essay, source="A bison.")
        Thread.objects.filter(pk=post.thread_id).update(essay=other)
        self.assertEqual(find(None, parse("bison"), filters).matches, [])
        repair = import_module("forum.search.migrations.0009_index_moved_posts_again").repair
        repair(None, SimpleNamespace(connection=connection))
        (match,) = find(None, parse("bison"), filters).matches
        self.assertEqual((match.post_id, match.essay_id), (post.pk, other.pk))
        posts.set_status(post=post, status=PostStatus.HIDDEN)
        self.assertEqual(find(None, parse("bison"), filters).matches, [])


class TriggerTests(TransactionTestCase):
    """Rebuilding a table on SQLite loses its triggers: this fails when a migration did so."""

    def test_every_trigger_is_there_once_all_migrations_have_run(self):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' "
                               "AND name LIKE 'search~_%%' ESCAPE '~'")  # fmt: skip
            else:
                cursor.execute(
                    "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'search~_%%' ESCAPE '~'"
                )
            # On PostgreSQL one of them does what two do on SQLite.
            expected = 8 if connection.vendor == "sqlite" else 7
            self.assertEqual(cursor.fetchone(), (expected,))

    @pytest.mark.long
    def test_the_index_can_be_taken_away_and_made_again_from_what_is_there(self):
        essay = make_essay(source="A bison.")
        make_comment(essay, source="Bison bison.")
        make_counterpoint(make_claim(essay, "A bison.", statement="No bison."), source="A bison!")
        hidden = make_comment(essay, source="Rude bison.")
        posts.set_status(post=hidden, status=PostStatus.HIDDEN)
        before = found("bison")
        self.assertEqual(len(before), 4)
        call_command("migrate", "search", "zero", stdout=StringIO())
        call_command("migrate", stdout=StringIO())  # others went back with it
        self.assertEqual(found("bison"), before)

    def test_emptied_tables_leave_nothing_to_find(self):
        make_comment(make_essay(source="A wisent."), source="A wisent.")
        call_command("flush", interactive=False, stdout=StringIO())
        self.assertEqual(found("wisent"), [])
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_entry")
            self.assertEqual(cursor.fetchone(), (0,))
