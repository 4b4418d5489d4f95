"""What is said of claims where German is spoken: nothing of it put together of English pieces."""

from types import SimpleNamespace

from django.test import SimpleTestCase, TestCase
from django.utils import translation

from forum.counterpoints import wording
from forum.counterpoints.models import Claim, Side
from forum.counterpoints.stance_panel import sides_told
from tests.factories import make_claim, make_counterpoint


class GermanWordsTests(SimpleTestCase):
    def setUp(self):
        german = translation.override("de")
        german.__enter__()
        self.addCleanup(german.__exit__, None, None, None)

    def test_every_standing_has_its_sentence(self):
        assert str(wording.LABEL_SENTENCES["unchallenged"]) == "Noch hat niemand Einwand erhoben"

    def test_whoever_listens_hears_the_place_of_a_counterpoint_among_its_kind(self):
        row = SimpleNamespace(relation="rebuts", is_counted=True)
        told = SimpleNamespace(survives=True, answer=None)
        said = wording.heading(row, told, author="Hester Vane", replies=2, place=(2, 5))
        assert "2 von 5" in said
        assert "unbeantwortet" in said

    def test_where_a_page_has_not_all_only_the_place_is_said(self):
        row = SimpleNamespace(relation="rebuts", is_counted=False)
        said = wording.heading(row, None, author="Hester Vane", replies=2, place=(2, 0))
        assert " 2 " in said
        assert "von 0" not in said

    def test_a_map_is_named(self):
        view = SimpleNamespace(claim=None, part=None)
        assert wording.map_title("Brot", view) == "Die ganze Karte zu „Brot“"

    def test_sides_are_counted_by_the_number_of_each(self):
        told = sides_told(Claim(agree=14, disagree=1, unsure=6))
        assert told == "14 stimmen zu, 1 stimmt nicht zu, 6 sind unsicher"

    def test_a_side_is_chosen_in_german(self):
        assert [str(side.label) for side in Side][0] == "Ich stimme zu"


class GermanClaimsPageTests(TestCase):
    def test_a_list_says_in_one_piece_what_decides_a_claim(self):
        claim = make_claim()
        make_counterpoint(claim, "undercuts")
        url = f"/essays/{claim.essay.slug}/claims/"
        page = self.client.get(url, headers={"accept-language": "de"}).content.decode()
        assert "Entkräftet sie: <bdi>" in page
        assert " it: " not in page

    def test_the_picture_of_a_history_names_its_standings(self):
        claim = make_claim()
        make_counterpoint(claim, "undercuts")
        url = claim.get_absolute_url()
        page = self.client.get(url, headers={"accept-language": "de"}).content.decode()
        assert 'aria-label="Unangefochten, dann Unbeantwortet"' in page
