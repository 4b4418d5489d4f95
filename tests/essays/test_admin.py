import re
from unittest.mock import patch

from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse

from essays.forms import EssayForm
from essays.models import Draft, Essay
from forum.accounts.actions import sync_roles
from tests.factories import SOURCE, make_claim, make_essay, make_user

REMOVED = SOURCE.replace(" Nobody knew why.", "")


class EssayAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("ed", display_name="Ed Thatcher")
        cls.editor.groups.add(Group.objects.get(name="editors"))
        sync_roles(cls.editor)
        cls.essay = make_essay("Straw", slug="straw")
        cls.url = reverse("admin:essays_essay_change", args=[cls.essay.pk])

    def setUp(self):
        self.client.force_login(self.editor)

    def save(self, url=None, **changes):
        sent = {
            "title": "Straw", "slug": "straw", "author_name": "A. Thatcher", "author": "",
            "summary": "About straw.", "tags": "roofs, straw", "source": SOURCE, "note": "",
            "seen": "1.0", "published_at_0": "2026-01-01", "published_at_1": "09:00:00",
            "revisions-TOTAL_FORMS": "0", "revisions-INITIAL_FORMS": "0", "series": "",
            "series_place": "", "discussion_state": "open", "claims_state": "open", "reason": "",
            "slow_for": "10", "why_retired": "", "leads_to": "",
        } | changes  # fmt: skip
        return self.client.post(url or self.url, sent)

    def errors(self, response):
        return response.context["adminform"].form.errors

    def test_an_editor_sees_the_text_and_the_history(self):
        response = self.client.get(self.url)
        self.assertContains(response, "The horse choked before the collar came.")
        self.assertContains(response, 'href="/essays/straw/r1/"')
        self.assertNotContains(response, 'class="deletelink"')

    def test_the_page_needs_nothing_that_the_policy_forbids(self):
        self.save(source=REMOVED)
        for url in (self.url, reverse("admin:essays_essay_add"), reverse("admin:index")):
            page = self.client.get(url).content.decode()
            with self.subTest(url=url):
                self.assertIsNone(re.search(r"<style|\sstyle=|\son[a-z]+=\"", page))
                for script in re.findall(r"<script[^>]*>", page):
                    self.assertRegex(script, r"src=|application/json")

    def test_a_changed_text_is_kept_as_a_draft_and_leads_to_what_it_does(self):
        response = self.save(source=REMOVED, note="A slip.")
        self.assertRedirects(response, reverse("desk:impact", args=["straw"]))
        draft = Draft.objects.get()
        self.assertEqual((draft.source, draft.note), (REMOVED.rstrip(), "A slip."))
        self.assertEqual((draft.saved_by, draft.based_on.number), (self.editor, 1))
        self.assertEqual(Essay.objects.get().current_revision.number, 1)

    def test_the_draft_is_what_the_desk_shows_the_next_time(self):
        self.save(source=REMOVED)
        page = self.client.get(self.url)
        self.assertContains(page, "The text below is a draft that Ed Thatcher saved")
        self.assertNotContains(page, "Nobody knew why.")
        response = self.save(source=REMOVED + "More.", seen="1.1", _preview="")
        self.assertRedirects(response, reverse("desk:preview", args=["straw"]))
        response = self.save(source=REMOVED + "More yet.", seen="1.2", _continue="")
        self.assertRedirects(response, self.url)

    def test_the_words_that_readers_see_make_no_draft_and_end_one(self):
        version = Essay.objects.get().version
        sent = SOURCE.replace("\n", "\r\n")
        self.assertEqual(self.save(title="Thatch", source=sent).status_code, 302)
        essay = Essay.objects.get()
        self.assertIn("thatch", essay.folded)
        self.assertEqual(set(essay.tags.names()), {"roofs", "straw"})
        self.assertGreater(essay.version, version)
        self.assertFalse(Draft.objects.exists())
        self.save(source=REMOVED)
        self.save(source=sent, seen="1.1")
        self.assertFalse(Draft.objects.exists())
        self.assertEqual(essay.revisions.count(), 1)

    def test_a_text_that_cannot_be_shown_is_refused_by_its_field(self):
        unknown = f"A line.\n\n![A plough](/media/{'0' * 20}-1600x900.webp)"
        for source in (">" * 40 + " deep", "&nbsp;", unknown):
            with self.subTest(source=source):
                self.assertIn("source", self.errors(self.save(source=source)))
        self.assertFalse(Draft.objects.exists())

    def test_a_tag_that_makes_no_address_is_refused_by_its_field(self):
        self.assertIn("tags", self.errors(self.save(tags="straw, !!!")))

    def test_a_tag_that_the_table_does_not_hold_is_refused_by_its_field(self):
        refused = self.save(tags="straw, " + "x" * 101)
        self.assertEqual(self.errors(refused)["tags"], ["A tag has at most 100 characters."])
        self.assertContains(refused, "x" * 101)
        self.save(tags="x" * 100)
        self.assertEqual(list(self.essay.tags.names()), ["x" * 100])

    def test_a_tag_in_any_script_leads_to_its_page(self):
        self.save(tags="קש, تبن")
        self.assertEqual(self.essay.tags.count(), 2)
        for tag in self.essay.tags.all():
            with self.subTest(tag=tag.name):
                url = reverse("tag", args=[tag.slug])
                self.assertContains(self.client.get(self.essay.get_absolute_url()), url)
                self.assertContains(self.client.get(url), tag.name)

    def test_what_nobody_could_see_is_refused_by_its_field(self):
        for field in ("title", "author_name", "summary"):
            with self.subTest(field=field):
                refused = self.save(**{field: "\u200b\u2060"})
                self.assertEqual(self.errors(refused)[field], ["There is nothing to read in it."])
        self.assertEqual(Essay.objects.get().title, "Straw")

    def test_a_title_turns_no_other_words_around(self):
        self.save(title="Straw\u202e and\nhay")
        self.assertEqual(Essay.objects.get().title, "Straw and hay")

    def test_a_ring_of_retired_essays_is_refused_by_its_field(self):
        other = make_essay("Thatch", slug="thatch")
        Essay.objects.filter(pk=other.pk).update(
            retired_at=other.published_at, retired_reason="Straw has it.", redirects_to=self.essay
        )
        refused = self.save(is_retired="on", why_retired="Thatch has it.", leads_to=other.pk)
        self.assertEqual(
            self.errors(refused)["leads_to"],
            ["That essay leads here: readers would be sent round in a ring."],
        )
        self.assertContains(refused, "Thatch has it.")
        self.assertIsNone(Essay.objects.get(pk=self.essay.pk).retired_at)

    def test_what_was_counted_since_the_page_was_loaded_stays_counted(self):
        with patch.object(EssayForm, "clean", autospec=True) as clean:

            def count_meanwhile(form):
                Essay.objects.update(claim_count=7, version=99)
                return form.cleaned_data

            clean.side_effect = count_meanwhile
            self.save(title="Thatch")
        essay = Essay.objects.get()
        self.assertEqual((essay.title, essay.claim_count), ("Thatch", 7))
        self.assertGreater(essay.version, 99)

    def test_an_editor_who_was_overtaken_is_told_and_keeps_the_words(self):
        self.save(source=SOURCE + "\nThe other editor’s end.\n")
        response = self.save(source=SOURCE + "\nMy own end.\n")
        self.assertContains(response, "Somebody else saved a draft")
        self.assertContains(response, "My own end.")
        self.assertContains(response, '<input type="hidden" name="seen" value="1.1"')
        self.assertIn("The other editor", Draft.objects.get().source)

    def test_a_new_essay_begins_as_a_draft(self):
        response = self.save(
            reverse("admin:essays_essay_add"), slug="oats", title="Oats", seen="0.0",
            source="Oats were dear.",
        )  # fmt: skip
        self.assertRedirects(response, reverse("desk:impact", args=["oats"]))
        essay = Essay.objects.get(slug="oats")
        self.assertIsNone(essay.current_revision)
        self.assertEqual(essay.draft.source, "Oats were dear.")
        self.client.logout()
        self.assertEqual(self.client.get("/essays/oats/").status_code, 404)

    def test_what_members_may_add_is_closed_or_slowed_only_with_a_reason(self):
        response = self.save(claims_state="closed")
        self.assertIn("reason", self.errors(response))
        self.save(
            claims_state="closed", discussion_state="slow", reason="It is Lent.", slow_for="30"
        )
        essay = Essay.objects.get()
        self.assertEqual(
            (essay.claims_openness, essay.discussion_openness, essay.slow_minutes),
            ("closed", "slow", 30),
        )
        self.assertEqual(essay.openness_reason, "It is Lent.")
        self.save()
        self.assertEqual(Essay.objects.get().claims_openness, "open")

    def test_an_essay_is_retired_only_with_a_reason_and_then_may_lead_elsewhere(self):
        other = make_essay("Thatch", slug="thatch")
        for said, field in (
            ({"is_retired": "on"}, "why_retired"),
            ({"leads_to": other.pk}, "leads_to"),
            ({"is_retired": "on", "why_retired": "x", "leads_to": self.essay.pk}, "leads_to"),
        ):
            with self.subTest(field=field):
                self.assertIn(field, self.errors(self.save(**said)))
        self.save(is_retired="on", why_retired="Written anew.", leads_to=other.pk)
        essay = Essay.objects.get(slug="straw")
        self.assertIsNotNone(essay.retired_at)
        self.assertEqual((essay.redirects_to, essay.retired_reason), (other, "Written anew."))
        self.save()
        self.assertIsNone(Essay.objects.get(slug="straw").retired_at)

    def test_only_editors_change_essays(self):
        keeper = make_user("keeper", is_staff=True, is_superuser=True)
        self.client.force_login(keeper)
        self.assertEqual(self.client.get(self.url).status_code, 200)
        self.assertEqual(self.save(source=REMOVED).status_code, 403)
        self.assertFalse(Draft.objects.exists())


class LookingUpTests(TestCase):
    def test_posts_and_claims_are_shown_and_never_changed_in_the_admin(self):
        claim = make_claim()
        keeper = make_user("keeper", is_staff=True, is_superuser=True)
        self.client.force_login(keeper)
        for name, pk in (("posts_post", claim.opening_id), ("counterpoints_claim", claim.pk)):
            with self.subTest(name=name):
                self.assertEqual(
                    self.client.get(reverse(f"admin:{name}_changelist")).status_code, 200
                )
                url = reverse(f"admin:{name}_change", args=[pk])
                self.assertEqual(self.client.get(url).status_code, 200)
                self.assertEqual(self.client.post(url, {}).status_code, 403)
