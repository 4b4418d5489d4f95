from django.test import TestCase

from forum.counterpoints import actions
from forum.counterpoints.models import ESSAYIST, Claim, Counterpoint
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
    place_of,
)


class MarkClaimTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.member = make_user()
        cls.text = cls.essay.current_revision.text

    def mark(self, start, end, **fields):
        fields.setdefault("statement", "Nobody knew.")
        return actions.mark_claim(
            author=self.member, essay=self.essay, start=start, end=end, **fields
        )

    def test_claims_are_numbered_in_the_order_of_marking(self):
        numbers = [make_claim(self.essay, words).number for words in ("Towns grew", "Nobody")]
        assert numbers == [1, 2]
        self.essay.refresh_from_db()
        assert self.essay.claim_count == 2

    def test_white_space_around_the_words_is_left_out(self):
        start, end = place_of(self.essay, " Nobody knew why. ")
        assert self.mark(start, end).passage.exact == "Nobody knew why."

    def test_words_that_are_none_or_too_many_or_of_two_paragraphs_are_refused(self):
        start, end = place_of(self.essay, "Nobody knew why.")
        for place in (
            (start, start),
            (end, start),
            (start - 1, start),
            (0, len(self.text)),
            (-5, -1),
        ):
            with self.subTest(place), self.assertRaises(Unrenderable):
                self.mark(*place)
        assert not Claim.objects.exists()

    def test_nothing_is_left_of_a_claim_whose_counterpoint_cannot_be_posted(self):
        start, end = place_of(self.essay, "Nobody knew why.")
        with self.assertRaises(Unrenderable):
            self.mark(start, end, relation="rebuts", source="[a](http://b.org) " * 21)
        assert not Claim.objects.exists()

    def test_a_stranger_to_the_essay_does_not_speak_as_its_author(self):
        start, end = place_of(self.essay, "Nobody knew why.")
        with self.assertRaises(Refused):
            self.mark(start, end, relation="concedes", source="Granted.", as_author=True)
        assert not Claim.objects.exists()


class AnswerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essayist = make_user("essayist")
        cls.marker = make_user("marker")
        cls.essay = make_essay("The Horse Collar", author=cls.essayist)
        cls.claim = make_claim(cls.essay, author=cls.marker)

    def test_counts_are_kept_by_relation(self):
        for relation in ("rebuts", "rebuts", "supports"):
            made = make_counterpoint(self.claim, relation)
        actions.withdraw(by=made.post.author, post=made.post)
        self.claim.refresh_from_db()
        assert (self.claim.rebuts, self.claim.supports, self.claim.counterpoint_count) == (2, 0, 2)

    def test_the_marker_and_the_essays_author_are_told(self):
        make_counterpoint(self.claim)
        told = set(Notice.objects.values_list("recipient", flat=True))
        assert told == {self.marker.pk, self.essayist.pk}

    def test_whose_counterpoint_is_answered_is_told(self):
        writer = make_user()
        target = make_counterpoint(self.claim, author=writer)
        Notice.objects.all().delete()
        make_counterpoint(self.claim, target=target)
        notice = Notice.objects.get()
        assert notice.recipient == writer
        assert "The Horse Collar" in notice.sentence

    def test_nobody_is_told_of_their_own(self):
        make_counterpoint(self.claim, author=self.marker)
        assert list(Notice.objects.values_list("recipient", flat=True)) == [self.essayist.pk]

    def test_the_essays_author_concedes_a_claim_and_may_take_it_back(self):
        objection = make_counterpoint(self.claim)
        conceded = make_counterpoint(self.claim, "concedes", target=objection, author=self.essayist)
        assert conceded.speaker == ESSAYIST
        self.claim.refresh_from_db()
        assert (self.claim.label, self.claim.decided_by_id) == ("conceded", objection.pk)
        actions.withdraw(by=self.essayist, post=conceded.post)
        self.claim.refresh_from_db()
        assert self.claim.label == "unanswered"

    def test_the_readers_who_marked_it_cannot_concede_for_the_author(self):
        objection = make_counterpoint(self.claim)
        make_counterpoint(self.claim, "concedes", target=objection, author=self.marker)
        self.claim.refresh_from_db()
        assert self.claim.label == "unanswered"

    def test_hiding_and_restoring_moves_the_standing_there_and_back(self):
        objection = make_counterpoint(self.claim)
        cast_votes(objection.post, up=3)
        self.claim.refresh_from_db()
        before = (self.claim.label, self.claim.strength)
        actions.set_status(post=objection.post, status="hidden")
        self.claim.refresh_from_db()
        assert (self.claim.label, self.claim.strength) == ("unchallenged", 0.5)
        actions.set_status(post=objection.post, status="visible")
        self.claim.refresh_from_db()
        assert (self.claim.label, self.claim.strength) == before

    def test_an_editor_speaks_alone_unless_they_say_otherwise(self):
        editor = make_editor()
        alone = make_counterpoint(self.claim, author=editor)
        as_author = make_counterpoint(self.claim, author=editor, as_author=True)
        assert (alone.speaker, as_author.speaker) == (editor.pk, ESSAYIST)
        assert Counterpoint.objects.count() == 2
