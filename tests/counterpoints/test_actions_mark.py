from django.test import TestCase

from essays.models import PASSAGE_LENGTH, Place
from forum.counterpoints import actions
from forum.counterpoints.models import Claim
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.posts.models import Post, Thread
from tests.factories import make_claim, make_editor, make_essay, make_user, place_of

TWO_PARAGRAPHS = """\
## Straw

The horse choked. Nobody knew why.

Then a ring of straw changed the fields.

- One point.
- Another point.
"""


class MarkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay(source=TWO_PARAGRAPHS)
        cls.member = make_user()

    def mark(self, start, end, **fields):
        fields = {"author": self.member, "essay": self.essay, "statement": "So it was."} | fields
        return actions.mark_claim(start=start, end=end, **fields)

    def mark_words(self, words, **fields):
        return self.mark(*place_of(self.essay, words), **fields)

    def test_a_claim_is_opened_on_the_very_words(self):
        claim = self.mark_words("Nobody knew why.")
        self.assertEqual(claim.passage.exact, "Nobody knew why.")
        self.assertTrue(claim.passage.prefix.endswith("The horse choked. "))
        place = Place.objects.get(passage=claim.passage)
        self.assertEqual((place.start, place.end), place_of(self.essay, "Nobody knew why."))
        self.assertEqual((claim.label, claim.statement), ("unchallenged", "So it was."))
        self.assertEqual([change.label for change in claim.label_changes.all()], ["unchallenged"])
        self.assertEqual((claim.opening.depth, claim.opening.path), (0, ""))

    def test_claims_of_an_essay_are_numbered_in_order_of_marking(self):
        make_claim()
        numbers = [self.mark_words(word).number for word in ("Nobody", "horse", "straw")]
        self.assertEqual(numbers, [1, 2, 3])

    def test_white_space_around_the_words_is_left_out(self):
        start, end = place_of(self.essay, " Nobody knew why.\n\n")
        self.assertEqual(self.mark(start, end).passage.exact, "Nobody knew why.")

    def test_words_that_carry_no_claim_are_refused_with_a_sentence(self):
        text = self.essay.current_revision.text
        start, _ = place_of(self.essay, "Nobody")
        across = (start, text.index("changed"))
        cases = {
            "Choose the words": [(start, start), (start + 5, start), (len(text), len(text) + 9),
                                 (text.index("\n\n"), text.index("\n\n") + 2)],
            "within one paragraph": [across, (0, 5), (-3, 5), (0, start + 6)],
        }  # fmt: skip
        for reason, places in cases.items():
            for place in places:
                with self.subTest(place=place), self.assertRaisesMessage(Unrenderable, reason):
                    self.mark(*place)
        self.assertFalse(Claim.objects.exists())
        self.assertFalse(Thread.objects.exists())
        self.assertFalse(Post.objects.exists())

    def test_a_passage_has_an_end(self):
        essay = make_essay(source="word " * 400)
        claim = self.mark(0, PASSAGE_LENGTH, essay=essay)
        self.assertLessEqual(len(claim.passage.exact), PASSAGE_LENGTH)
        self.mark(5, PASSAGE_LENGTH + 4, essay=essay)
        with self.assertRaisesMessage(Unrenderable, "at most 1,000 characters"):
            self.mark(0, PASSAGE_LENGTH + 2, essay=essay)

    def test_a_claim_needs_a_statement(self):
        for statement in ("", "  ", "x" * 20_000):
            with self.assertRaises(Unrenderable):
                self.mark_words("Nobody", statement=statement)
        self.assertFalse(Claim.objects.exists())

    def test_the_first_counterpoint_goes_with_it(self):
        claim = self.mark_words("Nobody", relation="rebuts", source="Somebody did.")
        self.assertEqual((claim.rebuts, claim.label), (1, "unanswered"))
        self.essay.refresh_from_db()
        totals = self.essay.claim_count, self.essay.counterpoint_count, self.essay.open_count
        self.assertEqual(totals, (1, 1, 1))

    def test_a_first_counterpoint_that_fails_leaves_no_claim(self):
        with self.assertRaises(Unrenderable):
            self.mark_words("Nobody", relation="rebuts", source=" ")
        self.assertFalse(Claim.objects.exists())

    def test_whoever_may_not_write_marks_nothing(self):
        drafts = make_essay(published=False)
        for author, essay in ((make_user(is_active=False), self.essay), (make_editor(), drafts)):
            with self.assertRaises(Refused):
                self.mark(*place_of(essay, "horse"), author=author, essay=essay)

    def test_the_essay_tells_its_kept_pages(self):
        before = self.essay.version
        self.mark_words("Nobody")
        self.essay.refresh_from_db()
        self.assertGreater(self.essay.version, before)
        self.assertEqual(self.essay.claim_count, 1)
