"""A moderator parts two claims that were merged: looked at, confirmed, logged; both stand again."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from forum.counterpoints.models import Claim, Counterpoint, Merger
from forum.counterpoints.unmerging import merger_of
from forum.lib.house import House, keep
from forum.lib.verdict import Refused
from forum.moderation import log, permissions
from forum.moderation.models import LogEntry
from forum.moderation.parting import part_claims
from forum.notifications.delivery import deliver
from forum.notifications.models import Happening, Notice
from tests.factories import make_claim, make_counterpoint, make_user, sent
from tests.moderation.builders import REASON, rule
from tests.moderation.test_merger import MergerCase

WHY = "One speaks of the cause, the other of who knew it."


class PartingCase(MergerCase):
    def setUp(self):
        super().setUp()
        self.merge()
        self.url = reverse("moderation:parting", args=[self.goes.pk])

    def fields(self, **fields):
        return super().fields(**fields)

    def part(self, **fields):
        return self.client.post(self.url, sent(**({"rule": "2", "reason": WHY} | fields)))

    def merge_again(self):
        Notice.objects.all().delete()
        self.client.post(reverse("moderation:merger", args=[self.goes.pk]), self.fields())

    def is_merged(self):
        return Claim.objects.get(pk=self.goes.pk).merged_into is not None


class LookingTests(PartingCase):
    def test_moderators_are_led_there_from_the_claim_and_others_are_not(self):
        page = self.client.get(self.stays.get_absolute_url())
        self.assertContains(page, f'href="{self.url}"')
        for user in (self.member, None):
            self.client.logout()
            if user:
                self.client.force_login(user)
            self.assertNotContains(self.client.get(self.stays.get_absolute_url()), self.url)

    def test_and_from_the_line_of_the_log_for_as_long_as_they_are_merged(self):
        url = reverse("moderation:log")
        self.assertContains(self.client.get(url), f'href="{self.url}"')
        self.client.force_login(self.member)
        self.assertNotContains(self.client.get(url), self.url)
        self.client.force_login(self.moderator)
        self.part()
        self.assertNotContains(self.client.get(url), self.url)

    def test_the_log_asks_once_however_many_mergers_it_tells(self):
        url = reverse("moderation:log")
        for size in (1, 6):
            for _ in range(size):
                other = make_claim(self.essay)
                self.client.post(reverse("moderation:merger", args=[other.pk]), self.fields())
            with self.subTest(size=size), self.assertNumQueries(7):
                self.client.get(url)

    def test_others_see_nothing_of_it_and_part_nothing(self):
        self.client.force_login(self.member)
        for answer in (self.client.get(self.url), self.part()):
            self.assertEqual(answer.status_code, 403)
        self.client.logout()
        self.assertIn("/accounts/login/", self.client.get(self.url)["Location"])
        self.assertTrue(self.is_merged())

    def test_a_member_does_not_learn_which_claims_there_are(self):
        self.client.force_login(self.member)
        url = reverse("moderation:parting", args=[999_999])
        self.assertEqual(self.client.get(url).status_code, 403)

    def test_what_would_go_back_is_shown_and_nothing_does_yet(self):
        objection = Counterpoint.objects.select_related("post__thread__essay").get()
        claim = Claim.objects.get(pk=self.stays.pk)
        make_counterpoint(claim, target=objection)
        page = self.client.get(self.url)
        said = " ".join(strip_tags(page.content.decode()).split())
        for words in (
            "Part claim 2 from claim 1?", "No one knew the cause.", "Marked by Hester Vane",
            "Posts in all2", "Written since they were merged1", "Claim 1 stays Unchallenged now",
        ):  # fmt: skip
            self.assertIn(words, said)
        self.assertTrue(self.is_merged())

    def test_why_two_cannot_be_parted_is_said_instead_of_a_form(self):
        third = make_claim(self.essay)
        url = reverse("moderation:merger", args=[self.stays.pk])
        self.client.post(url, self.fields(into=str(third.pk)))
        page = self.client.get(self.url)
        self.assertContains(page, "Claim 1 has become part of claim 3 itself")
        self.assertNotContains(page, "Part them</button>")

    def test_what_became_impossible_meanwhile_says_why_and_what_was_typed_stays(self):
        third = make_claim(self.essay)
        url = reverse("moderation:merger", args=[self.stays.pk])
        self.client.post(url, self.fields(into=str(third.pk)))
        page = self.part()
        for words in ("Claim 1 has become part of claim 3 itself", WHY):
            self.assertContains(page, words, status_code=422)
        self.assertTrue(self.is_merged())

    def test_of_what_was_merged_before_that_was_written_down_the_page_says_so(self):
        Merger.objects.all().delete()
        page = self.client.get(self.url)
        self.assertContains(page, "before it was written down which posts came with which claim")
        self.assertNotContains(page, "Part them</button>")
        self.assertEqual(self.part().status_code, 403)
        self.assertTrue(self.is_merged())

    def test_what_was_never_merged_is_not_there(self):
        for claim in (self.stays, make_claim()):
            url = reverse("moderation:parting", args=[claim.pk])
            self.assertEqual(self.client.get(url).status_code, 404)


class PartedTests(PartingCase):
    def test_sent_twice_it_happens_once_and_leads_to_the_claim(self):
        data = sent(rule="2", reason=WHY)
        for _ in range(2):
            answer = self.client.post(self.url, data)
            self.assertRedirects(answer, self.goes.get_absolute_url())
        self.assertEqual(LogEntry.objects.filter(kind="part").count(), 1)
        self.assertContains(self.client.get(self.url), "They have been parted already.")

    def test_nothing_happens_without_a_rule_and_a_reason_and_what_was_typed_stays(self):
        for wrong, words in (
            ({"reason": "Two"}, "Say in a sentence why"), ({"rule": ""}, WHY),
        ):  # fmt: skip
            self.assertContains(self.part(**wrong), words, status_code=422)
        self.assertTrue(self.is_merged())

    def test_the_log_says_it_and_both_lines_lead_to_each_other(self):
        self.part()
        merged, parted = LogEntry.objects.order_by("number")
        self.assertEqual((parted.kind, parted.reason, parted.rule_number), ("part", WHY, 2))
        self.assertEqual(parted.subject, "Claim 2 of The Collar, from claim 1")
        self.assertEqual(parted.subject_url, self.goes.get_absolute_url())
        self.assertEqual(parted.about_number, merged.number)
        self.assertIsNone(log.first_broken())
        page = self.client.get(reverse("moderation:log"))
        self.assertContains(page, "Parted again", count=2)
        back = f'Takes back <a href="{merged.get_absolute_url()}">No. 1</a>'
        self.assertContains(page, back.replace("&", "&amp;"))
        there = f'Taken back: <a href="{parted.get_absolute_url()}">No. 2</a>'
        self.assertContains(page, there.replace("&", "&amp;"))

    def test_the_log_is_narrowed_to_it(self):
        self.part()
        page = self.client.get(reverse("moderation:log"), {"outcome": "part"})
        self.assertContains(page, "from claim 1")
        self.assertNotContains(page, "into claim 1")

    def test_whoever_marked_the_claims_is_told(self):
        self.part()
        for marker in (self.goes.opening.author, self.stays.opening.author):
            notice = Notice.objects.filter(recipient=marker, kind="decided").latest("pk")
            said = "Claim 2 of The Collar was parted again from claim 1."
            self.assertIn(said, notice.sentence)
            self.assertEqual(notice.excerpt, WHY)

    def test_taken_back_in_time_nobody_is_told_of_either(self):
        self.part()
        keep(House(undo_minutes=10))
        self.merge_again()
        self.assertFalse(Notice.objects.exists())
        self.part()
        deliver(now=timezone.now() + timedelta(minutes=11))
        self.assertFalse(Notice.objects.filter(kind="decided").exists())
        self.assertEqual(LogEntry.objects.filter(kind__in=["merge", "part"]).count(), 4)

    def test_where_one_was_told_already_both_are_told_of_the_parting(self):
        self.part()
        keep(House(undo_minutes=10))
        self.merge_again()
        told = self.goes.opening.author
        self.assertEqual(
            Happening.objects.filter(recipient=told, key__startswith="log:").update(
                done_at=timezone.now()
            ),
            1,
        )
        self.part()
        deliver(now=timezone.now() + timedelta(minutes=11))
        said = Notice.objects.filter(kind="decided").values_list("sentence", flat=True)
        self.assertEqual(["was parted again" in each for each in said], [True, True])

    def test_told_of_the_merger_they_are_told_of_the_parting_when_that_is_final(self):
        self.part()
        keep(House(undo_minutes=10))
        self.merge_again()
        deliver(now=timezone.now() + timedelta(minutes=11))
        said = Notice.objects.filter(kind="decided").values_list("sentence", flat=True)
        self.assertEqual(["became part" in each for each in said], [True, True])
        self.part()
        self.assertEqual(Notice.objects.filter(kind="decided").count(), 2)
        deliver(now=timezone.now() + timedelta(minutes=22))
        self.assertEqual(Notice.objects.filter(kind="decided").count(), 4)

    def test_both_are_read_as_before_by_everybody(self):
        self.part()
        for user in (None, self.member):
            self.client.logout()
            if user:
                self.client.force_login(user)
            page = self.client.get(self.goes.get_absolute_url())
            self.assertContains(page, "No one knew the cause.")
            self.assertContains(page, "The saddlers knew.")
            page = self.client.get(self.stays.get_absolute_url())
            for gone in ("Also stated as", "The saddlers knew."):
                self.assertNotContains(page, gone)

    def test_pages_that_visitors_were_shown_of_the_merged_claim_are_made_anew(self):
        self.client.logout()
        addresses = [self.stays.get_absolute_url(), self.essay.get_absolute_url()]
        addresses.append(reverse("counterpoints:claims", args=[self.essay.slug]))
        before = [self.client.get(address).content.decode() for address in addresses]
        self.client.force_login(self.moderator)
        self.part()
        self.client.logout()
        after = [self.client.get(address).content.decode() for address in addresses]
        self.assertNotIn("Also stated as", after[0])
        for was, became in zip(before[1:], after[1:], strict=True):
            self.assertNotIn(self.goes.get_absolute_url(), was)
            self.assertIn(self.goes.get_absolute_url(), became)

    def test_merged_and_parted_once_more_each_line_leads_to_its_own(self):
        self.part()
        self.client.post(reverse("moderation:merger", args=[self.goes.pk]), self.fields())
        self.part()
        about = list(LogEntry.objects.order_by("number").values_list("kind", "about_number"))
        self.assertEqual(about, [("merge", None), ("part", 1), ("merge", None), ("part", 3)])


class RefusalTests(PartingCase):
    def test_a_member_parts_no_claims(self):
        for user, words in ((self.member, "Only moderators"), (AnonymousUser(), "Log in")):
            with self.assertRaisesMessage(Refused, words):
                part_claims(moderator=user, merger=merger_of(self.goes), rule=rule(), reason=REASON)

    def test_whoever_marked_one_of_them_leaves_it_to_another_moderator(self):
        for claim in (self.goes, self.stays):
            author = claim.opening.author
            author.is_moderator = True
            verdict = permissions.can_part(author, merger_of(self.goes))
            self.assertIn("another moderator decides", verdict.reason)

    def test_a_stranger_to_the_essay_is_told_the_same(self):
        self.assertFalse(permissions.can_part(make_user(), merger_of(self.goes)))
