"""A moderator merges two claims: chosen, looked at, confirmed, logged; old addresses lead on."""

from django.test import TestCase
from django.urls import reverse
from django.utils.html import strip_tags

from forum.counterpoints.models import Claim, Stance
from forum.moderation.models import LogEntry
from forum.notifications.models import Notice
from tests.counterpoints.test_linking import confirmed
from tests.factories import (
    make_claim,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
    sent,
)
from tests.world.words import HOSTILE

WHY = "Both say that the cause was unknown."


class MergerCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar")
        cls.moderator, cls.member = make_moderator(), make_user()
        cls.stays = make_claim(cls.essay, statement="Nobody knew why.")
        cls.goes = make_claim(
            cls.essay, "It was cheap", statement="No one knew the cause.",
            author=make_user("marker", display_name="Hester Vane"),
        )  # fmt: skip
        cls.objection = make_counterpoint(cls.goes, author=cls.member, source="The saddlers knew.")

    def setUp(self):
        self.client.force_login(self.moderator)
        self.url = reverse("moderation:merger", args=[self.goes.pk])

    def fields(self, **fields):
        said = {"into": str(self.stays.pk), "rule": "1", "reason": WHY, "is_sure": "on"}
        return sent(**(said | fields))

    def merge(self):
        return self.client.post(self.url, self.fields())


class ChoosingTests(MergerCase):
    def test_moderators_are_led_there_from_the_claim_and_others_are_not(self):
        self.assertContains(self.client.get(self.goes.get_absolute_url()), self.url)
        self.client.force_login(self.member)
        self.assertNotContains(self.client.get(self.goes.get_absolute_url()), self.url)
        for answer in (self.client.get(self.url), self.merge()):
            self.assertEqual(answer.status_code, 403)
        self.client.logout()
        self.assertIn("/accounts/login/", self.client.get(self.url)["Location"])

    def test_the_essays_other_claims_are_offered_those_found_alike_first(self):
        alike = make_claim(self.essay, "Everybody blamed the horse.", statement="All blamed it.")
        elsewhere = make_claim(statement="Of another essay.")
        confirmed(self.goes, alike)
        page = self.client.get(self.url)
        self.assertContains(page, "Members found that both make the same point", count=1)
        self.assertNotContains(page, elsewhere.statement)
        text = page.content.decode()
        self.assertLess(text.index("All blamed it."), text.index("Nobody knew why."))

    def test_one_is_found_by_its_words_or_its_number(self):
        for asked, is_found in (("knew why", True), ("1", True), ("buckwheat", False)):
            page = self.client.get(self.url, {"q": asked})
            self.assertEqual(f'id="into-{self.stays.pk}"' in page.content.decode(), is_found)

    def test_what_would_change_is_shown_and_nothing_does_yet(self):
        page = self.client.get(self.url, {"into": self.stays.pk})
        self.assertContains(page, "Merge claim 2 into claim 1?")
        self.assertContains(page, "They can be parted again")
        self.assertContains(page, "<dt>Posts in all</dt><dd>1</dd>")
        said = " ".join(strip_tags(page.content.decode()).split())
        self.assertIn("Claim 1 will be Unanswered now unchallenged", said)
        self.assertIsNone(Claim.objects.get(pk=self.goes.pk).merged_into)

    def test_why_two_cannot_be_merged_is_said_instead_of_a_form(self):
        page = self.client.get(self.url, {"into": self.goes.pk})
        self.assertContains(page, "A claim is not merged into itself.")
        self.assertNotContains(page, "Merge them")
        other = make_claim()
        page = self.client.get(self.url, {"into": other.pk})
        self.assertEqual(page.status_code, 404)

    def test_queries_do_not_grow_with_the_claims_to_choose_from(self):
        for size in (1, 20):
            for _ in range(size):
                confirmed(make_claim(self.essay), self.goes)
            with self.subTest(size=size), self.assertNumQueries(5):
                self.client.get(self.url)


class MergedTests(MergerCase):
    def test_sent_twice_it_happens_once_and_leads_to_the_claim(self):
        data = self.fields()
        for _ in range(2):
            self.assertRedirects(self.client.post(self.url, data), self.stays.get_absolute_url())
        self.assertEqual(LogEntry.objects.count(), 1)

    def test_nothing_happens_without_a_reason_or_unless_they_are_sure(self):
        for wrong, words in (
            ({"reason": "Same"}, "Say in a sentence why"), ({"is_sure": ""}, "you have read both"),
        ):  # fmt: skip
            page = self.client.post(self.url, self.fields(**wrong))
            self.assertContains(page, words, status_code=422)
        self.assertIsNone(Claim.objects.get(pk=self.goes.pk).merged_into)

    def test_the_log_says_it_and_whoever_marked_the_claims_is_told(self):
        self.merge()
        entry = LogEntry.objects.get()
        self.assertEqual((entry.kind, entry.reason), ("merge", WHY))
        self.assertEqual(entry.subject, "Claim 2 of The Collar, into claim 1")
        self.assertEqual(entry.subject_url, self.stays.get_absolute_url())
        for marker in (self.goes.opening.author, self.stays.opening.author):
            notice = Notice.objects.get(recipient=marker, kind="decided")
            self.assertIn("Claim 2 of The Collar became part of claim 1.", notice.sentence)

    def test_the_old_address_leads_to_the_claim_with_what_it_asked_for_while_it_is_part_of_it(self):
        self.merge()
        for user in (None, self.member, self.goes.opening.author, self.moderator):
            self.client.logout()
            if user is not None:
                self.client.force_login(user)
            for query in ("", f"?context={self.objection.pk}"):
                answer = self.client.get(self.goes.get_absolute_url() + query)
                self.assertRedirects(answer, self.stays.get_absolute_url() + query, status_code=302)

    def test_a_kept_page_of_the_old_claim_leads_on_at_once(self):
        self.client.logout()
        self.assertEqual(self.client.get(self.goes.get_absolute_url()).status_code, 200)
        self.client.force_login(self.moderator)
        self.merge()
        self.client.logout()
        self.assertEqual(self.client.get(self.goes.get_absolute_url()).status_code, 302)

    def test_from_an_old_page_of_it_nobody_takes_a_side_on_what_says_something_else(self):
        self.merge()
        self.client.force_login(self.member)
        url = reverse("counterpoints:stance", args=[self.goes.pk])
        self.assertEqual(self.client.post(url, sent(side="agree")).status_code, 404)
        self.assertFalse(Stance.objects.exists())

    def test_posts_are_found_at_their_own_addresses(self):
        self.merge()
        answer = self.client.get(self.objection.get_absolute_url())
        self.assertIn(self.stays.get_absolute_url(), answer["Location"])
        opening = self.client.get(self.goes.opening.get_absolute_url(), follow=True)
        self.assertContains(opening, "Also stated as")

    def test_the_claim_tells_how_it_was_also_stated_by_whom_and_about_which_words(self):
        self.merge()
        self.client.logout()
        page = self.client.get(self.stays.get_absolute_url())
        for words in ("Also stated as", "No one knew the cause.", "Hester Vane", "“It was cheap”"):
            self.assertContains(page, words)
        self.assertContains(page, "The saddlers knew.")

    def test_an_answer_begun_on_the_old_claim_goes_to_the_one_that_stays(self):
        self.merge()
        url = reverse("counterpoints:answer-claim", args=[self.goes.pk])
        self.client.force_login(self.member)
        self.assertContains(self.client.get(url), "Nobody knew why.")
        data = sent(relation="supports", restatement="", source=f"So it is. {HOSTILE}")
        self.client.post(url, data)
        self.assertEqual(self.stays.counterpoints.count(), 2)

    def test_lists_of_the_essays_claims_name_it_no_more(self):
        self.merge()
        self.client.logout()
        slug = [self.essay.slug]
        for url in (
            reverse("essay", args=slug), reverse("counterpoints:claims", args=slug),
            reverse("counterpoints:map", args=slug), reverse("home"),
        ):  # fmt: skip
            with self.subTest(url):
                self.assertNotContains(self.client.get(url), "No one knew the cause.")
        self.essay.refresh_from_db()
        self.assertEqual((self.essay.claim_count, self.essay.open_count), (1, 1))
