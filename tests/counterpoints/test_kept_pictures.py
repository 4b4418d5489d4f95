"""A picture that is kept for visitors is drawn anew as soon as it would show something else."""

from django.test import TestCase
from django.urls import reverse

from tests.factories import cast_votes, make_claim, make_counterpoint, make_essay


class KeptPictureTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)
        cls.objection = make_counterpoint(cls.claim)
        cls.support = make_counterpoint(cls.claim, "supports")
        cls.urls = [
            cls.essay.get_absolute_url(),
            reverse("counterpoints:map", args=[cls.essay.slug]),
            reverse("counterpoints:map-svg", args=[cls.essay.slug]),
        ]

    def etags(self):
        return [self.client.get(url).headers["ETag"] for url in self.urls]

    def test_votes_that_make_a_sign_hollow_are_seen_though_no_label_changes(self):
        before, label = self.etags(), self.claim.label
        cast_votes(self.support.post, down=6)
        after = self.etags()
        assert all(old != new for old, new in zip(before, after, strict=True))
        self.claim.refresh_from_db()
        assert self.claim.label == "unanswered"
        assert label == "unchallenged"
        page = self.client.get(self.urls[1]).content.decode()
        assert 'class="tile is-supports answered"' in page

    def test_an_answer_whose_votes_restore_what_it_answers_is_seen_too(self):
        answer = make_counterpoint(self.claim, "undercuts", target=self.support)
        page = self.client.get(self.urls[1]).content.decode()
        assert 'class="tile is-supports answered"' in page
        before = self.etags()
        cast_votes(answer.post, down=12)
        assert self.etags() != before
        page = self.client.get(self.urls[1]).content.decode()
        assert 'class="tile is-supports"' in page
