import re

from django.test import TestCase
from django.urls import reverse

from forum.counterpoints import actions
from forum.counterpoints.map_reading import POINTS, ROWS, TREES
from forum.counterpoints.models import Claim
from tests.factories import cast_votes, make_claim, make_counterpoint, make_essay, make_user

HOSTILE = '"><script>alert(1)</script>&'


def told_of(claim, number):
    """As if so many counterpoints had been counted, without making them."""
    Claim.objects.filter(pk=claim.pk).update(rebuts=number)


class MapPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.url = reverse("counterpoints:map", args=[cls.essay.slug])

    def get(self, query=""):
        return self.client.get(self.url + query).content.decode()

    def both(self, query=""):
        """The picture, and the list below it."""
        return self.get(query).split('id="list"')

    def test_an_essay_without_claims_says_so(self):
        page = self.get()
        assert "Nobody has marked a claim in this essay yet." in page
        assert '<svg class="pic"' not in page

    def test_the_picture_and_the_list_say_the_same(self):
        claim = make_claim(self.essay, statement="Nobody <i>knew</i>.")
        rebuttal = make_counterpoint(claim, author=make_user(display_name="Hester Vane"))
        answer = make_counterpoint(claim, "undercuts", target=rebuttal, source="Beside the point.")
        deeper = make_counterpoint(claim, "concedes", target=answer)
        waiting = make_counterpoint(claim)
        links = [
            f'href="/claims/{claim.pk}/"',
            *(f'href="/posts/{post.pk}/"' for post in (rebuttal, answer, deeper, waiting)),
            f'href="/counterpoints/{waiting.pk}/answer/"',
        ]
        for shown in self.both():
            assert sorted(
                set(re.findall(r'href="/(?:claims|posts|counterpoints)/\d+[^"]*"', shown))
            ) == sorted(links)
            for words in ("Nobody &lt;i&gt;knew&lt;/i&gt;.", "Hester Vane", "Beside the point."):
                assert words in shown
            assert "answered" in shown

    def test_a_counterpoint_that_did_not_survive_is_hollow(self):
        claim = make_claim(self.essay)
        rebuttal = make_counterpoint(claim)
        make_counterpoint(claim, target=rebuttal)
        picture, listed = self.both()
        assert picture.count('class="tile is-rebuts answered"') == 1
        assert listed.count('class="rel is-rebuts answered s"') == 1
        assert "Did not survive" in listed

    def test_what_was_taken_down_is_on_neither(self):
        claim = make_claim(self.essay)
        secret = make_counterpoint(claim, source="A secret about a saddler.")
        make_counterpoint(claim, target=secret, source="Answered all the same.")
        actions.set_status(post=secret.post, status="removed")
        page = self.get()
        assert "saddler" not in page
        assert "Answered all the same." not in page

    def test_the_text_stands_beside_it_with_the_passages_in_their_lines(self):
        make_claim(self.essay, "Towns grew")
        picture, _ = self.both()
        assert 'class="seg hot is-unchallenged"' in picture
        assert picture.count('class="h"') == 2
        assert 'class="wire is-unchallenged tint"' in picture

    def test_a_large_tree_shows_its_strongest_branches_and_counts_the_rest(self):
        claim = make_claim(self.essay)
        strong = make_counterpoint(claim, source="The strongest.")
        cast_votes(strong.post, up=3)
        for _ in range(5):
            make_counterpoint(claim)
        told_of(claim, 4000)
        picture, listed = self.both()
        assert "The strongest." in picture
        drawn = picture.count('href="/posts/')
        assert drawn <= 4
        for shown in (picture, listed):
            assert f'href="{self.url}?claim={claim.number}"' in shown or "?claim=1" in shown

    def test_one_claim_has_a_map_of_its_own_and_the_rest_is_on_its_page(self):
        claim, other = make_claim(self.essay), make_claim(self.essay, statement="Another.")
        make_counterpoint(claim)
        told_of(claim, 4000)
        picture, listed = self.both(f"?claim={claim.number}")
        assert "Another." not in listed
        assert "3\u202f999 more" in picture
        assert f"?claim={claim.number}" not in listed
        assert f"<title>Map of claim {claim.number} of The Horse Collar" in self.get("?claim=1")
        assert other.number == 2

    def test_the_page_of_a_claim_leads_to_its_map(self):
        claim = make_claim(self.essay)
        page = self.client.get(claim.get_absolute_url()).content.decode()
        assert f'href="{self.url}?claim={claim.number}">Its map' in page

    def test_more_claims_than_trees_are_rows_of_signs(self):
        for _ in range(TREES + 1):
            claim = make_claim(self.essay)
            make_counterpoint(claim, source="Not told here.")
        page = self.get()
        assert "Not told here." not in page
        assert page.count('class="tile is-rebuts"') == TREES + 1

    def test_more_claims_than_rows_are_parts_each_with_a_map_of_its_own(self):
        for place in range(ROWS + 3):
            make_claim(self.essay, "Towns grew" if place % 2 else "Nobody knew why.")
        picture, listed = self.both()
        for shown in (picture, listed):
            assert "?part=1" in shown
            assert "Straw" in shown
            assert "Oats" in shown
            assert len(set(re.findall(r'href="/claims/(\d+)/"', shown))) == ROWS + 3
        picture, listed = self.both("?part=2")
        assert len(set(re.findall(r'href="/claims/(\d+)/"', picture))) == (ROWS + 3) // 2
        assert 'rel="prev" href="?part=1"' in picture
        assert 'rel="next"' not in picture

    def test_there_is_no_map_of_what_is_not_there(self):
        claim = make_claim(self.essay)
        actions.set_status(post=claim.opening, status="hidden")
        for query in ("?claim=1", "?claim=77", "?part=9", "?part=0"):
            assert self.client.get(self.url + query).status_code == 404
        for query in ("?claim=x", "?part=", "?part=-1", "?zoom=9"):
            assert self.client.get(self.url + query).status_code == 200

    def test_query_count_does_not_grow_with_claims_or_counterpoints(self):
        # The essay, its text and its claims; then their signs, the answers to those, the words.
        for size, queries in ((1, 6), (9, 6), (ROWS - 10, 4), (ROWS, 3)):
            for _ in range(size):
                claim = make_claim(self.essay)
                first = make_counterpoint(claim)
                make_counterpoint(claim, target=make_counterpoint(claim, target=first))
            with self.subTest(size=size), self.assertNumQueries(queries):
                self.get()
        for query, queries in (("?part=1", 4), ("?claim=1", 6)):
            with self.subTest(query), self.assertNumQueries(queries):
                self.get(query)

    def test_a_map_of_any_size_stays_small(self):
        for _ in range(TREES):
            claim = make_claim(self.essay, statement=HOSTILE * 6)
            for _ in range(3):
                target = make_counterpoint(claim, source=HOSTILE * 9)
                for _ in range(4):
                    make_counterpoint(claim, target=target, source=HOSTILE * 9)
        page = self.get()
        assert page.count('class="tile is-') <= POINTS
        assert len(page) < 400_000
        assert "<script>alert" not in page
