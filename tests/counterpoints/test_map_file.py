import re
from xml.etree import ElementTree

from django.test import TestCase, override_settings
from django.urls import reverse

from forum.counterpoints.map_file import style
from tests.factories import make_claim, make_counterpoint, make_editor, make_essay, make_user

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&]]> \x0b\x01 \ufffe'


class MapFileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar & <Straw>", slug="the-collar", author_name="A < B")
        cls.url = reverse("counterpoints:map-svg", args=[cls.essay.slug])
        cls.claim = make_claim(cls.essay, statement="It was <i>cheap</i> & שלום.")
        cls.rebuttal = make_counterpoint(
            cls.claim, author=make_user(display_name='<Hester "V"'), source=HOSTILE
        )

    def get(self, query=""):
        response = self.client.get(self.url + query)
        assert response.status_code == 200
        return response

    def root(self, query=""):
        return ElementTree.fromstring(self.get(query).content)  # noqa: S314 — our own

    def test_it_is_handed_out_as_a_file_with_a_name(self):
        response = self.get()
        assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
        said = response.headers["Content-Disposition"]
        assert said == 'attachment; filename="the-collar-map.svg"'

    def test_a_visitor_who_has_it_is_told_so_and_a_member_gets_the_same(self):
        first = self.get()
        again = self.client.get(self.url, headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304
        self.client.force_login(make_user())
        assert self.get().content == first.content

    def test_it_is_sound_xml_whatever_people_wrote(self):
        root = self.root()
        assert not list(root.iter(f"{SVG}script"))
        said = " ".join(text for text in root.itertext())
        assert "שלום" in said
        assert "<i>cheap</i>" in said
        assert '<Hester "V"' in said

    def test_it_brings_all_its_signs_and_fetches_nothing(self):
        text = self.get().content.decode()
        known = set(re.findall(r'<symbol id="(\w+)"', text))
        used = set(re.findall(r'<use[^>]* href="([^"]*)"', text))
        assert used
        assert all(address.startswith("#") and address[1:] in known for address in used)
        assert "url(" not in text
        assert "@import" not in text
        assert not re.search(r"\son\w+=", text)

    def test_every_class_in_it_has_a_style_in_light_and_in_dark(self):
        light, dark = style().split("@media (prefers-color-scheme:dark)")
        for name in ("rebuts", "undercuts", "supports", "concedes"):
            for scheme in (light, dark):
                assert f".tile.is-{name} rect" in scheme
        for name in ("unchallenged", "stands", "unanswered", "contested", "refuted", "conceded"):
            for scheme in (light, dark):
                assert f".seg.is-{name}," in scheme
        assert light.count("#") == dark.count("#")
        assert "var(" not in style()

    def test_links_lead_back_to_the_site(self):
        links = [link.get("href") for link in self.root().iter(f"{SVG}a")]
        assert f"http://testserver/claims/{self.claim.pk}/" in links
        assert f"http://testserver/posts/{self.rebuttal.pk}/" in links
        assert all(link.startswith("http://testserver/") for link in links)

    @override_settings(CONTENT_LICENCE="Free to share & <adapt>.")
    def test_it_says_where_it_is_from_and_what_may_be_done_with_it(self):
        root = self.root()
        assert root.find(f"{SVG}title").text == "The whole map of The Collar & <Straw>"
        said = " ".join(text for text in root.itertext())
        assert "By A < B. Revision 1," in said
        assert "http://testserver/essays/the-collar/" in said
        assert "Free to share & <adapt>." in said

    def test_a_part_and_a_claim_can_be_taken_away_by_themselves(self):
        title = self.root("?claim=1").find(f"{SVG}title").text
        assert title == "Map of claim 1 of The Collar & <Straw>"
        assert self.client.get(self.url + "?claim=99").status_code == 404

    def test_an_essay_without_claims_has_a_map_of_its_text_alone(self):
        bare = make_essay()
        response = self.client.get(reverse("counterpoints:map-svg", args=[bare.slug]))
        root = ElementTree.fromstring(response.content)  # noqa: S314 — our own
        assert not list(root.iter(f"{SVG}a"))

    def test_the_map_of_a_draft_is_the_editors_own(self):
        url = reverse("counterpoints:map-svg", args=[make_essay(published=False).slug])
        assert self.client.get(url).status_code == 404
        self.client.force_login(make_editor())
        assert self.client.get(url).status_code == 200

    def test_query_count_is_that_of_the_page(self):
        for size in (1, 8):
            for _ in range(size):
                make_counterpoint(self.claim, target=make_counterpoint(self.claim))
                make_claim(self.essay)
            with self.subTest(size=size), self.assertNumQueries(6):
                self.get()
