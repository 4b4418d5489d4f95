"""What is decided often has its words, which a moderator begins with and changes."""

from urllib.parse import parse_qsl

from django.test import TestCase
from django.urls import reverse

from forum.house.models import Change
from forum.moderation import actions
from forum.moderation.models import Decision, LogEntry, ReasonTemplate
from forum.moderation.templates import keep_template
from tests.factories import make_claim, make_counterpoint, make_moderator, make_user, sent
from tests.moderation.builders import make_case, rule

TEXT = "This speaks of the writer. Take that part out."


class TemplateCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mags")
        cls.template = ReasonTemplate.objects.create(
            title="About the writer", rule=rule(3), outcome="amend", text=TEXT
        )
        cls.case = make_case(held_by=cls.moderator)

    def setUp(self):
        self.client.force_login(self.moderator)

    def send(self, **fields):
        url = reverse("moderation:decision", args=[self.case.pk])
        usual = {"seen": actions.digest(self.case.post), "template": self.template.pk}
        return self.client.post(url, sent(**{**usual, **fields}))


class FillingTests(TemplateCase):
    def test_the_button_fills_in_decision_rule_and_reason_and_decides_nothing(self):
        page = self.send(fill="yes")
        self.assertContains(page, TEXT)
        self.assertContains(page, '<option value="3" selected>')
        chosen = page.context["form"]["outcome"].value()
        self.assertEqual(chosen, "amend")
        self.assertRegex(page.content.decode(), r'value="amend"[^>]*checked')
        self.assertFalse(Decision.objects.exists())

    def test_what_was_typed_stays_before_it(self):
        page = self.send(fill="yes", reason="My own words.", until="nonsense")
        self.assertContains(page, f"My own words.\n\n{TEXT}")
        self.assertContains(page, "nonsense")
        self.assertNotContains(page, "Say when it ends")
        twice = self.send(fill="yes", reason=f"My own words.\n\n{TEXT}")
        self.assertContains(twice, f"My own words.\n\n{TEXT}")
        self.assertNotContains(twice, f"{TEXT}\n\n{TEXT}")

    def test_nothing_is_filled_in_where_none_was_chosen_or_it_is_no_longer_offered(self):
        ReasonTemplate.objects.update(is_offered=False)
        for number in ("", "x", "999999", self.template.pk):
            with self.subTest(number=number):
                page = self.send(fill="yes", template=number, reason="My own words.")
                self.assertContains(page, "My own words.</textarea>")

    def test_it_is_decided_with_the_words_that_were_sent(self):
        self.send(outcome="hide", rule="2", reason="Quite other words than those.")
        decision = Decision.objects.get()
        self.assertEqual((decision.outcome, decision.reason[:11]), ("hide", "Quite other"))

    def test_the_choice_bears_what_a_script_fills_in(self):
        page = self.client.get(self.case.get_absolute_url())
        self.assertContains(page, f'data-text="{TEXT}" data-outcome="amend" data-rule="3"')
        self.assertContains(page, "<reason-template>")

    def test_the_site_begins_with_some(self):
        self.assertGreater(ReasonTemplate.objects.offered().count(), 5)


class KeepingTests(TemplateCase):
    def test_each_change_stands_in_the_history(self):
        keeper = make_user(is_staff=True, is_superuser=True)
        self.template.text = "Take the first sentence out, please."
        keep_template(by=keeper, template=self.template)
        change = Change.objects.get(part="text")
        self.assertEqual((change.before, change.by), (TEXT, keeper))

    def test_only_keepers_change_them(self):
        for user in (make_user(), self.moderator):
            with self.subTest(user=user.username), self.assertRaises(Exception) as refused:
                keep_template(by=user, template=self.template)
            self.assertTrue(str(refused.exception))
        self.assertFalse(Change.objects.exists())

    def test_in_the_admin(self):
        keeper = make_user(is_staff=True, is_superuser=True)
        self.client.force_login(keeper)
        url = reverse("admin:moderation_reasontemplate_add")
        said = {
            "title": "Off the point", "rule": rule(1).pk, "outcome": "hide", "text": "Too short",
            "is_offered": "on",
        }  # fmt: skip
        self.assertContains(self.client.post(url, said), "at least 10 characters")
        said["text"] = "It is about another sentence."
        self.assertEqual(self.client.post(url, said).status_code, 302)
        made = ReasonTemplate.objects.get(title="Off the point")
        self.assertTrue(Change.objects.filter(after="Off the point").exists())
        url = reverse("admin:moderation_reasontemplate_delete", args=[made.pk])
        self.assertEqual(self.client.post(url, {"post": "yes"}).status_code, 403)


class WholesTests(TestCase):
    """What is done to threads, branches and claims begins with templates of its own."""

    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mags")
        cls.claim = make_claim()
        cls.other = make_claim(cls.claim.essay, statement="Nobody knew why at all.")
        cls.post = make_counterpoint(cls.claim).post
        ReasonTemplate.objects.all().delete()
        cls.templates = {
            done: ReasonTemplate.objects.create(
                title=f"Often {done}", rule=rule(3), outcome=done, text=f"{TEXT} ({done})"
            )
            for done in ("lock", "slow", "move", "merge", "anchor", "hide")
        }

    def setUp(self):
        self.client.force_login(self.moderator)

    def pages(self):
        thread, claim = self.claim.pk, self.claim.pk
        yield "lock", reverse("moderation:lock", args=[thread])
        yield "slow", reverse("moderation:slow", args=[thread])
        yield "slow", reverse("moderation:slow-branch", args=[self.post.pk])
        to = self.other.get_absolute_url()
        yield "move", reverse("moderation:relocation", args=[self.post.pk]) + f"?to={to}"
        yield "merge", reverse("moderation:merger", args=[claim]) + f"?into={self.other.pk}"
        yield "anchor", reverse("moderation:reattachment", args=[claim])

    def test_each_page_offers_those_of_what_it_does(self):
        for done, url in self.pages():
            with self.subTest(url):
                page = self.client.get(url)
                offered = page.context["form"]["template"].field.queryset
                self.assertEqual(list(offered), [self.templates[done]])
                self.assertContains(page, f'value="{self.templates[done].pk}"')

    def test_none_is_asked_for_where_none_is_offered(self):
        ReasonTemplate.objects.update(is_offered=False)
        for _, url in self.pages():
            with self.subTest(url):
                self.assertNotContains(self.client.get(url), "Begin with")

    def test_filled_in_it_does_nothing_yet_and_keeps_what_was_typed(self):
        for done, url in self.pages():
            address, _, asked = url.partition("?")
            chosen = {
                "template": self.templates[done].pk, "fill": "yes", "reason": "Mine.",
                "lasts": "8", "minutes": "nonsense", **dict(parse_qsl(asked)),
            }  # fmt: skip
            with self.subTest(url):
                page = self.client.post(address, sent(**chosen))
                self.assertContains(page, f"Mine.\n\n{TEXT} ({done})")
                self.assertContains(page, '<option value="3" selected>')
                if done in {"lock", "slow"}:
                    self.assertContains(page, '<option value="8" selected>')
        self.assertFalse(LogEntry.objects.exists())

    def test_cases_offer_none_of_them(self):
        case = make_case(held_by=self.moderator)
        page = self.client.get(case.get_absolute_url())
        offered = page.context["form"]["template"].field.queryset
        self.assertEqual(list(offered), [self.templates["hide"]])

    def test_what_is_sent_with_one_is_done_with_the_words_that_were_sent(self):
        url = reverse("moderation:lock", args=[self.claim.pk])
        words = "Somebody else’s words, and no template’s."
        said = {"template": self.templates["lock"].pk, "rule": "1", "reason": words, "lasts": ""}
        self.assertEqual(self.client.post(url, sent(**said)).status_code, 302)
        self.assertEqual(LogEntry.objects.get().reason, words)
