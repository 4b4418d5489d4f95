"""What publishing does to passages: their places in each revision, and what was told before it."""

from unittest import mock

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from essays import settling
from essays.actions import publish_revision, quote
from essays.anchoring import Carrier
from essays.impact import fates
from essays.models import Essay, Place
from forum.lib.rendering import render_essay
from tests.factories import SOURCE, make_editor, make_essay, place_of

WHY = "Nobody knew why."
STRAW = "Then a ring of straw changed the fields."
CHEAP = "It was cheap, and any saddler could make it."
CHANGED = SOURCE.replace(WHY, "Few knew why.")
WITHOUT = SOURCE.replace(f" {WHY}", "")
OTHER = "## Oats\n\nNothing of all that was true. We were all of us wrong about it.\n"


class CarryingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.essay = make_essay()
        cls.why = cls.passage(WHY)

    @classmethod
    def passage(cls, words):
        start, end = place_of(cls.essay, words)
        return quote(revision=cls.essay.current_revision, start=start, end=end)

    def publish(self, source, **fields):
        revision = publish_revision(
            essay=self.essay, source=source, note="", by=self.editor, **fields
        )
        self.essay = Essay.objects.select_related("current_revision").get(pk=self.essay.pk)
        return revision

    def place(self, passage=None):
        return Place.objects.get(passage=passage or self.why, revision=self.essay.current_revision)

    def words(self, passage=None):
        place = self.place(passage)
        return place.state, self.essay.current_revision.text[place.start or 0 : place.end or 0]

    def told(self, source):
        rendered = render_essay(source)
        return fates(self.essay.current_revision, rendered.text, rendered.blocks)

    def test_each_revision_keeps_what_became_of_a_passage(self):
        straw = self.passage(STRAW)
        for source, words in (
            (f"Before.\n\n{SOURCE}", STRAW),
            (SOURCE.replace("changed the", "never changed the"),
             "Then a ring of straw never changed the fields."),
            (SOURCE.replace(f"{STRAW} ", ""), ""),
            (f"{SOURCE.replace(f'{STRAW} ', '')}\n\nAt last, they say. {STRAW} So.", STRAW),
        ):  # fmt: skip
            self.publish(source)
            self.assertEqual(self.words(straw)[1], words)
        states = straw.places.order_by("revision__number").values_list("state", flat=True)
        self.assertEqual(list(states), ["exact", "exact", "changed", "orphaned", "moved"])

    def test_how_alike_it_is_to_the_quotation_is_kept(self):
        self.publish(CHANGED)
        self.assertAlmostEqual(
            self.place().similarity, 2 * len(" knew why.") / len(f"{WHY}Few knew why.")
        )
        self.publish(WITHOUT)
        self.assertIsNone(self.place().similarity)
        self.publish(SOURCE)
        self.assertEqual(self.place().similarity, 1)

    def test_a_lost_passage_is_readable_where_it_was(self):
        before = self.place()
        self.publish(OTHER)
        self.assertEqual(self.place().state, "orphaned")
        before.refresh_from_db()
        self.assertEqual(before.revision.text[before.start : before.end], WHY)

    def test_a_reason_is_kept_only_for_what_is_lost(self):
        straw = self.passage(STRAW)
        self.publish(WITHOUT, reasons={self.why.pk: "It was not so.", straw.pk: "A slip."})
        self.assertEqual((self.place().reason, self.place(straw).reason), ("It was not so.", ""))

    def test_an_older_text_put_back_has_its_passages_where_they_were(self):
        passages = [self.why, *map(self.passage, (STRAW, CHEAP, "silver", "any saddler"))]
        first = {each.pk: self.place(each) for each in passages}
        for between in (CHANGED, WITHOUT, OTHER, f"{CHEAP} {STRAW}\n\n{CHANGED}"):
            self.publish(between)
            self.publish(f"{between}\n\nMore of it.")
            self.publish(SOURCE)
            for each in passages:
                place, was = self.place(each), first[each.pk]
                with self.subTest(between=between[:20], words=each.exact):
                    self.assertEqual(
                        (place.state, place.start, place.end, place.similarity),
                        ("exact", was.start, was.end, 1),
                    )

    def test_a_changed_text_put_back_has_them_changed_again(self):
        self.publish(CHANGED)
        was = self.place()
        self.publish(OTHER)
        self.publish(CHANGED)
        self.assertEqual(self.words(), ("changed", "Few knew why."))
        self.assertEqual(self.place().similarity, was.similarity)

    def test_words_that_have_become_a_heading_carry_no_passage_any_more(self):
        heading = SOURCE.replace(STRAW, f"\n\n## {STRAW}\n\n")
        straw = self.passage(STRAW)
        self.publish(SOURCE.replace(STRAW, f"\n\n{STRAW}\n\n"))
        self.publish(OTHER)
        self.publish(heading)
        self.assertEqual(self.place(straw).state, "orphaned")
        self.publish(SOURCE.replace(STRAW, f"\n\n{STRAW}\n\n"))
        self.assertEqual(self.words(straw), ("exact", STRAW))

    def test_small_changes_do_not_add_up_to_other_words(self):
        words = ["Perhaps someone", "guessed", "correctly."]
        for number in (1, 2, 3):
            now = " ".join([*words[:number], *WHY.split()[number:]])
            self.publish(SOURCE.replace(WHY, now))
        self.assertEqual(self.place().state, "orphaned")

    def test_a_quietly_deleted_sentence_goes_nowhere_else(self):
        beside = self.passage("Everybody blamed the horse.")
        self.publish(WITHOUT)
        self.assertEqual(self.words(), ("orphaned", ""))
        self.assertEqual(self.words(beside), ("exact", "Everybody blamed the horse."))

    def test_a_lost_passage_comes_back_with_its_words_and_only_with_them(self):
        self.publish(WITHOUT)
        self.publish(f"{WITHOUT}\n\nNobody came. Nobody knew it.")
        self.assertEqual(self.place().state, "orphaned")
        self.publish(f"{WITHOUT}\n\nNobody came. But nobody knew why.")
        self.assertEqual(self.place().state, "orphaned")
        self.publish(SOURCE.replace(WHY, f"Still. {WHY}"))
        self.assertEqual(self.words(), ("exact", WHY))

    def test_what_an_editor_has_denied_is_not_found_again_until_it_is_written_again(self):
        self.publish(f"Before.\n\n{SOURCE}")
        settling.settle(by=self.editor, place=self.place(), span=None)
        self.publish(f"Once before.\n\n{SOURCE}")
        self.assertEqual(self.place().state, "orphaned")

    def test_what_is_told_before_is_what_is_stored(self):
        for words in (STRAW, CHEAP, "any saddler", "The lord counted silver.", "days", "horse"):
            self.passage(words)
        swapped = "\n\n".join(reversed(SOURCE.strip().split("\n\n")))
        for source in (CHANGED, WITHOUT, swapped, OTHER, f"Before.\n\n{CHANGED}", SOURCE):
            told = {
                fate.passage.pk: (
                    fate.outcome.state, fate.outcome.start, fate.outcome.end,
                    fate.outcome.similarity, fate.becomes,
                )
                for fate in self.told(source)
            }  # fmt: skip
            self.publish(source)
            text = self.essay.current_revision.text
            stored = {
                place.passage_id: (
                    place.state, place.start, place.end, place.similarity,
                    text[place.start or 0 : place.end or 0],
                )
                for place in Place.objects.filter(revision=self.essay.current_revision)
            }  # fmt: skip
            self.assertEqual(told, stored)

    def test_a_fate_tells_the_words_as_they_stand_now_or_stood_last(self):
        (fate,) = self.told(CHANGED)
        self.assertEqual((fate.was, fate.becomes), (WHY, "Few knew why."))
        self.publish(CHANGED)
        (fate,) = self.told(WITHOUT)
        self.assertEqual((fate.was, fate.becomes, fate.is_lost), ("Few knew why.", "", True))
        self.publish(WITHOUT)
        (fate,) = self.told(OTHER)
        self.assertEqual((fate.was, fate.start, fate.is_lost), ("Few knew why.", None, True))

    def test_an_essay_without_a_text_has_no_fates(self):
        self.assertEqual(fates(None, "Words.", []), [])

    def test_queries_do_not_grow_with_the_passages_nor_with_those_that_are_lost(self):
        words = SOURCE.split("\n\n")[1].split(".")[0].split()
        counts = []
        for number in (1, 8):
            essay = make_essay()
            for word in words[:number]:
                start, end = place_of(essay, word)
                quote(revision=essay.current_revision, start=start, end=end)
            for source in (OTHER, f"{OTHER}\n\nMore.", SOURCE):
                with CaptureQueriesContext(connection) as queries:
                    publish_revision(essay=essay, source=source, note="", by=self.editor)
                counts.append(len(queries))
        self.assertEqual(counts[:3], counts[3:])

    def test_a_text_is_compared_once_whatever_was_lost_from_it(self):
        for words in ("horse choked", "collar came", "Nobody knew"):
            self.passage(words)
        self.publish(OTHER)
        for source in (f"{SOURCE}\n\nMore.", f"{OTHER}\n\nMore."):
            with mock.patch("essays.impact.Carrier", wraps=Carrier) as carrier:
                self.told(source)
            self.assertEqual(carrier.call_count, 1)
