"""How a moderator moves a post, page by page."""

from django.urls import reverse
from django.utils.html import strip_tags

from forum.moderation import actions, destinations
from forum.moderation.models import LogEntry
from forum.posts.models import Thread
from tests.factories import (
    make_comment,
    make_counterpoint,
    make_essay,
    sent,
)
from tests.moderation.builders import REASON, decide, make_case
from tests.moderation.relocating import RelocationCase


class PageTests(RelocationCase):
    def setUp(self):
        self.client.force_login(self.moderator)
        self.url = reverse("moderation:relocation", args=[self.top.pk])

    def fields(self, **fields):
        return sent(**({"to": f"/claims/{self.there.pk}/", "rule": "1", "reason": REASON} | fields))

    def test_moderators_are_led_there_and_others_are_refused(self):
        report = reverse("moderation:report", args=[self.top.pk])
        case = make_case(self.top.post, held_by=self.moderator)
        for url in (report, case.get_absolute_url()):
            self.assertContains(self.client.get(url), self.url)
        self.client.force_login(self.replier)
        self.assertNotContains(self.client.get(report), self.url)
        for answer in (self.client.get(self.url), self.client.post(self.url, self.fields())):
            self.assertEqual(answer.status_code, 403)
        self.client.logout()
        self.assertIn("/accounts/login/", self.client.get(self.url)["Location"])

    def test_nobody_is_led_to_move_what_is_not_moved(self):
        opening = self.here.opening.pk
        page = self.client.get(reverse("moderation:report", args=[opening]))
        self.assertContains(page, "Open a case")
        url = reverse("moderation:relocation", args=[opening])
        self.assertNotContains(page, url)
        self.assertContains(self.client.get(url), "A claim is not moved", status_code=403)

    def test_first_it_is_chosen_where_to_by_words_if_need_be(self):
        page = self.client.get(self.url)
        self.assertContains(page, "with 2 posts in all")
        self.assertContains(page, "?to=/claims/")
        self.assertContains(self.client.get(self.url, {"to": "cheap"}), "It was cheap.")
        page = self.client.get(self.url, {"to": "buckwheat"})
        self.assertContains(page, "Nothing that everybody can read is meant by that.")
        self.assertNotContains(page, "Or split it off")
        nested = reverse("moderation:relocation", args=[self.reply.pk])
        self.assertContains(self.client.get(nested), "Or split it off")

    def test_then_it_is_shown_what_would_change_and_nothing_does_yet(self):
        page = self.client.get(self.url, {"to": "2"})
        self.assertContains(page, "Move it to claim 2 of The Collar?")
        self.assertContains(page, "<dt>Posts that go</dt><dd>2</dd>")
        said = " ".join(strip_tags(page.content.decode()).split())
        self.assertIn("There, claim 2 will be Stands now unchallenged", said)
        self.assertIn("Here, claim 1 will be Unchallenged now stands", said)
        self.assertEqual(self.thread_of(), self.here.pk)

    def test_why_not_is_said_instead_of_a_form(self):
        page = self.client.get(self.url, {"to": f"/posts/{self.reply.pk}/"})
        self.assertContains(page, "A branch is not moved into itself.")
        self.assertNotContains(page, "Your decision")

    def test_sent_twice_it_is_moved_once_and_leads_to_the_post(self):
        data = self.fields()
        for _ in range(2):
            answer = self.client.post(self.url, data)
            self.assertRedirects(answer, self.top.get_absolute_url(), fetch_redirect_response=False)
        self.assertEqual(LogEntry.objects.count(), 1)

    def test_without_a_reason_nothing_happens_and_nothing_typed_is_lost(self):
        page = self.client.post(self.url, self.fields(reason="Stray"))
        self.assertContains(page, "Say in a sentence why", status_code=422)
        self.assertContains(page, ">\nStray</textarea>", status_code=422)
        self.assertEqual(self.thread_of(), self.here.pk)

    def test_a_refusal_meanwhile_is_said_in_the_form(self):
        actions.claim_case(moderator=self.other, case=make_case(self.top.post))
        page = self.client.post(self.url, self.fields())
        self.assertContains(page, "Another moderator holds this case", status_code=422)

    def test_the_case_that_it_decided_says_from_where_to_where(self):
        for asked, post, origin, to in (
            ("2", self.top, "claim 1 of The Collar", "claim 2 of The Collar"),
            (destinations.ALONE, self.reply, f"post {self.top.pk} in claim 2 of The Collar",
             "a branch of its own"),
        ):  # fmt: skip
            with self.subTest(asked):
                page = self.client.get(self.move(asked, post).case.get_absolute_url())
                said = " ".join(strip_tags(page.content.decode()).split())
                self.assertIn(f"From{origin} To{to} Posts that went", said)

    def test_a_case_that_moved_nothing_says_nothing_of_places(self):
        decision = decide(make_case(self.top.post), "hide", moderator=self.moderator)
        page = self.client.get(decision.case.get_absolute_url())
        self.assertNotContains(page, "Posts that went")

    def test_queries_do_not_grow_with_the_branch(self):
        for size in (1, 12):
            for _ in range(size):
                make_counterpoint(self.here, target=self.top)
            with self.subTest(size=size), self.assertNumQueries(11):
                self.client.get(self.url, {"to": "2"})

    def test_a_remark_is_moved_by_the_same_pages(self):
        remark = make_comment(self.essay, source="A remark on oats.")
        make_essay("Oats", slug="oats")
        url = reverse("moderation:relocation", args=[remark.pk])
        self.assertContains(self.client.get(url), "The address of another essay")
        self.assertContains(
            self.client.get(url, {"to": "/essays/oats/"}), "Move it to the discussion"
        )
        self.client.post(url, self.fields(to="/essays/oats/discussion/"))
        self.assertEqual(Thread.objects.get(pk=self.thread_of(remark)).essay.slug, "oats")
