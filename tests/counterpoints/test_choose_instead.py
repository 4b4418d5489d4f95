from urllib.parse import urlencode

from django.test import TestCase
from django.urls import reverse

from forum.counterpoints import actions
from forum.counterpoints.models import Claim
from forum.posts.models import Draft
from tests.counterpoints.choice import checked, filled
from tests.factories import (
    make_claim,
    make_counterpoint,
    make_essay,
    make_user,
)


class InsteadTests(TestCase):
    """What stands already is supported or answered, with what was typed for another claim."""

    @classmethod
    def setUpTestData(cls):
        cls.essay, cls.member = make_essay(), make_user()
        cls.url = reverse("counterpoints:choose", args=[cls.essay.slug, 1])
        cls.claim = make_claim(cls.essay, statement="Nobody could tell why horses choked.")
        cls.far = make_claim(
            cls.essay, "The lord counted silver.", statement="Silver was counted by any lord."
        )

    def setUp(self):
        self.client.force_login(self.member)

    def get(self, **query):
        return self.client.get(f"{self.url}?{urlencode(query)}").content.decode()

    def turn(self, way, claim=None, **changes):
        form = filled(instead=f"{way}:{(claim or self.claim).pk}", **changes)
        return self.client.post(self.url, form)

    def test_shows_what_was_said_of_the_same_words(self):
        make_counterpoint(self.claim, "undercuts", source="The carters wrote it down.")
        page = self.get(s=2)
        assert "The carters wrote it down." in page
        assert page.index("Nobody could tell") < page.index("The carters wrote it down.")

    def test_of_many_on_the_same_words_five_stand_open_and_none_is_left_out(self):
        made = [make_claim(self.essay, statement=f"It is number {n}.") for n in range(8)]
        page = self.get(s=2)
        shown, folded = page.split("More on these words")
        assert "It is number 3." in shown
        for claim in made:
            assert f'value="answer:{claim.pk}"' in page
        assert "It is number 7." in folded
        assert "It is number 7.</a>" not in shown

    def test_but_nothing_that_was_taken_down(self):
        told = make_counterpoint(self.claim, source="The carters wrote it down.")
        actions.set_status(post=told.post, status="hidden")
        assert "The carters wrote it down." not in self.get(s=2)

    def test_shows_like_claims_elsewhere_in_the_essay(self):
        page = self.get(s=1, statement="Lords counted their silver")
        assert "Claimed elsewhere in like words" in page
        assert "Silver was counted by any lord." in page
        assert "Silver was counted" not in self.get(s=1, statement="The collar was heavy")

    def test_before_posting_they_are_shown_too(self):
        page = self.client.post(
            self.url, filled(s=["1"], statement="Lords counted silver.", relation="")
        ).content.decode()
        assert "Silver was counted by any lord." in page

    def test_what_was_typed_goes_along(self):
        response = self.turn("answer", relation="undercuts", restatement="")
        assert response.url.startswith(f"/claims/{self.claim.pk}/answer/?draft=")
        page = self.client.get(response.url).content.decode()
        assert "The carters knew.</textarea>" in page
        assert "Nobody knew why the horse choked.</textarea>" in page
        assert checked(page) == "undercuts"
        assert Claim.objects.count() == 2

    def test_to_support_is_to_support(self):
        page = self.client.get(self.turn("support").url).content.decode()
        assert checked(page) == "supports"
        assert "No one could tell.</textarea>" in page

    def test_with_nothing_typed_it_only_leads_there(self):
        empty = {"statement": "", "source": "", "restatement": "", "relation": ""}
        assert self.turn("answer", **empty).url == f"/claims/{self.claim.pk}/answer/"
        assert self.turn("support", **empty).url.endswith("?relation=supports")
        assert not Draft.objects.exists()

    def test_the_draft_of_the_claim_becomes_that_of_the_answer(self):
        form = filled(keep="1")
        self.client.post(self.url, form)
        del form["keep"]
        self.client.post(self.url, form | {"instead": f"answer:{self.far.pk}"})
        assert [draft.place for draft in Draft.objects.all()] == [f"answer:{self.far.pk}:0"]

    def test_no_claim_of_another_essay_nor_a_hidden_one_nor_nonsense(self):
        hidden = make_claim(self.essay, "It was cheap")
        actions.set_status(post=hidden.opening, status="hidden")
        for claim in (make_claim(make_essay()), hidden):
            assert self.turn("answer", claim).status_code == 404
        for value in ("answer:0", "answer:x", "", "answer:99999999999999999999"):
            response = self.client.post(self.url, filled(instead=value))
            assert response.status_code == 404

    def test_a_script_asks_for_the_same_while_one_writes(self):
        url = reverse("counterpoints:similar", args=[self.essay.slug, 1])
        found = self.client.get(url, {"s": "2", "statement": "lords counted silver"})
        page = found.content.decode()
        assert "Already on these words" in page
        assert "Silver was counted by any lord." in page
        assert "<html" not in page
        assert self.client.get(url).content.decode().strip() == ""
        self.client.logout()
        assert self.client.get(url).status_code == 302

    def test_its_queries_do_not_grow_with_the_claims(self):
        url = reverse("counterpoints:similar", args=[self.essay.slug, 1])
        for size in (1, 30):
            for _ in range(size):
                make_claim(self.essay)
            with self.subTest(size=size), self.assertNumQueries(6):
                self.client.get(url, {"s": "2", "statement": "Nobody knew why"})
