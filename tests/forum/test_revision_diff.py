import re

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays.actions import publish_revision
from forum.counterpoints import actions as counterpoints
from forum.posts.statuses import PostStatus
from forum.revision_claims import ROWS_SHOWN
from tests.factories import (
    SOURCE,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)
from tests.kept import forget_what_is_kept
from tests.revising import revise, set_place

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."


def words_of(html):
    """What a reader reads of a piece of the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class RevisionDiffTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.changed = make_claim(cls.essay, OLD, statement="Nobody knew.")
        cls.gone = make_claim(cls.essay, "Everybody blamed the horse.", statement="All blamed it.")
        cls.kept = make_claim(cls.essay, "It was cheap", statement="Straw is cheap.")
        cls.editor = make_editor(display_name="Joan Ferris")
        cls.revision = revise(
            cls.essay, f"{OLD} Everybody blamed the horse.", NEW, by=cls.editor,
            note="Nobody is too few.", tell=False,
        )  # fmt: skip
        set_place(cls.changed, cls.revision, NEW)
        set_place(cls.gone, cls.revision, "", reason="The horse was not blamed.")

    def get(self, a=1, b=2, **options):
        return self.client.get(reverse("revision-diff", args=["collar", a, b]), **options)

    def rows(self, *pair):
        page = self.get(*pair).content.decode()
        body = page.partition("<tbody>")[2].partition("</tbody>")[0]
        return [words_of(row) for row in body.split("<tr>")[1:]]

    def test_it_says_who_published_what_and_why(self):
        page = self.get()
        self.assertContains(page, "From revision 1 to revision 2</h1>")
        self.assertContains(page, "<bdi>Joan Ferris</bdi> published it on")
        self.assertContains(page, "“Nobody is too few.”")

    def test_it_tells_what_became_of_each_claim(self):
        page = self.get()
        self.assertContains(page, "1 exact, 1 changed, 1 orphaned")
        changed, gone, kept = self.rows()
        self.assertIn("Changed 1. Nobody knew. Its words were edited.", changed)
        self.assertIn("Orphaned 2. All blamed it. Its words are gone.", gone)
        self.assertIn("stays readable in revision 1. The horse was not blamed.", gone)
        self.assertTrue(kept.startswith("Exact 3. Straw is cheap. Unchallenged"))

    def test_across_several_revisions_the_reason_is_that_of_the_one_that_lost_it(self):
        third = revise(self.essay, "The lord", "A lord", tell=False)
        set_place(self.gone, third, "")
        self.assertIn("The horse was not blamed.", " ".join(self.rows(1, 3)))
        self.assertNotIn("The horse was not blamed.", " ".join(self.rows(2, 3)))

    def test_each_standing_leads_to_what_decides_it(self):
        objection = make_counterpoint(self.kept)
        self.assertContains(self.get(), f'<a href="/posts/{objection.pk}/"')

    def test_backwards_it_tells_the_same_the_other_way_round(self):
        changed, gone, kept = self.rows(2, 1)
        self.assertIn("Exact 1. Nobody knew. The words are those that were marked.", changed)
        self.assertIn("Exact 2. All blamed it. Gone in revision 2.", gone)
        self.assertContains(self.get(2, 1), "You read backwards")

    def test_a_claim_that_stays_changed_or_gone_is_told_so(self):
        third = revise(self.essay, "The lord", "A lord", tell=False)
        set_place(self.changed, third, NEW)
        set_place(self.gone, third, "")
        changed, _kept, gone = self.rows(2, 3)
        self.assertIn("Changed 1. Nobody knew. It was edited before", changed)
        self.assertIn("not in revision 2 either", gone)

    def test_words_that_come_back_are_told_so(self):
        third = revise(self.essay, NEW, f"{OLD} Everybody blamed the horse.", tell=False)
        set_place(self.gone, third, "Everybody blamed the horse.")
        self.assertIn("Its words are back.", self.rows(2, 3)[1])

    def test_a_claim_that_was_marked_later_is_told_so(self):
        make_claim(self.essay, "The lord counted", statement="He counted.")
        self.assertEqual(len(self.rows(1, 2)), 4)
        self.assertIn("He counted. It was marked after revision 1.", self.rows(1, 2)[-1])
        self.assertEqual(len(self.rows(2, 1)), 3)

    def test_a_moved_passage_is_told_with_its_paragraphs(self):
        parts = self.essay.current_revision.source.split("\n\n")
        parts.insert(1, parts.pop(-1))
        revision = publish_revision(
            essay=self.essay, source="\n\n".join(parts), note="", by=self.editor
        )
        place = self.kept.passage.places.get(revision=revision)
        place.state = "moved"
        place.save()
        self.assertTrue(any("From paragraph 2 to paragraph 3." in row for row in self.rows(2, 3)))

    def test_the_text_shows_what_changed_word_by_word_and_folds_the_rest(self):
        page = self.get().content.decode()
        self.assertIn("<ins>Hardly anybody</ins>", page)
        self.assertIn("<del>Nobody</del>", page)
        self.assertIn("Three paragraphs without changes.", page)
        self.assertIn("One paragraph without changes.", page)
        self.assertNotIn("Towns grew", page.partition('id="text"')[2])

    def test_passages_are_marked_in_it_with_what_became_of_them(self):
        text = self.get().content.decode().partition('id="text"')[2]
        self.assertIn('<mark class="passage is-unchallenged">', text)
        mark = words_of(text.partition("<mark")[2].partition("</mark>")[0].partition(">")[2])
        self.assertEqual(mark, "Nobody Hardly anybody knew why.")
        self.assertIn("claim 1 changed</a>", text)
        self.assertIn("claim 2 orphaned</a>", text)
        self.assertEqual(text.count("<mark"), 1)

    def test_the_same_twice_differs_in_nothing(self):
        page = self.get(2, 2)
        self.assertContains(page, "the same revision twice")
        self.assertContains(page, "Five paragraphs without changes.")
        self.assertContains(page, "no words added")

    def test_a_revision_that_is_not_there_is_not_found(self):
        for a, b in ((0, 1), (1, 3), (1, 99999999999), (10**30, 1)):
            with self.subTest(a=a, b=b):
                self.assertEqual(
                    self.client.get(f"/essays/collar/revisions/{a}/{b}/").status_code, 404
                )
        self.assertEqual(self.client.get("/essays/nothing/revisions/1/1/").status_code, 404)

    def test_a_claim_that_was_taken_down_is_neither_told_of_nor_marked(self):
        counterpoints.set_status(post=self.changed.opening, status=PostStatus.HIDDEN)
        self.assertEqual(len(self.rows()), 2)
        self.assertNotContains(self.get(), "<mark")

    def test_without_claims_it_says_so(self):
        essay = make_essay(slug="bare")
        revise(essay, OLD, NEW)
        page = self.client.get(reverse("revision-diff", args=["bare", 1, 2]))
        self.assertContains(page, "No claim had been marked by then.")

    def test_hostile_words_stay_words(self):
        source = SOURCE.replace(OLD, "`<script>alert(1)</script>` & <b>x</b>")
        publish_revision(essay=self.essay, source=source, note="<script>", by=self.editor)
        for pair in ((2, 3), (3, 2), (1, 3)):
            page = self.get(*pair)
            self.assertNotContains(page, "<script>alert")
            self.assertContains(page, "&lt;script&gt;alert(1)")

    def test_drafts_are_compared_by_editors_alone(self):
        draft = make_essay(published=False)
        url = reverse("revision-diff", args=[draft.slug, 1, 1])
        self.assertEqual(self.client.get(url).status_code, 404)
        self.client.force_login(make_editor())
        self.assertEqual(self.client.get(url).status_code, 200)

    def test_a_new_standing_is_shown_at_once(self):
        self.get()
        make_counterpoint(self.changed)
        self.assertContains(self.get(), '<mark class="passage is-unanswered">')

    def test_a_reader_who_has_it_is_told_so(self):
        etag = self.get().headers["ETag"]
        with self.assertNumQueries(2):
            response = self.get(headers={"If-None-Match": etag})
        self.assertEqual(response.status_code, 304)


class SizeTests(TestCase):
    def test_queries_do_not_grow_with_the_claims(self):
        essay, member, counts = make_essay(), make_user(), []
        revise(essay, OLD, NEW)
        url = reverse("revision-diff", args=[essay.slug, 1, 2])
        for words in (("It was cheap",), ("The lord", "Towns grew", "silver", "any saddler")):
            for each in words:
                make_counterpoint(make_claim(essay, each))
            for user in (None, member):
                self.client.logout()
                if user:
                    self.client.force_login(user)
                forget_what_is_kept()
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(url)
                counts.append(len(queries))
        self.assertEqual(counts[:2], counts[2:])
        self.assertLessEqual(counts[0], 5)

    def test_what_no_page_could_hold_is_cut_and_says_so(self):
        old = "\n\n".join(f"Old paragraph {number} {'word ' * 60}." for number in range(700))
        essay = make_essay(source=old)
        new = "\n\n".join(f"New text {number} {'other ' * 60}." for number in range(700))
        publish_revision(essay=essay, source=new, note="", by=make_editor())
        page = self.client.get(reverse("revision-diff", args=[essay.slug, 1, 2]))
        self.assertContains(page, "More has changed than one page can show.")
        self.assertLess(len(page.content), 600_000)

    def test_of_very_many_claims_those_that_kept_their_place_are_counted_only(self):
        words = " ".join(f"word{number}" for number in range(ROWS_SHOWN + 20))
        essay = make_essay(source=f"{words}.\n\n{OLD}")
        for number in range(ROWS_SHOWN + 10):
            make_claim(essay, f"word{number}")
        changed = make_claim(essay, OLD)
        revise(essay, OLD, NEW, claim=changed, tell=False)
        page = self.client.get(reverse("revision-diff", args=[essay.slug, 1, 2]))
        self.assertContains(page, f"{ROWS_SHOWN + 10} exact, 1 changed")
        self.assertContains(page, "<tr>", count=2)
        self.assertContains(page, f"{ROWS_SHOWN + 10} more claims not shown here")
