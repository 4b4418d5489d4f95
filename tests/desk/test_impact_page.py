"""The page on which an editor sees every claim's fate, and says what is to be said."""

from datetime import timedelta

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from essays.actions import publish_revision
from essays.drafting import save_draft
from essays.models import Draft, PreviewLink
from essays.openness import set_openness
from forum.counterpoints.models import Correction
from forum.posts.locking import lock
from tests.factories import (
    SOURCE,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    sent,
)

REMOVED = SOURCE.replace(" Nobody knew why.", "")
REWORDED = SOURCE.replace("Nobody knew why.", "Nobody knew quite why.")
HOSTILE = "<script>alert(1)</script>"


class ImpactPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor("edda", display_name="Edda Underhill")
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.claim = make_claim(cls.essay)
        cls.url = reverse("desk:impact", args=["the-collar"])

    def setUp(self):
        self.client.force_login(self.editor)

    def draft(self, source=REMOVED, seen=0):
        return save_draft(by=self.editor, essay=self.essay, source=source, note="", seen=seen)

    def press(self, button, **fields):
        fields.setdefault("seen", "1")
        return self.client.post(self.url, sent(**{button: "", "note": "A note."}, **fields))

    def number(self):
        self.essay.refresh_from_db()
        return self.essay.current_revision.number

    def test_it_says_what_becomes_of_every_claim(self):
        make_claim(self.essay, "Then a ring of straw changed the fields.", statement=HOSTILE)
        self.draft(REWORDED)
        page = self.client.get(self.url)
        self.assertContains(page, "What revision 2 does to two claims")
        self.assertContains(page, "One changed, one exact.")
        self.assertContains(page, "<ins>quite</ins>", html=True)
        self.assertNotContains(page, HOSTILE)

    def test_saving_makes_the_revision_and_leads_to_the_list(self):
        self.draft(REWORDED)
        response = self.press("save")
        self.assertRedirects(
            response, reverse("revisions", args=["the-collar"]) + "#r2",
            fetch_redirect_response=False,
        )  # fmt: skip
        self.assertEqual(self.number(), 2)

    def test_pressed_twice_it_is_published_once(self):
        self.draft(REWORDED)
        form = sent(save="", note="", seen="1")
        first = self.client.post(self.url, form)
        self.assertEqual(self.client.post(self.url, form).url, first.url)
        self.assertEqual(self.number(), 2)

    def test_a_missing_reason_is_asked_for_beside_its_claim_and_nothing_typed_is_lost(self):
        make_counterpoint(self.claim)
        self.draft()
        response = self.press("save", **{f"sure-{self.claim.pk}": "on"})
        self.assertEqual(response.status_code, 400)
        self.assertContains(response, "Claim 1 was answered and loses its place", status_code=400)
        self.assertContains(response, "A note.", status_code=400)
        self.assertContains(response, f'name="sure-{self.claim.pk}" checked', status_code=400)
        self.assertEqual(self.number(), 1)
        said = {f"sure-{self.claim.pk}": "on", f"reason-{self.claim.pk}": "It was not so."}
        self.assertEqual(self.press("save", **said).status_code, 302)
        self.assertEqual(self.number(), 2)

    def test_an_objection_is_accepted_with_a_tick(self):
        objection = make_counterpoint(self.claim, author=make_user(display_name="Crispin Vole"))
        self.draft(REWORDED)
        self.assertContains(self.client.get(self.url), "Crispin Vole")
        said = {f"answers-{objection.pk}": "on", f"words-{objection.pk}": "Less is said."}
        self.press("save", **said)
        self.assertEqual(Correction.objects.get().words, "Less is said.")

    def test_what_cannot_be_conceded_now_is_said_and_nothing_typed_is_lost(self):
        objection = make_counterpoint(self.claim)
        lock(thread=self.claim.thread, reason="It went in circles.")
        self.draft(REWORDED)
        response = self.press("save", **{f"answers-{objection.pk}": "on"})
        self.assertContains(response, "It went in circles.", status_code=400)
        self.assertContains(response, "A note.", status_code=400)
        self.assertEqual(self.number(), 1)

    def test_an_objection_is_accepted_where_members_may_add_nothing(self):
        objection = make_counterpoint(self.claim)
        set_openness(
            by=self.editor, essay=self.essay, discussion="open", claims="closed",
            reason="For a while.", slow_minutes=10,
        )  # fmt: skip
        self.draft(REWORDED)
        self.press("save", **{f"answers-{objection.pk}": "on"})
        self.assertEqual(Correction.objects.count(), 1)

    def test_what_is_kept_with_the_draft_is_there_the_next_time(self):
        objection = make_counterpoint(self.claim)
        self.draft()
        said = {
            f"reason-{self.claim.pk}": "Because.", f"answers-{objection.pk}": "on",
            f"words-{objection.pk}": "Mended.",
        }  # fmt: skip
        self.assertRedirects(self.press("draft", **said), self.url)
        page = self.client.get(self.url)
        for words in ("Because.", "Mended.", "A note.", f'name="answers-{objection.pk}" checked'):
            self.assertContains(page, words)
        self.assertEqual(self.number(), 1)

    def test_whoever_was_overtaken_is_told_and_publishes_nothing(self):
        self.draft(REWORDED)
        self.draft(REMOVED, seen=1)
        response = self.press("save", seen="1")
        self.assertContains(response, "Somebody saved the draft again", status_code=400)
        self.assertEqual(self.number(), 1)

    def test_it_gets_a_time_by_the_clocks_of_a_place(self):
        self.draft(REWORDED)
        at = (timezone.now() + timedelta(days=40)).strftime("%Y-%m-%dT%H:%M")
        self.assertRedirects(self.press("schedule", at=at, zone="Asia/Tokyo"), self.url)
        draft = Draft.objects.get()
        self.assertEqual(draft.publish_zone, "Asia/Tokyo")
        self.assertContains(self.client.get(self.url), "Asia/Tokyo")
        self.press("unschedule")
        self.assertIsNone(Draft.objects.get().publish_at)

    def test_a_time_that_is_none_is_refused_by_its_field(self):
        self.draft(REWORDED)
        for at, zone, words in (
            ("2001-01-01T00:00", "UTC", "That is past"),
            ("tomorrow", "UTC", "Write a day and a time"),
            ("2031-01-01T00:00", "Middle/Earth", "No clocks are known"),
            ("", "UTC", "Say when"),
        ):
            with self.subTest(at=at, zone=zone):
                self.assertContains(self.press("schedule", at=at, zone=zone), words)
        self.assertIsNone(Draft.objects.get().publish_at)

    def test_nothing_is_scheduled_while_a_reason_is_missing(self):
        make_counterpoint(self.claim)
        self.draft()
        response = self.press("schedule", at="2031-01-01T00:00", zone="UTC")
        self.assertContains(response, "It has no time yet", status_code=400)

    def test_the_draft_is_thrown_away_at_a_press(self):
        self.draft()
        self.press("discard")
        self.assertFalse(Draft.objects.exists())
        self.assertContains(self.client.get(self.url), "There is no draft of this essay")

    def test_an_essay_that_lost_everything_is_published_only_with_the_confirmation(self):
        make_counterpoint(self.claim)
        self.draft("Nothing of it is left.")
        self.assertEqual(self.press("save").status_code, 400)
        said = {f"sure-{self.claim.pk}": "on", f"reason-{self.claim.pk}": "All of it was wrong."}
        self.press("save", **said)
        self.assertEqual(self.number(), 2)
        self.assertContains(self.client.get(self.claim.get_absolute_url()), "Nobody knew why.")

    def test_only_editors_are_let_in(self):
        self.draft()
        for user in (make_user(), make_moderator()):
            self.client.force_login(user)
            self.assertEqual(self.client.get(self.url).status_code, 403)
            self.assertEqual(self.press("save").status_code, 403)
            self.assertEqual(
                self.client.get(reverse("desk:preview", args=["the-collar"])).status_code, 403
            )
        self.assertEqual(Client().get(self.url).status_code, 302)
        self.assertEqual(self.number(), 1)

    def test_queries_do_not_grow_with_the_claims(self):
        for size in (2, 20):
            essay = make_essay(slug=f"of-{size}")
            for _ in range(size):
                make_counterpoint(make_claim(essay, author=self.editor), author=self.editor)
            save_draft(by=self.editor, essay=essay, source=REMOVED, note="", seen=0)
            with self.subTest(size=size), self.assertNumQueries(9):
                self.client.get(reverse("desk:impact", args=[essay.slug]))


class PreviewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.claim = make_claim(cls.essay)
        save_draft(by=cls.editor, essay=cls.essay, source=REWORDED, note="", seen=0)

    def link(self):
        self.client.force_login(self.editor)
        form = sent(link="", note="", seen="1")
        page = self.client.post(reverse("desk:impact", args=["the-collar"]), form)
        return page.context["link"]

    def test_the_draft_is_seen_as_the_page_it_will_be_with_its_claims(self):
        self.client.force_login(self.editor)
        page = self.client.get(reverse("desk:preview", args=["the-collar"]))
        self.assertContains(page, "quite")
        self.assertContains(page, 'class="passage is-unchallenged"')
        self.assertContains(page, "Nobody knew why the horse choked.")
        self.assertContains(page, "noindex")

    def test_a_stranger_with_the_link_sees_it_until_it_ends(self):
        link = self.link()
        page = Client().get(link)
        self.assertContains(page, "quite")
        self.assertEqual(page.headers["Cache-Control"], "private, no-store")
        self.assertNotContains(page, reverse("desk:impact", args=["the-collar"]))
        PreviewLink.objects.update(expires_at=timezone.now())
        self.assertEqual(Client().get(link).status_code, 404)
        self.assertEqual(Client().get("/previews/never/").status_code, 404)

    def test_no_other_page_shows_the_draft_to_a_stranger(self):
        self.link()
        for url in ("/essays/the-collar/", "/essays/the-collar/r2/", "/search/?q=quite"):
            page = Client().get(url)
            self.assertNotIn(b"Nobody knew quite why", page.content)


class RestorationTests(TestCase):
    def test_an_old_revision_becomes_a_draft_that_is_looked_at_first(self):
        editor, essay = make_editor(), make_essay(slug="the-collar")
        self.client.force_login(editor)
        url = reverse("desk:restoration", args=["the-collar", 1])
        self.assertEqual(self.client.get(url).status_code, 405)
        save_draft(by=editor, essay=essay, source=REWORDED, note="", seen=0)
        response = self.client.post(url, sent())
        self.assertRedirects(response, reverse("desk:impact", args=["the-collar"]))
        self.assertEqual(Draft.objects.get().source, SOURCE)
        self.assertEqual(
            self.client.post(
                reverse("desk:restoration", args=["the-collar", 9]), sent()
            ).status_code,
            404,
        )
        self.client.force_login(make_user())
        self.assertEqual(self.client.post(url, sent()).status_code, 403)

    def test_an_editor_finds_the_button_on_the_old_revision(self):
        editor, essay = make_editor(), make_essay(slug="the-collar")
        publish_revision(essay=essay, source=REWORDED, note="", by=editor)
        button = "Make a draft of these words"
        pages = {number: f"/essays/the-collar/r{number}/" for number in (1, 2)}
        self.assertNotContains(self.client.get(pages[1]), button)
        self.client.force_login(editor)
        self.assertContains(self.client.get(pages[1]), button)
        self.assertNotContains(self.client.get(pages[2]), button)


class PresenceTests(TestCase):
    def test_an_open_page_tells_and_is_told(self):
        make_essay(slug="the-collar")
        url = reverse("desk:presence", args=["the-collar"])
        other = Client()
        other.force_login(make_editor(display_name="Otto Underhill"))
        other.post(url)
        self.client.force_login(make_editor())
        self.assertContains(self.client.post(url), "Otto Underhill")
        self.assertEqual(self.client.get(url).status_code, 405)
        self.client.force_login(make_user())
        self.assertEqual(self.client.post(url).status_code, 403)
