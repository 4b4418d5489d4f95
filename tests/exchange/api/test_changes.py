"""Whoever follows the list of changes has a copy of what readers see, and of nothing else."""

from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.utils import timezone

from forum.counterpoints import actions as counterpoints
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.unmerging import merger_of, part_claims
from forum.exchange import change_list
from forum.exchange.change_triggers import drop_triggers, make_triggers
from forum.exchange.models import Change
from forum.posts import actions as posts
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.exchange.api.asking import ask, told
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)
from tests.revising import revise

KINDS = ("essay", "revision", "claim", "counterpoint", "post", "author")


class Mirror:
    """Follows the list by its own rule: the last word on each thing counts."""

    def __init__(self):
        self.url = "changes/?limit=3"
        self.things = {}
        self.heard = []

    def follow(self):
        """What was heard since the last time."""
        heard, more = [], True
        while more:
            page = told(self.url)
            heard += page["items"]
            self.url, more = page["next"], page["has_more"]
        for change in heard:
            key = change["kind"], change["id"]
            if change["is_gone"]:
                self.drop(change)
            else:
                self.things[key] = change["item"]
        self.heard += heard
        return [(change["kind"], change["act"]) for change in heard]

    def drop(self, change):
        kind = "counterpoint" if ("counterpoint", change["id"]) in self.things else change["kind"]
        gone = self.things.pop((kind, change["id"]), None)
        if gone and kind == "essay":
            self.drop_all(lambda each: each.get("essay") == gone["slug"])
        if gone and kind == "claim":
            self.drop_all(lambda each: each.get("thread") == gone["id"])

    def drop_all(self, hangs_on):
        claims = {
            key[1] for key, each in self.things.items() if hangs_on(each) and key[0] == "claim"
        }
        self.things = {
            key: each
            for key, each in self.things.items()
            if not hangs_on(each) and each.get("thread") not in claims
        }


class ChangesTests(TestCase):
    def setUp(self):
        self.writer = make_user("wren", display_name="Wren Oddfellow")
        self.essay = make_essay(slug="the-collar")
        self.claim = make_claim(self.essay, author=self.writer)
        self.objection = make_counterpoint(self.claim, author=self.writer, source="It is not so.")
        self.remark = make_comment(self.essay, author=self.writer, source="A remark.")
        self.mirror = Mirror()
        self.mirror.follow()

    def text_of(self, kind, number):
        return self.mirror.things[kind, number]["text"]

    def test_a_mirror_has_all_that_there_is(self):
        for kind, number in (
            ("essay", self.essay.pk), ("revision", self.essay.current_revision_id),
            ("claim", self.claim.pk), ("counterpoint", self.objection.pk),
            ("post", self.remark.pk),
        ):  # fmt: skip
            self.assertIn((kind, number), self.mirror.things)
        self.assertEqual(self.mirror.follow(), [])

    def test_what_it_has_is_what_the_api_tells(self):
        paths = {"essay": "essays/the-collar/", "claim": f"claims/{self.claim.pk}/",
                 "counterpoint": f"counterpoints/{self.objection.pk}/",
                 "post": f"posts/{self.remark.pk}/"}  # fmt: skip
        for (kind, number), item in self.mirror.things.items():
            if kind in paths:
                self.assertEqual(item, told(paths[kind]), (kind, number))

    def test_every_act_is_heard_once(self):
        posts.edit(by=self.writer, post=self.remark, source="A better remark.")
        self.assertEqual(self.mirror.follow(), [("post", "edited")])
        self.assertEqual(self.text_of("post", self.remark.pk), "A better remark.")
        posts.withdraw(by=self.writer, post=self.remark)
        self.assertEqual(self.mirror.follow(), [("post", "withdrawn")])
        self.assertIsNone(self.text_of("post", self.remark.pk))
        counterpoints.set_status(post=self.objection.post, status=PostStatus.HIDDEN)
        self.assertEqual(
            self.mirror.follow(), [("counterpoint", "hidden"), ("claim", "relabelled")]
        )
        self.assertEqual(
            self.mirror.things["claim", self.claim.pk]["standing"]["label"], "unchallenged"
        )
        counterpoints.set_status(post=self.objection.post, status=PostStatus.VISIBLE)
        self.assertIn(("counterpoint", "restored"), self.mirror.follow())
        self.assertEqual(self.text_of("counterpoint", self.objection.pk), "It is not so.")
        counterpoints.mark_key(by=make_editor(), claim=self.claim, is_key=True)
        self.assertEqual(self.mirror.follow(), [("claim", "edited")])

    def test_a_claim_is_gone_once_it_is_merged_and_there_again_once_it_is_parted(self):
        other, moderator = make_claim(self.claim.essay), make_moderator()
        self.mirror.follow()
        merge_claims(by=moderator, claim=other, into=self.claim)
        self.assertEqual(self.mirror.follow(), [("claim", "edited")])
        self.assertNotIn(("claim", other.pk), self.mirror.things)
        part_claims(by=moderator, merger=merger_of(other))
        self.assertEqual(self.mirror.follow(), [("claim", "edited")])
        self.assertEqual(self.mirror.things["claim", other.pk], told(f"claims/{other.pk}/"))

    def test_what_was_said_on_a_claim_goes_with_it_and_comes_back_with_it(self):
        stays, moderator = make_claim(self.claim.essay), make_moderator()
        merge_claims(by=moderator, claim=self.claim, into=stays)
        self.mirror.follow()
        self.assertEqual(self.mirror.things["counterpoint", self.objection.pk]["thread"], stays.pk)
        part_claims(by=moderator, merger=merger_of(self.claim))
        self.mirror.follow()
        for kind, path, number in (
            ("claim", "claims", self.claim.pk), ("claim", "claims", stays.pk),
            ("counterpoint", "counterpoints", self.objection.pk),
        ):  # fmt: skip
            self.assertEqual(self.mirror.things[kind, number], told(f"{path}/{number}/"))

    def test_a_vote_is_no_change_and_the_label_that_it_moves_is(self):
        answer = make_counterpoint(self.claim, target=self.objection)
        self.mirror.follow()
        cast_votes(self.remark, up=3)
        self.assertEqual(self.mirror.follow(), [])
        cast_votes(answer.post, up=8)
        self.claim.refresh_from_db()
        self.mirror.follow()
        self.assertEqual(
            self.mirror.things["claim", self.claim.pk]["standing"]["label"], self.claim.label
        )

    def test_a_revision_brings_every_passage_of_its_essay_with_its_place(self):
        revise(self.essay, "Nobody knew why.", "Nobody ever knew why.", by=make_editor())
        self.assertEqual(
            self.mirror.follow(), [("essay", "revised"), ("revision", "made"), ("claim", "moved")]
        )
        self.assertEqual(self.mirror.things["essay", self.essay.pk]["revision"], 2)
        self.assertEqual(self.mirror.things["claim", self.claim.pk]["passage"]["state"], "changed")

    def test_a_claim_that_is_taken_down_goes_and_comes_back_with_its_debate(self):
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.assertIn(("claim", "hidden"), self.mirror.follow())
        self.assertNotIn(("claim", self.claim.pk), self.mirror.things)
        self.assertNotIn(("counterpoint", self.objection.pk), self.mirror.things)
        Post.objects.filter(pk=self.objection.pk).update(source="Mended.", text="Mended.")
        self.assertEqual(self.mirror.follow(), [])
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.VISIBLE)
        self.mirror.follow()
        self.assertIn(("claim", self.claim.pk), self.mirror.things)
        self.assertEqual(self.text_of("counterpoint", self.objection.pk), "Mended.")

    def test_an_essay_that_is_taken_back_takes_all_with_it_and_brings_all_again(self):
        published = self.essay.published_at
        for away in (None, timezone.now() + timedelta(days=3)):
            self.essay.published_at = away
            self.essay.save()
            self.assertEqual(self.mirror.follow(), [("essay", "withdrawn")])
            for key in (("essay", self.essay.pk), ("claim", self.claim.pk),
                        ("counterpoint", self.objection.pk)):  # fmt: skip
                self.assertNotIn(key, self.mirror.things)
            self.essay.published_at = published
            self.essay.save()
            self.mirror.follow()
            for key in (("essay", self.essay.pk), ("claim", self.claim.pk),
                        ("counterpoint", self.objection.pk), ("post", self.remark.pk)):  # fmt: skip
                self.assertIn(key, self.mirror.things)

    def test_of_a_draft_nothing_is_said_until_its_hour(self):
        soon = timezone.now() + timedelta(seconds=30)
        draft = make_essay("Whispered", published=False)
        scheduled = make_essay("Whispered too", published_at=soon)
        draft.title = "Whispered again"
        draft.save()
        self.assertEqual(self.mirror.follow(), [])
        settled = change_list._settled()
        with patch.object(change_list, "_settled", return_value=settled + 60_000_000):
            heard = self.mirror.follow()
        self.assertEqual(heard, [("essay", "published"), ("revision", "made")])
        self.assertIn(("essay", scheduled.pk), self.mirror.things)
        self.assertNotIn("Whispered again", str(self.mirror.heard))

    def test_a_new_name_is_heard_and_a_name_that_is_gone(self):
        self.writer.refresh_from_db()
        self.writer.display_name = "Wren Evenfellow"
        self.writer.save()
        self.assertEqual(self.mirror.follow(), [("author", "edited")])
        self.assertEqual(self.mirror.things["author", self.writer.pk]["name"], "Wren Evenfellow")
        self.writer.is_active = False
        self.writer.save()
        self.mirror.follow()
        self.assertNotIn(("author", self.writer.pk), self.mirror.things)

    def test_whoever_only_reads_is_in_no_list(self):
        reader = make_user("quiet")
        reader.display_name = "A Quiet Reader"
        reader.save()
        self.assertEqual(self.mirror.follow(), [])

    def test_tags_titles_and_retirement_are_edits_of_the_essay(self):
        self.essay.tags.add("tools")
        self.essay.title = "Another title"
        self.essay.save()
        self.assertEqual(self.mirror.follow(), [("essay", "edited")] * 2)
        self.assertEqual(self.mirror.things["essay", self.essay.pk]["tags"], ["tools"])

    def test_what_is_deleted_is_gone(self):
        other = make_essay()
        self.mirror.follow()
        other.current_revision = None
        other.save()
        other.delete()
        self.assertIn(("essay", "deleted"), self.mirror.follow())
        self.assertNotIn(("essay", other.pk), self.mirror.things)

    def test_one_may_begin_at_a_moment_and_follow_from_there(self):
        page = told("changes/?since=2020-01-01T00:00:00Z&limit=200")
        self.assertEqual(len(page["items"]), len(self.mirror.heard))
        at = page["items"][-1]["at"]
        last = told(f"changes/?since={at}")
        self.assertEqual(last["items"][-1]["id"], page["items"][-1]["id"])
        self.assertLess(len(last["items"]), len(page["items"]))
        none = told("changes/?since=2100-01-01T00:00:00Z")
        self.assertEqual((none["items"], none["has_more"]), ([], False))
        self.assertEqual(ask(none["next"]).json()["items"], [])

    def test_equal_moments_are_told_in_pages_without_gap_or_repetition(self):
        Change.objects.update(moment=1_767_225_600_000_000)
        whole = told("changes/?limit=200")["items"]
        mirror = Mirror()
        mirror.follow()
        self.assertEqual(mirror.heard, whole)
        self.assertGreater(len(whole), 5)

    def test_no_text_and_no_name_lies_in_the_list_itself(self):
        columns = {field.name for field in Change._meta.fields}
        self.assertEqual(columns, {"id", "moment", "kind", "object_id", "act"})


class TriggerTests(TestCase):
    def test_making_them_twice_changes_nothing_and_they_come_back_when_dropped(self):
        essay = make_essay()
        make_triggers(using="default")
        drop_triggers(using="default", plan=[])
        before = Change.objects.count()
        essay.title = "Another"
        essay.save()
        self.assertEqual(Change.objects.count(), before + 1)
