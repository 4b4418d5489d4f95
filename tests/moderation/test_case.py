from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.moderation import actions
from forum.moderation.erasing import forget_member
from forum.moderation.models import Case, Decision
from forum.posts import actions as posts
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import REASON, decide, make_case, make_report, rule


class CasePage(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("ines", display_name="Ines Rowe")
        cls.parent = make_comment(source="Ownership, as if it were one thing.")
        cls.post = make_comment(
            parent=cls.parent, author=make_user("tobias"), source="You *never* touched a horse."
        )
        cls.reply = make_comment(parent=cls.post, source="Why spoil it?")
        cls.case = make_report(
            cls.post, reporter=make_user("sam"), text="<script>alert(1)</script> about her"
        ).case

    def setUp(self):
        self.client.force_login(self.moderator)

    def url(self, name="case"):
        return reverse(f"moderation:{name}", args=[self.case.pk])

    def page(self):
        return self.client.get(self.url())

    def take(self):
        self.client.post(self.url("claiming"), sent())

    def send(self, **fields):
        said = {
            "outcome": "hide", "rule": rule().number, "reason": REASON,
            "seen": actions.digest(self.post), **fields,
        }  # fmt: skip
        return self.client.post(self.url("decision"), sent(**said))


class ReadingTests(CasePage):
    def test_the_post_where_it_stands(self):
        page = self.page()
        self.assertContains(page, "You <em>never</em> touched a horse.")
        self.assertContains(page, "Ownership, as if it were one thing.")
        self.assertContains(page, "Why spoil it?")
        self.assertContains(page, "<h1>", count=1)

    def test_what_reporters_write_is_shown_as_text(self):
        page = self.page()
        self.assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt; about her")
        self.assertNotContains(page, "<script>alert")
        self.assertContains(page, "Personal attack")
        self.assertContains(page, "/members/sam/")

    def test_a_report_from_before_an_edit_says_so(self):
        self.assertNotContains(self.page(), "before the last edit")
        posts.edit(by=self.post.author, post=self.post, source="I meant the argument.")
        self.assertContains(self.page(), "before the last edit")

    def test_its_authors_record(self):
        self.assertContains(self.page(), "Nothing was decided about them before.")
        earlier = decide(
            make_case(make_comment(author=self.post.author)), "hide",
            moderator=self.moderator, sanction="warn",
        )  # fmt: skip
        page = self.page()
        self.assertContains(page, "<b>Hidden</b>, warning:")
        self.assertContains(page, earlier.log_entry.get_absolute_url())

    def test_a_decided_case_shows_what_was_judged_not_what_it_says_now(self):
        self.take()
        self.send(outcome="keep")
        self.post.refresh_from_db()
        posts.edit(by=self.post.author, post=self.post, source="Something polite.")
        page = self.page()
        self.assertContains(page, "You <em>never</em> touched a horse.")
        self.assertNotContains(page, "Something polite.")
        self.assertContains(page, "As it was judged")
        self.assertContains(page, REASON)
        self.assertNotContains(page, self.url("decision"))

    def test_an_erased_text_is_said_to_be_erased(self):
        decide(self.case, "keep")
        forget_member(self.post.author)
        page = self.page()
        self.assertContains(page, "erased at its author’s wish")
        self.assertNotContains(page, "never</em> touched")

    def test_query_count_does_not_grow_with_the_case(self):
        self.take()
        self.page()
        for size in (1, 20):
            for _ in range(size):
                make_report(self.post, text="Nasty.")
                make_comment(parent=self.post)
                decide(
                    make_case(make_comment(author=self.post.author)), "hide", sanction="warn",
                    moderator=make_moderator(),
                )  # fmt: skip
            with self.subTest(size=size), self.assertNumQueries(20):
                self.page()

    def test_a_case_that_is_not_there(self):
        url = reverse("moderation:case", args=[999_999_999])
        self.assertEqual(self.client.get(url).status_code, 404)
        # Members learn nothing about which cases there are.
        self.client.force_login(make_user())
        self.assertEqual(self.client.get(url).status_code, 403)

    def test_the_rule_that_the_reports_speak_of_is_offered_first(self):
        self.take()
        self.assertContains(self.page(), '<option value="2" selected>2. Leave the person alone')


class HoldingTests(CasePage):
    def test_taking_it_offers_the_decision_and_giving_it_back_takes_it_away(self):
        self.assertNotContains(self.page(), self.url("decision"))
        self.take()
        page = self.page()
        self.assertContains(page, self.url("decision"))
        self.assertContains(page, "held by you")
        self.client.post(self.url("release"), sent())
        page = self.page()
        self.assertNotContains(page, self.url("decision"))
        self.assertContains(page, "held by nobody")

    def test_the_same_press_twice_takes_it_once_and_leads_to_the_same_page(self):
        for name in ("claiming", "release"):
            press = sent()
            first, second = (self.client.post(self.url(name), press) for _ in range(2))
            self.assertEqual((first.status_code, first.url), (second.status_code, second.url))
            self.assertEqual(first.status_code, 302)

    def test_a_press_without_its_key_does_nothing_and_says_so(self):
        for name in ("claiming", "release"):
            response = self.client.post(self.url(name))
            self.assertContains(response, "had lost its key", status_code=403)
        self.assertContains(self.page(), "held by nobody")

    def test_who_comes_second_reads_why_not(self):
        self.take()
        self.client.force_login(make_moderator())
        self.assertContains(self.page(), "Another moderator holds this case.")
        for button in ("claiming", "release"):
            self.assertEqual(self.client.post(self.url(button), sent()).status_code, 403)

    def test_a_reporter_reads_why_not(self):
        reporter = make_moderator()
        make_report(self.post, reporter=reporter)
        self.client.force_login(reporter)
        self.assertContains(self.page(), "You reported this post")


class DecidingTests(CasePage):
    def setUp(self):
        super().setUp()
        self.take()

    def test_one_press_decides(self):
        self.assertRedirects(self.send(), self.url())
        self.post.refresh_from_db()
        self.assertEqual(self.post.status, "hidden")
        self.assertContains(self.page(), "In the log")

    def test_the_same_form_sent_twice_decides_once_and_leads_to_the_same_page(self):
        press = sent(
            outcome="hide", rule=rule().number, reason=REASON, seen=actions.digest(self.post)
        )
        for _ in range(2):
            response = self.client.post(self.url("decision"), press)
            self.assertRedirects(response, self.url())
        self.assertEqual(Decision.objects.count(), 1)

    def test_what_is_wrong_is_said_and_what_was_written_kept(self):
        soon = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        past = "2020-01-01T10:00"
        for words, fields in (
            ("Say in a sentence why", {"reason": "Rude."}),
            ("Say in a sentence why", {"reason": ""}),
            ("Choose what becomes of the post.", {"outcome": ""}),
            ("Select a valid choice", {"outcome": "nonsense"}),
            ("Say when it ends.", {"sanction": "silence"}),
            ("This minute is past.", {"sanction": "suspend", "until": past}),
            ("A year is the longest.", {"sanction": "suspend", "until": "2999-01-01T10:00"}),
            ("A warning or a ban has no end", {"sanction": "warn", "until": soon}),
            ("Enter a valid date/time.", {"sanction": "silence", "until": "soon"}),
            ("Select a valid choice", {"rule": 999}),
        ):
            with self.subTest(fields=fields):
                page = self.send(**fields)
                self.assertContains(page, words, status_code=422)
                self.assertContains(page, fields.get("reason", REASON), status_code=422)
        self.assertFalse(Decision.objects.exists())

    def test_a_silence_until_a_minute(self):
        until = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
        self.send(sanction="silence", until=until.strftime("%Y-%m-%dT%H:%M"), lock="on")
        self.post.author.refresh_from_db()
        self.assertEqual(self.post.author.silenced_until, until)
        self.post.thread.refresh_from_db()
        self.assertTrue(self.post.thread.is_locked)

    def test_words_edited_meanwhile_are_not_judged_and_the_reason_is_kept(self):
        posts.edit(by=self.post.author, post=self.post, source="Something polite.")
        page = self.send()
        self.assertContains(page, "was edited while you were reading", status_code=409)
        self.assertContains(page, REASON, status_code=409)
        self.assertContains(page, "Something polite.", status_code=409)

    def test_after_reading_them_again_the_same_form_decides(self):
        posts.edit(by=self.post.author, post=self.post, source="Something polite.")
        form = self.send().context["form"]
        shown = {name: form[name].value() or "" for name in form.fields if name != "lock"}
        self.assertRedirects(self.client.post(self.url("decision"), shown), self.url())

    def test_an_outcome_that_does_not_fit_is_neither_offered_nor_taken(self):
        self.assertNotContains(self.page(), 'value="restore"')
        page = self.send(outcome="restore")
        self.assertContains(page, "cannot be decided of a post that is visible", status_code=409)

    def test_who_presses_after_somebody_else_decided_reads_both(self):
        decide(self.case, "keep", moderator=self.moderator)
        page = self.send(outcome="remove")
        self.assertContains(page, "This case has been decided already.", status_code=409)
        self.assertContains(page, "<h2>Kept</h2>", status_code=409)

    def test_who_no_longer_holds_it_is_told_so(self):
        Case.objects.update(claimed_by=make_moderator())
        page = self.send()
        self.assertContains(page, "Another moderator holds this case.", status_code=409)
        self.assertFalse(Decision.objects.exists())

    def test_another_moderators_post_offers_no_sanction(self):
        self.case = make_case(make_comment(author=make_moderator()), held_by=self.moderator)
        page = self.page()
        self.assertNotContains(page, 'name="sanction"')
        self.assertContains(page, "not sanctioned by another")

    def test_a_decided_post_gets_a_new_case_to_restore_it(self):
        self.send()
        self.assertContains(self.page(), "Open a new case")
        opening = reverse("moderation:opening", args=[self.post.pk])
        response = self.client.post(opening, sent())
        self.case = self.post.cases.get(state="open")
        self.assertRedirects(response, self.url())
        self.take()
        self.send(outcome="restore")
        self.post.refresh_from_db()
        self.assertEqual(self.post.status, "visible")


class LockPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator()
        cls.thread = make_comment().thread

    def setUp(self):
        self.client.force_login(self.moderator)

    def send(self, name, **fields):
        url = reverse(f"moderation:{name}", args=[self.thread.pk])
        said = {"rule": rule(1).number, "reason": "It goes on in another thread.", **fields}
        return self.client.post(url, sent(**said))

    def test_locked_and_opened_again(self):
        for name, is_locked in (("lock", True), ("unlock", False)):
            page = self.client.get(reverse(f"moderation:{name}", args=[self.thread.pk]))
            self.assertContains(page, "<h1>", count=1)
            self.assertEqual(self.send(name).url, self.thread.get_absolute_url())
            self.thread.refresh_from_db()
            self.assertEqual(self.thread.is_locked, is_locked)

    def test_twice_is_refused_with_the_reason(self):
        self.send("lock")
        self.assertContains(self.send("lock"), "locked already", status_code=403)

    def test_without_a_reason_nothing_is_locked(self):
        page = self.send("lock", reason="No.")
        self.assertContains(page, "Say in a sentence why", status_code=422)
        self.thread.refresh_from_db()
        self.assertFalse(self.thread.is_locked)
