"""What the read API tells: what a stranger may read of the site, and nothing else."""

from datetime import timedelta

from django.test import TestCase, override_settings
from django.utils import timezone

from forum.counterpoints import actions as counterpoints
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from tests.exchange.api.asking import ask, pages, told
from tests.factories import (
    SOURCE,
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)
from tests.revising import revise

HOSTILE = "=cmd \"]]>' </script> שלום 👩‍🌾"


class ReadingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.writer = make_user("wren", display_name="Wren Oddfellow")
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.essay.tags.add("tools", "feudalism")
        cls.claim = make_claim(cls.essay, author=cls.writer)
        cls.objection = make_counterpoint(
            cls.claim, author=cls.writer, source=HOSTILE, restatement="Nobody had found out."
        )
        cls.answer = make_counterpoint(cls.claim, "undercuts", target=cls.objection)
        cast_votes(cls.objection.post, up=3, down=1)
        cls.remark = make_comment(cls.essay, author=cls.writer, source="A remark.")

    def test_an_essay_is_told_with_its_tags_and_totals(self):
        (one,) = told("essays/")["items"]
        self.assertEqual(told("essays/the-collar/"), one)
        self.assertEqual((one["slug"], one["tags"]), ("the-collar", ["feudalism", "tools"]))
        self.assertEqual(
            (one["claim_count"], one["counterpoint_count"], one["revision"]), (1, 2, 1)
        )
        self.assertEqual(one["url"], "http://testserver/essays/the-collar/")

    def test_revisions_come_without_texts_and_one_comes_with_it(self):
        revise(self.essay, "Nobody knew why.", "Few knew why.", by=make_editor(), note="Fewer.")
        first, second = told("essays/the-collar/revisions/")["items"]
        self.assertEqual((first["number"], second["number"], second["note"]), (1, 2, "Fewer."))
        self.assertNotIn("text", second)
        whole = told("essays/the-collar/revisions/2/")
        self.assertIn("Few knew why.", whole["text"])
        self.assertIn("rights remain", whole["licence"])

    def test_sentences_have_their_places_and_their_own_pages(self):
        text = told("essays/the-collar/revisions/1/")["text"]
        found = pages("essays/the-collar/revisions/1/sentences/", 2)
        self.assertEqual([each["text"] for each in found][:2], [
            "The horse choked before the collar came.", "Nobody knew why.",
        ])  # fmt: skip
        for each in found:
            self.assertEqual(text[each["start"] : each["end"]], each["text"])
            self.assertEqual(ask(each["url"]).status_code, 200)
        self.assertEqual(len(found), len({(e["paragraph"], e["sentence"]) for e in found}))
        self.assertEqual(len(found), SOURCE.count("."))

    def test_a_claim_is_told_with_its_passage_its_standing_and_the_post_that_decides(self):
        (one,) = told("essays/the-collar/claims/")["items"]
        self.assertEqual(told(f"claims/{self.claim.pk}/"), one)
        self.assertEqual(one["statement"], "Nobody knew why the horse choked.")
        self.assertEqual(one["passage"]["exact"], "Nobody knew why.")
        start, end = one["passage"]["start"], one["passage"]["end"]
        self.assertEqual(self.essay.current_revision.text[start:end], "Nobody knew why.")
        self.claim.refresh_from_db()
        standing = one["standing"]
        self.assertEqual(standing["label"], self.claim.label)
        self.assertEqual(standing["decided_by"]["id"], self.claim.decided_by_id)
        self.assertEqual(ask(standing["decided_by"]["url"]).status_code, 302)
        self.assertEqual(one["marked_by"]["name"], "Wren Oddfellow")
        self.assertEqual(one["marked_by"]["url"], "http://testserver/members/wren/")

    def test_claims_are_asked_for_by_their_standing(self):
        self.claim.refresh_from_db()
        path = "essays/the-collar/claims/?standing="
        self.assertEqual(len(told(path + self.claim.label)["items"]), 1)
        self.assertEqual(told(path + "conceded")["items"], [])
        self.assertIn("standing", ask(path + "true").json()["detail"])

    def test_how_a_claim_stood_is_told_label_by_label(self):
        found = told(f"claims/{self.claim.pk}/standings/")["items"]
        wanted = self.claim.label_changes.order_by("pk").values_list("label", "decided_by")
        self.assertEqual(
            [(each["label"], (each["decided_by"] or {}).get("id")) for each in found], list(wanted)
        )
        self.assertEqual((found[0]["label"], found[0]["cause"]), ("unchallenged", None))
        self.assertEqual(
            (found[1]["cause"], found[1]["moved_by"]["id"]), ("posted", self.objection.pk)
        )

    def test_a_counterpoint_says_what_it_answers_and_what_it_weighs(self):
        first, second = told(f"claims/{self.claim.pk}/counterpoints/")["items"]
        self.assertEqual(told(f"counterpoints/{self.objection.pk}/"), first)
        self.assertEqual((first["text"], first["up"], first["down"]), (HOSTILE, 3, 1))
        self.assertEqual((first["relation"], first["target"]), ("rebuts", None))
        self.assertEqual(first["restatement"], "Nobody had found out.")
        self.assertEqual((second["relation"], second["target"]), ("undercuts", first["id"]))
        self.objection.refresh_from_db()
        self.assertEqual(first["strength"], self.objection.strength)

    def test_threads_and_their_posts_are_told_and_a_claim_s_opening_is_no_post(self):
        found = {each["kind"]: each for each in told("essays/the-collar/threads/")["items"]}
        self.assertEqual(found["claim"]["id"], self.claim.pk)
        (remark,) = told(f"threads/{found['discussion']['id']}/posts/")["items"]
        self.assertEqual(told(f"posts/{remark['id']}/"), remark)
        self.assertEqual(
            (remark["text"], remark["author"]["name"]), ("A remark.", "Wren Oddfellow")
        )
        self.assertEqual(told(f"threads/{self.claim.pk}/"), found["claim"])
        below = told(f"threads/{self.claim.pk}/posts/")["items"]
        self.assertEqual([each["id"] for each in below], [self.objection.pk, self.answer.pk])
        self.assertEqual(ask(f"posts/{self.claim.opening_id}/").status_code, 404)

    def test_what_was_taken_down_or_back_keeps_its_place_and_says_nothing(self):
        counterpoints.set_status(post=self.objection.post, status=PostStatus.HIDDEN)
        posts.withdraw(by=self.writer, post=self.remark)
        first, second = told(f"claims/{self.claim.pk}/counterpoints/")["items"]
        self.assertEqual((first["status"], second["target"]), ("hidden", first["id"]))
        told_of = ("text", "author", "up", "down", "restatement", "strength", "effect", "edited_at")
        self.assertEqual({first[name] for name in told_of}, {None})
        remark = told(f"posts/{self.remark.pk}/")
        self.assertEqual((remark["status"], remark["text"], remark["author"]),
                         ("withdrawn", None, None))  # fmt: skip

    def test_a_claim_that_was_taken_down_is_nowhere_nor_what_hangs_below_it(self):
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.REMOVED)
        self.assertEqual(told("essays/the-collar/claims/")["items"], [])
        self.assertEqual(len(told("essays/the-collar/threads/")["items"]), 1)
        for path in (
            f"claims/{self.claim.pk}/", f"claims/{self.claim.pk}/standings/",
            f"claims/{self.claim.pk}/counterpoints/", f"counterpoints/{self.objection.pk}/",
            f"threads/{self.claim.pk}/", f"threads/{self.claim.pk}/posts/",
            f"posts/{self.answer.pk}/",
        ):  # fmt: skip
            with self.subTest(path):
                self.assertEqual(ask(path).status_code, 404)

    def test_no_draft_is_told_of_not_to_editors_either(self):
        later = timezone.now() + timedelta(days=1)
        make_essay("Whispered", slug="draft", published=False)
        make_essay("Whispered", slug="later", published_at=later)
        self.assertEqual(len(told("essays/")["items"]), 1)
        for slug in ("draft", "later"):
            for path in (
                "", "revisions/", "revisions/1/", "revisions/1/sentences/", "claims/", "threads/",
            ):  # fmt: skip
                with self.subTest(slug, path=path):
                    self.assertEqual(ask(f"essays/{slug}/{path}").status_code, 404)

    def test_whoever_has_left_has_no_name(self):
        self.writer.is_active = False
        self.writer.save()
        self.assertIsNone(told(f"posts/{self.remark.pk}/")["author"])
        self.assertIsNone(told(f"claims/{self.claim.pk}/")["marked_by"])

    def test_lists_are_whole_in_pages_of_any_size(self):
        for number in range(6):
            make_comment(self.essay, source=f"Remark {number}.")
        thread = self.remark.thread_id
        whole = told(f"threads/{thread}/posts/")["items"]
        for limit in (1, 3, 7, 200):
            self.assertEqual(pages(f"threads/{thread}/posts/", limit), whole)

    @override_settings(CONTENT_LICENCE="CC BY 4.0")
    def test_every_page_says_its_licence(self):
        self.assertEqual(told("essays/")["licence"], "CC BY 4.0")
        self.assertEqual(told("changes/")["licence"], "CC BY 4.0")


class RefusalTests(TestCase):
    def refusal(self, path, status):
        response = ask(path)
        self.assertEqual(response.status_code, status)
        self.assertEqual(response.headers["Content-Type"], "application/problem+json")
        self.assertEqual(response.json()["status"], status)
        return response.json()["detail"]

    def test_what_is_not_there_is_refused_in_the_same_form(self):
        for path in (
            "essays/none/", "claims/1/", "posts/99/", "nonsense", "essays", "claims/x/",
            f"claims/{10**17}/", f"posts/{10**30}/", "essays/none/revisions/1/",
        ):  # fmt: skip
            with self.subTest(path):
                self.assertIn("nothing here", self.refusal(path, 404))

    def test_values_that_cannot_be_are_named(self):
        for asked, word in (
            ("essays/?limit=0", "limit"), ("essays/?limit=201", "limit"),
            ("essays/?limit=many", "limit"), ("essays/?after=nonsense", "after"),
            ("essays/?after=1%00", "after"), ("changes/?since=yesterday", "since"),
            ("changes/?after=9", "after"),
        ):  # fmt: skip
            with self.subTest(asked):
                self.assertIn(f"“{word}”", self.refusal(asked, 400))
