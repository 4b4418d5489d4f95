"""An editor looks at how a manuscript was cut, corrects it, and makes essays of it."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from essays.models import Essay, Manuscript, Revision
from tests.essays.import_desk import UPLOAD, ImportPageTestCase
from tests.essays.words_in_and_out import QUIRKS
from tests.factories import make_essay, make_moderator, make_user, sent


class CutPageTests(ImportPageTestCase):
    def test_it_shows_the_cut_and_what_is_in_doubt(self):
        self.bring()
        page = self.client.get(self.url)
        for words in (
            "One manuscript, seven essays", "It has no title of its own", "Where essay 6 begins",
            "Only a line of tags parts it", "The title stands twice", "Import seven drafts",
            'value="bread, Salt, ferries"',
        ):  # fmt: skip
            self.assertContains(page, words)

    def test_hostile_markup_is_named_with_its_line_and_never_markup(self):
        self.bring("<h1>A</h1>\n<p>Text.</p>\n<script>alert(1)</script>", "a.html")
        page = self.client.get(self.url)
        self.assertContains(page, "<code>&lt;script&gt;</code>")
        self.assertContains(page, "line 3. It will be shown as text.")
        self.assertNotContains(page, "<script>alert")

    def test_a_title_is_corrected_and_what_was_typed_is_kept_whatever_is_pressed(self):
        self.bring()
        page = self.act("later:2", title_0="The First Mill", tags_1="salt, river, salt", take_3="")
        self.assertContains(page, 'value="The First Mill"')
        self.assertNotContains(page, "It has no title of its own")
        pieces = Manuscript.objects.get().pieces
        self.assertEqual(pieces[1]["tags"], ["salt", "river"])
        self.assertFalse(pieces[3]["is_taken"])
        self.assertContains(page, "Import six drafts")

    def test_a_cut_is_moved_and_moved_back(self):
        manuscript = self.bring()
        before = manuscript.pieces
        page = self.act("later:2")
        self.assertContains(page, "The river was salted twice", count=1)
        self.assertEqual(len(Manuscript.objects.get().pieces[0]["blocks"]), 4)
        self.act("earlier:2")
        self.assertEqual(Manuscript.objects.get().pieces, before)

    def test_two_are_joined(self):
        self.bring()
        page = self.act("join:6")
        self.assertContains(page, "One manuscript, six essays")
        self.assertNotIn("Weights and Measures – a quarrel", self.titles())

    def test_nonsense_corrects_nothing(self):
        manuscript = self.bring()
        before = manuscript.pieces
        for act in ("join:1", "later:99", "earlier:x", "join:", "nonsense:2", "look:99", ""):
            with self.subTest(act=act):
                self.assertIn(self.act(act, follow=False).status_code, (302, 404))
        self.assertEqual(Manuscript.objects.get().pieces, before)

    def test_a_correction_of_another_cut_is_refused(self):
        self.bring()
        old = self.fields()
        self.act("join:6")
        page = self.client.post(self.url, old | {"act": "join:2"}, follow=True)
        self.assertContains(page, "corrected in another window")
        self.assertEqual(len(self.titles()), 6)

    def test_it_tells_what_an_essay_that_is_here_already_will_become(self):
        make_essay("The Ferry", slug="the-ferry", source="Other words.")
        charged = "The ferryman charged by the head, and counted horses twice."
        make_essay("Common Land – whose land?", slug="common", source=charged)
        self.bring(
            f"Common Land – whose land?\n\n{charged}\n\n\nThe Ferry\n\n{charged}\n\n{charged}"
        )
        page = self.client.get(self.url)
        self.assertContains(page, "It is here already, with these words: nothing will change.")
        self.assertContains(page, "this makes revision 2, which readers see at once")

    def test_the_queries_do_not_grow_with_the_essays(self):
        for number in (3, 60):
            self.bring("".join(f"# Title {n}\n\nText of it.\n\n" for n in range(number)), "a.md")
            with self.subTest(number=number), self.assertNumQueries(4):
                self.client.get(self.url)


class LookTests(ImportPageTestCase):
    def test_it_is_shown_from_right_to_left_where_its_words_run_so(self):
        for source, way in (("# Oats\n\nOats grow.", "ltr"), ("# שיבולת\n\nשיבולת שועל.", "rtl")):
            with self.subTest(way=way):
                manuscript = self.bring(source, "oats.md")
                page = self.client.get(reverse("manuscript-look", args=[manuscript.pk, 1]))
                self.assertContains(page, f'<article class="essay" dir="{way}"')
                self.assertContains(page, f'<div class="over" dir="{way}">')

    def test_looking_keeps_what_was_typed_and_shows_the_essay_as_it_will_be(self):
        manuscript = self.bring()
        page = self.act("look:5", title_4="Ferries & Tolls")
        self.assertEqual(page.request["PATH_INFO"],
                         reverse("manuscript-look", args=[manuscript.pk, 5]))  # fmt: skip
        self.assertContains(page, "Ferries &amp; Tolls")
        self.assertContains(page, '<div class="para" id="para-1">')

    def test_another_essay_begins_where_the_editor_says(self):
        manuscript = self.bring()
        url = reverse("manuscript-look", args=[manuscript.pk, 2])
        form = self.client.get(url).context["form"]
        chosen = sent(seen=form["seen"].value(), block="2")
        page = self.client.post(url, chosen, follow=True)
        self.assertContains(page, "One manuscript, eight essays")
        again = self.client.post(url, sent(seen=form["seen"].value(), block="1"), follow=True)
        self.assertContains(again, "corrected in another window")

    def test_a_place_that_is_none_is_refused_by_its_field(self):
        manuscript = self.bring()
        url = reverse("manuscript-look", args=[manuscript.pk, 2])
        form = self.client.get(url).context["form"]
        for block in ("0", "99", "x", ""):
            response = self.client.post(url, sent(seen=form["seen"].value(), block=block))
            self.assertEqual(response.status_code, 422)
            self.assertIn("block", response.context["form"].errors)

    def test_what_cannot_be_shown_says_why(self):
        manuscript = self.bring("# A\n\n" + "> " * 9 + "deep", "a.md")
        page = self.client.get(reverse("manuscript-look", args=[manuscript.pk, 1]))
        self.assertContains(page, "It cannot be shown")

    def test_there_is_no_essay_beyond_the_last(self):
        manuscript = self.bring()
        for number in (0, 8):
            url = reverse("manuscript-look", args=[manuscript.pk, number])
            self.assertEqual(self.client.get(url).status_code, 404)


class MakingTests(ImportPageTestCase):
    def test_the_whole_way(self):
        response = self.client.post(
            UPLOAD, sent(file=SimpleUploadedFile("m.txt", QUIRKS.encode()), author="")
        )
        self.url = response.url
        self.act("keep", title_0="The First Mill")
        self.act("later:3")
        self.act("join:6")
        page = self.act("import", follow=False)
        self.assertContains(page, "Say who wrote it.", status_code=422)
        self.assertFalse(Essay.objects.exists())
        page = self.act("import", author="A. Thatcher", take_5="")
        self.assertContains(page, "Five essays imported, and none is public yet.")
        self.assertFalse(Manuscript.objects.exists())
        titles = set(Essay.objects.values_list("title", flat=True))
        self.assertEqual(titles, {"The First Mill", "Salt and the River", "Who ate the seed corn.",
                                  "Common Land – whose land?", "The Ferry"})  # fmt: skip
        mill = Essay.objects.get(slug="the-first-mill")
        self.assertEqual((mill.author_name, mill.published_at), ("A. Thatcher", None))
        self.assertEqual(mill.current_revision.created_by, self.editor)

    def test_pressed_twice_it_imports_once_and_leads_to_the_same_page(self):
        self.bring()
        fields = self.fields() | {"act": "import"}
        first, second = (self.client.post(self.url, fields) for _ in range(2))
        self.assertEqual((first.status_code, first.url), (second.status_code, second.url))
        self.assertEqual(Essay.objects.count(), 7)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.client.post(self.url, sent(act="import")).status_code, 404)

    def test_every_problem_is_told_by_its_field_and_nothing_is_imported(self):
        self.bring()
        page = self.act("import", follow=False, title_1=" ", title_4="Common Land – whose land?",
                        tags_2="a" * 101, title_6="\u200b", tags_5="salt, !!!")  # fmt: skip
        self.assertEqual(page.status_code, 422)
        errors = page.context["form"].errors
        self.assertEqual(
            set(errors), {"title_1", "title_4", "title_6", "tags_2", "tags_5", "__all__"}
        )
        self.assertFalse(Revision.objects.exists())
        self.assertEqual(len(Manuscript.objects.get().pieces), 7)

    def test_nothing_taken_is_nothing_to_import(self):
        self.bring()
        none = {f"take_{place}": "" for place in range(7)}
        page = self.act("import", follow=False, **none)
        self.assertContains(page, "Take one essay at least.", status_code=422)

    def test_again_it_says_that_nothing_changed(self):
        for words in ("Seven essays imported", "Nothing to change"):
            self.bring()
            self.assertContains(self.act("import"), words)
        self.assertEqual(Revision.objects.count(), 7)

    def test_again_it_makes_a_revision_by_the_editor(self):
        self.bring()
        self.act("import")
        self.bring(QUIRKS.replace("counted horses twice", "counted none"))
        self.assertContains(self.act("import"), "The Ferry: revision 2")
        revision = Revision.objects.get(number=2)
        self.assertEqual((revision.created_by, revision.note),
                         (self.editor, "Imported again from manuscript.txt."))  # fmt: skip

    def test_an_author_whom_all_name_can_be_corrected_there(self):
        self.bring("---\nauthor: B. Miller\n---\n# A\n\nText.\n\n# B\n\nText.", "a.md", author="")
        self.act("import", author="C. Carter")
        self.assertEqual(set(Essay.objects.values_list("author_name", flat=True)), {"C. Carter"})

    def test_without_its_key_a_form_is_refused_and_kept(self):
        self.bring()
        page = self.act("join:2", follow=False, form_key="", title_0="Kept")
        self.assertContains(page, "lost its key", status_code=422)
        self.assertContains(page, 'value="Kept"', status_code=422)


class DoorTests(ImportPageTestCase):
    def test_only_editors_open_any_of_it_and_nobody_else_changes_any(self):
        manuscript = self.bring()
        urls = [UPLOAD, self.url, reverse("manuscript-look", args=[manuscript.pk, 1]),
                reverse("manuscript-discarding", args=[manuscript.pk])]  # fmt: skip
        keeper = make_user(is_staff=True, is_superuser=True)
        for who in (make_user(), make_moderator(), keeper):
            self.client.force_login(who)
            for url in urls:
                with self.subTest(who=str(who), url=url):
                    self.assertEqual(self.client.post(url, sent(act="import")).status_code, 403)
                    self.assertIn(self.client.get(url).status_code, (403, 405))
        self.client.logout()
        for url in urls:
            self.assertIn("/accounts/login/", self.client.get(url).headers.get("Location", ""))
        self.assertTrue(Manuscript.objects.exists())
        self.assertFalse(Essay.objects.exists())

    def test_a_silenced_editor_imports_nothing(self):
        manuscript = self.bring()
        self.editor.silenced_until = manuscript.uploaded_at.replace(year=2999)
        self.editor.save()
        self.assertEqual(self.client.post(self.url, sent(act="import")).status_code, 403)

    def test_the_pages_hold_nothing_that_the_policy_forbids(self):
        manuscript = self.bring()
        for url in (UPLOAD, self.url, reverse("manuscript-look", args=[manuscript.pk, 1])):
            page = self.client.get(url).content.decode()
            self.assertIsNone(re.search(r"<style|\sstyle=|\son[a-z]+=\"", page))
