"""Links as pages show them: on both claims, and between essays."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum.counterpoints import linking
from forum.counterpoints.actions import set_status
from forum.counterpoints.models import ClaimLink
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from tests.counterpoints.test_linking import confirmed, linked
from tests.factories import make_claim, make_editor, make_essay, make_moderator, make_user, sent
from tests.kept import forget_what_is_kept
from tests.world.words import HOSTILE, LONG, RIGHT_TO_LEFT


class LinksCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.one = make_claim(make_essay("The Collar"), statement="Nobody knew why it choked.")
        cls.other = make_claim(make_essay("The Oats"), statement="No one saw the cause.")
        cls.member, cls.reader = make_user("proposer"), make_user("judge")

    def page(self, claim, user=None):
        self.client.logout()
        if user is not None:
            self.client.force_login(user)
        return self.client.get(claim.get_absolute_url()).content.decode()

    def propose_url(self, claim=None):
        return reverse("counterpoints:links", args=[(claim or self.one).pk])


class SeeAlsoTests(LinksCase):
    def test_a_confirmed_link_stands_on_both_pages_for_everybody(self):
        confirmed(self.one, self.other, "depends", words="It needs the cause.")
        for user in (None, self.reader):
            page = self.page(self.one, user)
            self.assertIn("Depends on", page)
            self.assertIn("No one saw the cause.", page)
            self.assertIn("It needs the cause.", page)
            page = self.page(self.other, user)
            self.assertIn("What depends on it", page)
            self.assertIn("Nobody knew why it choked.", page)
            self.assertIn("The Collar", page)

    def test_one_that_waits_is_for_members_alone(self):
        linked(self.one, self.other, by=self.member)
        self.assertNotIn("No one saw the cause.", self.page(self.one))
        judging = self.page(self.one, self.reader)
        self.assertIn("Proposed", judging)
        self.assertIn("So it is", judging)
        self.assertNotIn("Withdraw your proposal", judging)
        own = self.page(self.one, self.member)
        self.assertIn("Withdraw your proposal", own)
        self.assertNotIn("So it is", own)

    def test_nobody_but_moderators_learns_who_proposed_it(self):
        linked(self.one, self.other, by=self.member)
        self.assertNotIn(self.member.name, self.page(self.one, self.reader))
        self.assertIn(self.member.name, self.page(self.one, make_moderator()))

    def test_a_link_to_what_is_out_of_sight_is_out_of_sight(self):
        confirmed(self.one, self.other)
        opening = set_status(post=self.other.opening, status=PostStatus.HIDDEN)
        for user in (None, self.reader, make_moderator()):
            self.assertNotIn("No one saw the cause.", self.page(self.one, user))
        set_status(post=opening, status=PostStatus.VISIBLE)
        self.assertIn("No one saw the cause.", self.page(self.one))
        essay = self.other.essay
        essay.published_at = None
        essay.save()
        self.assertNotIn("No one saw the cause.", self.page(self.one, make_editor()))

    def test_what_changes_on_the_other_claim_shows_on_a_kept_page(self):
        confirmed(self.one, self.other)
        self.assertIn("No one saw the cause.", self.page(self.one))
        posts.edit(by=self.other.opening.author, post=self.other.opening, source="None saw it.")
        self.assertIn("None saw it.", self.page(self.one))

    def test_a_page_kept_before_shows_the_link_once_it_is_confirmed(self):
        link = linked(self.one, self.other)
        self.assertNotIn("No one saw the cause.", self.page(self.one))
        linking.confirm_link(by=self.reader, link=link)
        self.assertIn("No one saw the cause.", self.page(self.one))

    def test_queries_do_not_grow_with_the_links_and_are_one_more_than_without(self):
        counts = {None: [self.queries(None)], self.reader: [self.queries(self.reader)]}
        for size in (1, 12):
            for _ in range(size):
                claim = make_claim(statement=f"{RIGHT_TO_LEFT} {HOSTILE}")
                confirmed(self.one, claim)
                linked(self.one, claim, "contradicts")
            for user, told in counts.items():
                told.append(self.queries(user))
        for user, (without, one, many) in counts.items():
            with self.subTest(user=user):
                self.assertEqual((one, many), (without + 1, without + 1))

    def queries(self, user):
        self.page(self.one, user)
        forget_what_is_kept()
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.one.get_absolute_url())
        return len(queries)


class ProposePageTests(LinksCase):
    def setUp(self):
        self.client.force_login(self.member)

    def send(self, url=None, **fields):
        data = sent(**{"other": str(self.other.pk), "kind": "same", "words": "", **fields})
        return self.client.post(url or self.propose_url(), data)

    def test_visitors_are_led_to_the_log_in(self):
        self.client.logout()
        self.assertIn("/accounts/login/", self.client.get(self.propose_url())["Location"])

    def test_the_other_claim_is_found_by_words_address_or_number(self):
        near = make_claim(self.one.essay, "It was cheap", statement="Straw was cheap.")
        asked = {
            "saw CAUSE": self.other, f"/claims/{self.other.pk}/": self.other,
            f"http://testserver/claims/{self.other.pk}/?order=newest": self.other,
            f"/essays/{self.other.essay.slug}/#claim-1": self.other, "2": near, "#2": near,
        }  # fmt: skip
        for words, found in asked.items():
            with self.subTest(words):
                page = self.client.get(self.propose_url(), {"q": words})
                self.assertContains(page, f'name="other" value="{found.pk}"')
        page = self.client.get(self.propose_url(), {"q": "<b>nothing"})
        self.assertContains(page, "No claim was found for “<bdi>&lt;b&gt;nothing</bdi>”")

    def test_claims_that_say_something_alike_are_offered_first(self):
        alike = make_claim(statement="Nobody knew why the horse choked.")
        page = self.client.get(self.propose_url())
        self.assertContains(page, f'name="other" value="{alike.pk}"')

    def test_it_leads_to_the_claim_and_counts_once_however_often_it_is_sent(self):
        data = sent(other=str(self.other.pk), kind="depends", words=HOSTILE)
        for _ in range(2):
            response = self.client.post(self.propose_url(), data)
            self.assertRedirects(response, f"{self.one.get_absolute_url()}#links")
        self.assertEqual(ClaimLink.objects.count(), 1)

    def test_what_was_typed_stays_beside_what_is_wrong(self):
        page = self.send(kind="", words="Because of this.", q="cause")
        self.assertContains(page, "Choose what it has to do with it.", status_code=422)
        self.assertContains(page, "Because of this.", status_code=422)
        chosen = f'value="{self.other.pk}" id="id_other_0" required checked'
        self.assertContains(page, chosen, status_code=422)
        page = self.send(other="", words="x" * 301)
        self.assertContains(page, "Choose the other claim.", status_code=422)
        self.assertContains(page, "300 characters", status_code=422)
        page = self.send(other="999999999")
        self.assertContains(page, "This claim is not here any more.", status_code=422)

    def test_a_refusal_is_told_on_the_page(self):
        page = self.send(other=str(self.one.pk))
        self.assertContains(page, "This is the claim itself.", status_code=403)

    def test_a_claim_out_of_sight_has_no_such_page(self):
        set_status(post=self.one.opening, status=PostStatus.HIDDEN)
        self.assertEqual(self.client.get(self.propose_url()).status_code, 404)


class JudgePageTests(LinksCase):
    def settle(self, what, link, user, *, near=None):
        self.client.force_login(user)
        url = reverse(f"counterpoints:link-{what}", args=[link.pk])
        return self.client.post(url, sent(**{"from": str((near or self.one).pk)}))

    def test_the_buttons_do_what_they_say_and_lead_back(self):
        for what, state in (("confirmation", "confirmed"), ("refusal", "refused")):
            link = linked(self.one, self.other, by=self.member)
            response = self.settle(what, link, self.reader, near=self.other)
            self.assertRedirects(response, f"{self.other.get_absolute_url()}#links")
            link.refresh_from_db()
            self.assertEqual(link.state, state)
            link.delete()
        link = linked(self.one, self.other, by=self.member)
        self.settle("withdrawal", link, self.member)
        link.refresh_from_db()
        self.assertEqual(link.state, "withdrawn")

    def test_who_may_not_is_refused(self):
        link = linked(self.one, self.other, by=self.member)
        self.assertEqual(self.settle("confirmation", link, self.member).status_code, 403)
        self.assertEqual(self.settle("withdrawal", link, self.reader).status_code, 403)
        self.client.force_login(self.reader)
        url = reverse("counterpoints:link-confirmation", args=[link.pk])
        self.assertEqual(self.client.get(url).status_code, 405)
        self.client.logout()
        self.assertIn("login", self.client.post(url, sent())["Location"])


class RelatedEssaysTests(LinksCase):
    def essay_page(self, essay):
        return self.client.get(essay.get_absolute_url())

    def test_an_essay_names_those_whose_claims_are_linked_with_its_own(self):
        before = self.essay_page(self.one.essay)
        self.assertNotContains(before, "Related essays")
        confirmed(self.one, self.other)
        for essay, other in ((self.one.essay, "The Oats"), (self.other.essay, "The Collar")):
            page = self.essay_page(essay)
            self.assertContains(page, other)
            self.assertContains(page, "one link between its claims and these")

    def test_a_proposal_relates_no_essays(self):
        linked(self.one, self.other)
        self.assertNotContains(self.essay_page(self.one.essay), "The Oats")

    def test_the_other_essays_new_name_shows_on_a_kept_page(self):
        confirmed(self.one, self.other)
        self.essay_page(self.one.essay)
        essay = self.other.essay
        essay.title = LONG[:150]
        essay.version += 1
        essay.save()
        self.assertContains(self.essay_page(self.one.essay), LONG[:150])

    def test_so_do_those_that_share_a_tag_after_those_that_are_linked(self):
        tagged = make_essay("The Yoke")
        for essay in (tagged, self.one.essay):
            essay.tags.add("tools")
        confirmed(self.one, self.other)
        page = self.essay_page(self.one.essay).content.decode()
        self.assertIn("shares one tag", page)
        self.assertLess(page.index("The Oats"), page.index("The Yoke"))
