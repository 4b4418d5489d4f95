import re

from django.test import TestCase
from django.urls import reverse

from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)


class VerdictTests(TestCase):
    """Every label tells its reason; those that a post decides link to it."""

    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)

    def page(self, query=""):
        response = self.client.get(reverse("counterpoints:claim", args=[self.claim.pk]) + query)
        return response.content.decode()

    def verdict(self):
        return re.search(r'<section class="verdict.*?</section>', self.page(), re.DOTALL)[0]

    def decided_by(self, counterpoint):
        return f'href="#post-{counterpoint.pk}"'

    def test_says_that_nobody_has_objected(self):
        assert "Nobody has objected yet." in self.verdict()

    def test_says_that_no_objection_survived(self):
        rebuttal = make_counterpoint(self.claim)
        make_counterpoint(self.claim, target=rebuttal)
        assert "Objected to; no objection has survived." in self.verdict()

    def test_says_which_objection_nobody_answered(self):
        rebuttal = make_counterpoint(self.claim, author=make_user(display_name="Hester Vane"))
        verdict = self.verdict()
        assert "Nobody has answered this objection" in verdict
        assert self.decided_by(rebuttal) in verdict
        assert "Hester Vane</bdi>’s rebuttal" in verdict
        assert ", since <time" in verdict

    def test_says_that_both_sides_live(self):
        rebuttal = make_counterpoint(self.claim)
        cast_votes(rebuttal.post, up=6)
        answer = make_counterpoint(self.claim, target=rebuttal)
        cast_votes(answer.post, up=3)
        verdict = self.verdict()
        assert "Both sides still have a live case" in verdict
        assert self.decided_by(rebuttal) in verdict

    def test_says_what_outweighs_the_claim(self):
        rebuttal = make_counterpoint(self.claim)
        cast_votes(rebuttal.post, up=12)
        make_counterpoint(self.claim, target=rebuttal)
        verdict = self.verdict()
        assert "Answered, but the objection still outweighs it" in verdict
        assert self.decided_by(rebuttal) in verdict

    def test_says_who_conceded(self):
        rebuttal = make_counterpoint(self.claim)
        make_counterpoint(
            self.claim, target=rebuttal, relation="concedes", author=make_editor(), as_author=True
        )
        verdict = self.verdict()
        assert "Its author accepted this objection" in verdict
        assert self.decided_by(rebuttal) in verdict
        assert "Accepted by the essay’s author" in self.page()

    def test_a_deciding_post_on_another_page_is_linked_by_its_own_address(self):
        rebuttal = make_counterpoint(self.claim)
        support = make_counterpoint(self.claim, relation="supports")
        page = self.page(f"?branch={support.pk}")
        assert f'href="/posts/{rebuttal.pk}/"' in page

    def test_the_history_tells_each_change(self):
        make_counterpoint(self.claim)
        page = self.page()
        history = page[page.index("Its history") :]
        assert history.index("Unchallenged") < history.index("Unanswered")
