"""Every feed: what is in it, for whom, and that it is sound."""

from datetime import timedelta

from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from essays.models import Essay
from essays.openness import retire
from forum.counterpoints import actions as counterpoints
from forum.exchange.feeds.streams import SIZE
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from tests.exchange.feeds.reading import parsed
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)
from tests.revising import revise

HOSTILE = "a]]>b & <script>alert(1)</script> \"q\" 'a' שלום\n\n[home](/) `<x>`"


class FeedCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.writer = make_user("wren", display_name="Wren & <b>Oddfellow</b>")
        cls.essay = make_essay("Oats & <i>Oxen</i>", slug="oats", author_name="Alban ]]> Mercer")
        cls.essay.tags.add("labour")
        cls.claim = make_claim(cls.essay, author=cls.writer, statement="Nobody knew ]]> why.")
        cls.counterpoint = make_counterpoint(cls.claim, author=cls.writer, source=HOSTILE)
        cls.answer = make_counterpoint(
            cls.claim, "undercuts", target=cls.counterpoint, source="That says nothing."
        )
        cls.remark = make_comment(cls.essay, author=cls.writer, source=HOSTILE)
        cls.reply = make_comment(cls.essay, parent=cls.remark, source="Hear, hear.")
        cls.urls = {
            "site": reverse("exchange:site-feed"),
            "tag": reverse("exchange:tag-feed", args=["labour"]),
            "essay": reverse("exchange:essay-feed", args=["oats"]),
            "discussion": reverse("exchange:discussion-feed", args=["oats"]),
            "claim": reverse("exchange:claim-feed", args=[cls.claim.pk]),
            "member": reverse("exchange:member-feed", args=["wren"]),
        }

    def read(self, name, query=""):
        return parsed(self.client.get(self.urls[name] + query))

    def links(self, name):
        return [entry.link.removeprefix("http://testserver") for entry in self.read(name).entries]


class ContentTests(FeedCase):
    def test_each_has_what_it_promises_newest_first(self):
        essay, claim = self.essay.get_absolute_url(), self.claim.get_absolute_url()
        objection, answer, remark, reply = (
            post.get_absolute_url()
            for post in (self.counterpoint, self.answer, self.remark, self.reply)
        )
        revision = self.essay.current_revision.get_absolute_url()
        for name, expected in {
            "site": [claim, essay],
            "tag": [claim, essay],
            "essay": [answer, objection, claim, revision],
            "discussion": [reply, remark],
            "claim": [answer, objection],
            "member": [remark, objection, claim],
        }.items():
            with self.subTest(name=name):
                self.assertEqual(self.links(name), expected)

    def test_a_post_is_given_whole_with_addresses_that_lead_back(self):
        entry = self.read("discussion").entries[1]
        content = entry.content[0].value
        self.assertIn('<a href="http://testserver/"', content)
        self.assertIn("שלום", content)
        self.assertNotIn("<script", content)
        self.assertEqual(entry.author_detail.name, "Wren & <b>Oddfellow</b>")
        self.assertEqual(entry.author_detail.href, "http://testserver/members/wren/")

    def test_answers_name_what_they_answer_by_the_id_that_it_has(self):
        for name, ids in (("claim", "claim"), ("discussion", "discussion")):
            newer, older = self.read(name).entries
            with self.subTest(ids=ids):
                self.assertEqual(newer["thr_in-reply-to"]["ref"], older.id)
        claim, essay = self.read("site").entries
        self.assertEqual(self.read("claim").entries[1]["thr_in-reply-to"]["ref"], claim.id)
        self.assertEqual(self.read("discussion").entries[1]["thr_in-reply-to"]["ref"], essay.id)

    def test_what_is_answered_says_how_often_and_where(self):
        claim, essay = self.read("site").entries
        for entry, url, count in (
            (claim, self.urls["claim"], "2"),
            (essay, self.urls["discussion"], "2"),
        ):
            replies = next(link for link in entry.links if link.rel == "replies")
            self.assertEqual(replies.href, f"http://testserver{url}")
            self.assertEqual((replies["thr:count"], entry.thr_total), (count, count))

    def test_a_claim_tells_its_passage_and_its_standing(self):
        claim = self.read("site").entries[0]
        self.assertIn("Nobody knew why.", claim.content[0].value)
        self.claim.refresh_from_db()
        self.assertEqual(claim.tags[0].term, self.claim.label)

    def test_a_revision_is_news_of_its_essay(self):
        revise(self.essay, "Nobody knew why.", "Few knew why.", by=make_editor(), note="Mended.")
        entry = self.read("essay").entries[0]
        self.assertEqual(entry.title, "Revision 2 of Oats & <i>Oxen</i>")
        self.assertEqual(entry.summary, "Mended.")

    def test_an_edit_is_an_update_of_the_same_entry(self):
        before = self.read("discussion").entries[0]
        later = timezone.now() + timedelta(hours=1)
        posts.edit(by=self.reply.author, post=self.reply, source="Hear!", now=later)
        after = self.read("discussion").entries[0]
        self.assertEqual(after.id, before.id)
        self.assertEqual(after.published, before.published)
        self.assertGreater(after.updated, before.updated)
        self.assertIn("Hear!", after.content[0].value)

    def test_whoever_speaks_for_the_author_goes_by_that_name_alone(self):
        editor = make_editor("edda")
        spoken = make_counterpoint(
            self.claim, "concedes", target=self.answer, author=editor, source="Granted.",
            as_author=True,
        )  # fmt: skip
        entry = self.read("claim").entries[0]
        self.assertEqual(entry.link, f"http://testserver{spoken.get_absolute_url()}")
        self.assertEqual(entry.author_detail, {"name": "Alban ]]> Mercer"})
        own = self.client.get(reverse("exchange:member-feed", args=["edda"]))
        self.assertEqual(parsed(own).entries, [])

    def test_a_members_own_essays_are_in_their_feed(self):
        Essay.objects.filter(pk=self.essay.pk).update(author=self.writer)
        self.assertIn(self.essay.get_absolute_url(), self.links("member"))

    def test_an_empty_feed_is_sound(self):
        make_essay("Silence", slug="silence")
        for url in (
            reverse("exchange:discussion-feed", args=["silence"]),
            reverse("exchange:member-feed", args=[make_user().username]),
            reverse("exchange:claim-feed", args=[make_claim().pk]),
        ):
            with self.subTest(url=url):
                self.assertEqual(parsed(self.client.get(url)).entries, [])
        Essay.objects.update(retired_at=timezone.now(), retired_reason="Old.")
        for name in ("site", "tag"):
            with self.subTest(name=name):
                self.assertEqual(self.read(name).entries, [])

    @override_settings(CONTENT_LICENCE="All of it is free & <open>.")
    def test_the_licence_is_said_where_there_is_one(self):
        self.assertEqual(self.read("site").feed.rights, "All of it is free & <open>.")


class IdentityTests(FeedCase):
    def test_ids_outlive_titles_addresses_and_hosts(self):
        def ids():
            feed = self.read("site")
            return [feed.feed.id, *(entry.id for entry in feed.entries)]

        before = ids()
        Essay.objects.filter(pk=self.essay.pk).update(
            slug="elsewhere", title="Renamed", published_at=timezone.now(), version=99
        )
        with override_settings(HOST="https://elsewhere.example"):
            after = ids()
        self.assertEqual(sorted(after), sorted(before))

    def test_each_feed_has_an_id_of_its_own(self):
        ids = {self.read(name).feed.id for name in self.urls}
        self.assertEqual(len(ids), len(self.urls))

    def test_an_entry_has_one_id_in_every_feed(self):
        by_link = {}
        for name in self.urls:
            for entry in self.read(name).entries:
                by_link.setdefault(entry.link, set()).add(entry.id)
        self.assertEqual([ids for ids in by_link.values() if len(ids) > 1], [])


class WhatStaysHiddenTests(FeedCase):
    def all_links(self):
        return {link for name in self.urls for link in self.links(name)}

    def test_what_is_taken_down_vanishes_at_once_for_whatever_status(self):
        for status in set(PostStatus.values) - {PostStatus.VISIBLE}:
            for post, set_status in (
                (self.remark, posts.set_status),
                (self.counterpoint.post, counterpoints.set_status),
            ):
                url = post.get_absolute_url()
                with self.subTest(status=status, url=url):
                    self.assertIn(url, self.all_links())
                    set_status(post=post, status=status)
                    self.assertNotIn(url, self.all_links())
                    set_status(post=post, status=PostStatus.VISIBLE)

    def test_a_claim_takes_all_that_hangs_below_it_along(self):
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.REMOVED)
        self.assertEqual(self.client.get(self.urls.pop("claim")).status_code, 404)
        gone = {each.get_absolute_url() for each in (self.claim, self.counterpoint, self.answer)}
        self.assertEqual(self.all_links() & gone, set())

    def test_what_is_not_published_has_no_feed_and_is_in_none(self):
        for published_at in (None, timezone.now() + timedelta(days=1)):
            Essay.objects.filter(pk=self.essay.pk).update(published_at=published_at)
            for user in (None, make_editor()):
                self.client.logout()
                if user:
                    self.client.force_login(user)
                with self.subTest(published_at=published_at, user=user):
                    for name in ("essay", "discussion", "claim"):
                        self.assertEqual(self.client.get(self.urls[name]).status_code, 404)
                    for name in ("site", "tag", "member"):
                        self.assertEqual(self.read(name).entries, [])

    def test_a_retired_essay_is_listed_nowhere_and_has_a_feed_still(self):
        retire(by=make_editor(), essay=self.essay, reason="It was mended elsewhere.")
        for name in ("site", "tag", "member"):
            self.assertEqual(self.read(name).entries, [])
        self.assertEqual(len(self.read("essay").entries), 4)

    def test_what_never_was_has_no_feed(self):
        for url in (
            "/tags/none/feed.atom", "/essays/none/feed.atom", "/claims/999999999/feed.atom",
            "/claims/999999999999999999/feed.atom", "/members/none/feed.atom",
            "/essays/none/discussion/feed.atom", "/members/a%00b/feed.atom",
        ):  # fmt: skip
            with self.subTest(url=url):
                self.assertEqual(self.client.get(url).status_code, 404)

    def test_who_was_put_out_has_no_feed(self):
        self.writer.is_active = False
        self.writer.save()
        self.assertEqual(self.client.get(self.urls["member"]).status_code, 404)


class PagesTests(FeedCase):
    def follow(self, name):
        """All pages by their own links."""
        url, pages = self.urls[name], []
        while url:
            answer = self.client.get(url)
            feed = parsed(answer)
            pages.append([entry.link for entry in feed.entries])
            url = next((link.href for link in feed.feed.links if link.rel == "next"), None)
        return pages

    def test_every_entry_is_on_one_page_of_at_most_so_many(self):
        author = make_user("wordy")
        for number in range(SIZE + 4):
            make_comment(self.essay, author=author, source=f"Remark {number}.")
            make_counterpoint(self.claim, author=author, source=f"Point {number}.")
            essay = make_essay(f"Essay {number}")
            essay.tags.add("labour")
        self.urls["wordy"] = reverse("exchange:member-feed", args=["wordy"])
        for name, number in (
            ("discussion", SIZE + 6), ("claim", SIZE + 6), ("wordy", 2 * SIZE + 8),
            ("essay", SIZE + 4 + 4), ("site", SIZE + 6), ("tag", SIZE + 6),
        ):  # fmt: skip
            with self.subTest(name=name):
                pages = self.follow(name)
                self.assertEqual({len(page) for page in pages[:-1]}, {SIZE})
                links = [link for page in pages for link in page]
                self.assertEqual((len(links), len(set(links))), (number, number))

    def test_what_no_link_of_ours_says_is_the_first_page(self):
        for before in ("x", "~", "~~~", "-1", "1-1~1-1~1", "9" * 400, "%00"):
            for name in self.urls:
                with self.subTest(before=before, name=name):
                    self.assertEqual(
                        [e.link for e in self.read(name, f"?before={before}").entries],
                        [e.link for e in self.read(name).entries],
                    )

    def test_a_feed_costs_as_many_queries_whatever_is_in_it(self):
        costs = {"site": 7, "tag": 8, "essay": 6, "discussion": 4, "claim": 4, "member": 8}
        for size in (1, 6):
            for _ in range(size):
                make_comment(self.essay, author=self.writer, parent=self.remark)
                make_counterpoint(self.claim, author=self.writer, target=self.counterpoint)
                essay = make_essay(author=self.writer)
                essay.tags.add("labour", "tools")
                make_claim(essay, author=self.writer)
                revise(essay, "Nobody knew why.", "Few did.", by=make_editor())
            for name, queries in costs.items():
                with self.subTest(size=size, name=name), self.assertNumQueries(queries):
                    self.client.get(self.urls[name])
