import re

from django.test import TestCase
from django.urls import reverse

from essays.actions import publish_revision
from forum.counterpoints import actions
from forum.counterpoints.models import Claim
from forum.counterpoints.stances import take_stance
from tests.factories import (
    SOURCE,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)


def claims_on(page):
    return [int(pk) for pk in re.findall(r'<p class="serif"><a href="/claims/(\d+)/"', page)]


class ClaimsPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.url = reverse("counterpoints:claims", args=[cls.essay.slug])
        cls.late = make_claim(cls.essay, "The lord counted silver.", statement="Lords counted.")
        cls.early = make_claim(cls.essay, "Nobody knew why.")

    def get(self, query=""):
        return self.client.get(self.url + query).content.decode()

    def test_lists_the_claims_in_the_order_of_the_text(self):
        assert claims_on(self.get()) == [self.early.pk, self.late.pk]
        assert claims_on(self.get("?order=nonsense")) == [self.early.pk, self.late.pk]

    def test_or_in_the_order_of_their_marking(self):
        assert claims_on(self.get("?order=oldest")) == [self.late.pk, self.early.pk]
        assert claims_on(self.get("?order=newest")) == [self.early.pk, self.late.pk]

    def test_or_the_most_contested_first_by_those_on_the_side_that_has_fewer(self):
        third = make_claim(self.essay, "It was cheap")
        for claim, agree, disagree in ((self.early, 5, 1), (third, 3, 3), (self.late, 2, 2)):
            for side, number in (("agree", agree), ("disagree", disagree)):
                for _ in range(number):
                    take_stance(member=make_user(), claim=claim, side=side)
        # Of four people nothing is told, not even by an order.
        expected = [third.pk, self.early.pk, self.late.pk]
        assert claims_on(self.get("?order=contested")) == expected
        take_stance(member=make_user(), claim=self.late, side="unsure")
        expected = [third.pk, self.late.pk, self.early.pk]
        assert claims_on(self.get("?order=contested")) == expected

    def test_what_is_usual_goes_unsaid_in_the_address(self):
        page = self.get("?order=newest&standing=stands")
        assert 'href="?standing=stands"' in page
        assert 'href="?order=contested&amp;standing=stands"' in page
        assert 'href="?order=newest&amp;standing=refuted"' in page
        assert 'href="?order=newest"' in page
        assert f'<link rel="canonical" href="http://testserver{self.url}">' in page
        assert "order=text" not in page
        assert f'<a href="{self.url}" aria-current="true"><b>In the order of' in self.get()

    def test_by_standing(self):
        make_counterpoint(self.early)
        assert claims_on(self.get("?standing=unanswered")) == [self.early.pk]
        assert claims_on(self.get("?standing=refuted")) == []
        assert "No claim here" in self.get("?standing=refuted")
        assert len(claims_on(self.get("?standing=nonsense"))) == 2

    def test_says_what_decides(self):
        rebuttal = make_counterpoint(self.early)
        assert f'href="/posts/{rebuttal.pk}/"' in self.get()

    def test_leaves_out_what_was_taken_down(self):
        actions.set_status(post=self.early.opening, status="hidden")
        assert claims_on(self.get()) == [self.late.pk]

    def test_every_claim_is_on_one_page_and_only_one(self):
        words = ("It was cheap", "Towns grew", "The horse choked", "Nobody knew")
        made = [make_claim(self.essay, words[place % 4]).pk for place in range(58)]
        # Two of them lose their words, which then stand last.
        source = SOURCE.replace("Towns grew", "Cities grew").replace("It was cheap", "Cheap")
        publish_revision(essay=self.essay, source=source, note="", by=make_editor())
        Claim.objects.filter(pk__in=made[::3]).update(divided=2)
        Claim.objects.filter(pk__in=made[::7]).update(divided=9, is_key=True)
        for order in ("text", "newest", "oldest", "contested"):
            with self.subTest(order):
                seen, query = [], f"?order={order}"
                while query:
                    page = self.get(query)
                    found = claims_on(page)
                    assert len(found) <= 25
                    seen += found
                    link = re.search(r'rel="next" href="(\?[^"]*)"', page)
                    query = link[1].replace("&amp;", "&") if link else ""
                assert sorted(seen) == sorted([self.early.pk, self.late.pk, *made])

    def test_an_address_of_nonsense_is_the_first_page(self):
        for after in ("x", "~", "1~x", "-1~2", "9" * 40, "%00"):
            assert len(claims_on(self.get(f"?after={after}"))) in {0, 2}

    def test_no_such_essay_is_no_page(self):
        for name in ("claims", "map"):
            assert self.client.get(reverse(f"counterpoints:{name}", args=["x"])).status_code == 404

    def test_drafts_are_the_editors_own(self):
        draft = make_essay(published=False)
        url = reverse("counterpoints:claims", args=[draft.slug])
        assert self.client.get(url).status_code == 404
        self.client.force_login(make_editor())
        assert self.client.get(url).status_code == 200

    def test_query_count_does_not_grow_with_the_claims(self):
        for size in (1, 30):
            for _ in range(size):
                make_counterpoint(make_claim(self.essay))
            with self.subTest(size=size), self.assertNumQueries(2):
                self.get()
