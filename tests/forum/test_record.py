"""A member's record: how what they argued fared, and nothing that nobody can read."""

from unittest.mock import patch

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum import record
from forum.counterpoints.actions import set_status, withdraw
from forum.counterpoints.models import Correction
from forum.posts.statuses import PostStatus
from forum.record import record_of
from tests.factories import cast_votes, make_claim, make_counterpoint, make_essay, make_user


class RecordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)
        cls.ruth, cls.tobias = make_user("ruth"), make_user("tobias")

    def argue(self, relation="rebuts", *, author=None, up=3, **fields):
        made = make_counterpoint(self.claim, relation, author=author or self.ruth, **fields)
        cast_votes(made.post, up=up)
        return made

    def record(self):
        self.ruth.refresh_from_db()
        return record_of(self.ruth)

    def test_who_argued_nothing_has_none(self):
        with self.assertNumQueries(0):
            self.assertIsNone(record_of(self.tobias))

    def test_what_survives_and_what_was_answered(self):
        lost = self.argue()
        self.argue("supports")
        self.argue("rebuts", author=self.tobias, target=lost, up=9)
        told = self.record()
        self.assertEqual((told.total, told.survive, told.fell, told.answered), (2, 1, 1, 1))
        self.assertEqual(dict(told.relations)["supports"], 1)

    def test_concessions_made_and_won(self):
        theirs = self.argue(author=self.tobias)
        self.argue("concedes", target=theirs)
        mine = self.argue("rebuts", target=theirs)
        self.argue("concedes", author=self.tobias, target=mine)
        told = self.record()
        self.assertEqual((told.made, told.won), (1, 1))

    def test_credit_for_a_correction_is_its_writers(self):
        for writer in (self.ruth, self.tobias):
            Correction.objects.create(
                revision=self.essay.current_revision, counterpoint=self.argue(author=writer),
                was="Was.", credited=writer, made_at=timezone.now(),
            )  # fmt: skip
        self.assertEqual(self.record().credited, 1)

    def test_what_nobody_can_read_is_not_in_it(self):
        withdraw(by=self.ruth, post=self.argue().post)
        set_status(post=self.argue().post, status=PostStatus.HIDDEN)
        self.assertEqual(self.record().total, 0)
        self.argue()
        set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.assertEqual(self.record().total, 0)

    def test_it_is_told_to_everybody_and_minds_only_from_five_up(self):
        self.argue()
        url = reverse("member", args=["ruth"])
        for minds, is_told in ((4, False), (5, True)):
            type(self.ruth).objects.filter(pk=self.ruth.pk).update(minds_changed=minds)
            page = self.client.get(url)
            self.assertContains(page, "How they fared")
            self.assertEqual("Minds changed" in page.content.decode(), is_told)

    def test_it_reads_no_more_than_the_newest(self):
        for _ in range(3):
            self.argue(up=0)
        with patch.object(record, "NEWEST", 2), self.assertNumQueries(3):
            told = self.record()
            self.assertEqual((told.total, told.is_cut), (2, True))
