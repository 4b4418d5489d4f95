import re

from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse

from essays.models import Essay, PlaceState
from forum.accounts.actions import sync_roles
from tests.factories import SOURCE, make_claim, make_essay, make_user

REMOVED = SOURCE.replace(" Nobody knew why.", "")


class EssayAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("ed")
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
            "seen": "1", "published_at_0": "2026-01-01", "published_at_1": "09:00:00",
            "revisions-TOTAL_FORMS": "0", "revisions-INITIAL_FORMS": "0",
        } | changes  # fmt: skip
        return self.client.post(url or self.url, sent)

    def test_an_editor_sees_the_text_and_the_history(self):
        response = self.client.get(self.url)
        self.assertContains(response, "The horse choked before the collar came.")
        self.assertContains(response, 'href="/essays/straw/r1/"')
        self.assertNotContains(response, "Delete")

    def test_the_page_needs_nothing_that_the_policy_forbids(self):
        for url in (self.url, reverse("admin:essays_essay_add"), reverse("admin:index")):
            page = self.client.get(url).content.decode()
            with self.subTest(url=url):
                self.assertIsNone(re.search(r"<style|\sstyle=|\son[a-z]+=\"", page))
                for script in re.findall(r"<script[^>]*>", page):
                    self.assertRegex(script, r"src=|application/json")

    def test_a_changed_text_makes_a_revision_by_its_editor(self):
        self.assertRedirects(
            self.save(source=REMOVED, note="A slip."), reverse("admin:essays_essay_changelist")
        )
        revision = Essay.objects.get().current_revision
        self.assertEqual(
            (revision.number, revision.note, revision.created_by), (2, "A slip.", self.editor)
        )

    def test_other_changes_make_none_and_are_found_by_search(self):
        version = Essay.objects.get().version
        sent = SOURCE.replace("\n", "\r\n")
        self.assertEqual(self.save(title="Thatch", source=sent).status_code, 302)
        essay = Essay.objects.get()
        self.assertEqual(essay.current_revision.number, 1)
        self.assertIn("thatch", essay.folded)
        self.assertEqual(set(essay.tags.names()), {"roofs", "straw"})
        self.assertGreater(essay.version, version)

    def test_a_text_that_cannot_be_shown_is_refused_by_its_field(self):
        response = self.save(source=">" * 40 + " deep")
        self.assertIn("source", response.context["adminform"].form.errors)
        self.assertEqual(Essay.objects.get().current_revision.number, 1)

    def test_an_editor_who_was_overtaken_is_told_and_keeps_the_words(self):
        self.save(source=SOURCE + "\nThe other editor’s end.\n")
        response = self.save(source=SOURCE + "\nMy own end.\n")
        self.assertContains(response, "Revision 2 was published while you were writing.")
        self.assertContains(response, "My own end.")
        self.assertContains(response, '<input type="hidden" name="seen" value="2"')
        self.assertEqual(Essay.objects.get().current_revision.number, 2)

    def test_a_new_essay_gets_its_first_revision(self):
        response = self.save(
            reverse("admin:essays_essay_add"), slug="oats", title="Oats", seen="0",
            source="Oats were dear.",
        )  # fmt: skip
        self.assertEqual(response.status_code, 302)
        self.assertEqual(Essay.objects.get(slug="oats").current_revision.text, "Oats were dear.")

    def test_a_claimed_sentence_that_stays_keeps_its_place(self):
        claim = make_claim(self.essay)
        self.save(source=SOURCE.replace("It was cheap, and", "It was dear, but"))
        place = claim.passage.places.get(revision__number=2)
        self.assertEqual(place.state, PlaceState.EXACT)
        text = place.revision.text
        self.assertEqual(text[place.start : place.end], "Nobody knew why.")

    def test_a_claimed_sentence_that_goes_is_orphaned_and_stays_on_its_revision(self):
        claim = make_claim(self.essay)
        self.save(source=REMOVED)
        self.assertEqual(claim.passage.places.get(revision__number=2).state, PlaceState.ORPHANED)
        first = claim.passage.places.get(revision__number=1)
        self.assertEqual(first.revision.text[first.start : first.end], "Nobody knew why.")

    def test_only_editors_change_essays(self):
        keeper = make_user("keeper", is_staff=True, is_superuser=True)
        self.client.force_login(keeper)
        self.assertEqual(self.client.get(self.url).status_code, 200)
        self.assertEqual(self.save(source=REMOVED).status_code, 403)


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
