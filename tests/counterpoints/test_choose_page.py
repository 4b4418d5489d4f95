import re
from datetime import timedelta
from urllib.parse import urlencode

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from essays.actions import publish_revision
from forum.counterpoints.choosing import NOT_ADJACENT
from forum.counterpoints.models import Claim, Counterpoint
from tests.counterpoints.choice import checked, filled
from tests.factories import (
    SOURCE,
    make_claim,
    make_editor,
    make_essay,
    make_user,
)


class ChoosePageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.member = make_user()
        cls.url = reverse("counterpoints:choose", args=[cls.essay.slug, 1])

    def setUp(self):
        self.client.force_login(self.member)

    def get(self, **query):
        return self.client.get(f"{self.url}?{urlencode(query)}").content.decode()

    def post(self, **changes):
        return self.client.post(self.url, filled(**changes))

    def passage(self):
        return Claim.objects.get().passage.exact

    def test_offers_the_sentences_with_their_numbers(self):
        page = self.get()
        assert [int(n) for n in re.findall(r'name="s" value="(\d)"', page)] == [1, 2, 3]
        assert '<b class="num meta">1.2</b> Nobody knew why.' in page
        assert page.count("<h1") == 1

    def test_what_was_said_beside_the_words_is_there_already(self):
        page = self.get(s=2, relation="undercuts", statement="Nobody <b>knew</b>.")
        assert checked(page) == "undercuts"
        assert "Nobody &lt;b&gt;knew&lt;/b&gt;.</textarea>" in page
        assert "<details>" not in page

    def test_nonsense_in_the_address_chooses_nothing_and_is_cut(self):
        page = self.get(s=2, relation="praises", statement="x" * 5_000)
        assert "checked" not in page.split('name="relation"', 1)[1].split("</fieldset>")[0]
        assert "x" * 301 not in page

    def test_whoever_only_marks_has_the_counterpoint_folded(self):
        page = self.get(s=2, only=1, statement="Nobody knew.")
        assert "<summary>Answer it, too</summary>" in page
        assert page.index("Only mark the claim") < page.index("Post the counterpoint")

    def test_leads_to_the_paragraphs_before_and_after(self):
        assert f"/essays/{self.essay.slug}/p2/" in self.get()
        assert "Paragraph 0" not in self.get()
        last = self.client.get(reverse("counterpoints:choose", args=[self.essay.slug, 3]))
        assert f"/essays/{self.essay.slug}/p2/" in last.content.decode()
        assert "Paragraph 4" not in last.content.decode()

    def test_there_is_no_page_for_a_paragraph_that_is_not_there(self):
        for number in (0, 4, 99):
            url = reverse("counterpoints:choose", args=[self.essay.slug, number])
            assert self.client.get(url).status_code == 404

    def test_the_address_ticks_sentences(self):
        page = self.client.get(self.url + "?s=2&s=3&s=99&s=x").content.decode()
        ticked = re.findall(r'name="s" value="(\d)" form="challenge" checked', page)
        assert ticked == ["2", "3"]

    def test_marks_what_is_claimed_already(self):
        claim = make_claim(self.essay)
        page = self.get()
        assert f"Already claim {claim.number}" in page
        assert '<mark class="passage is-unchallenged">Nobody knew why.</mark>' in page
        assert "Already on these words" not in page

    def test_shows_first_what_stands_on_the_chosen_words(self):
        claim = make_claim(self.essay)
        page = self.get(s=2)
        assert page.index("Already on these words") < page.index('id="challenge"')
        assert f'name="instead" value="answer:{claim.pk}"' in page
        assert f'name="instead" value="support:{claim.pk}"' in page
        assert "Already on these words" not in self.get(s=1)

    def test_words_that_overlap_in_part_are_shown_too(self):
        make_claim(self.essay, "came. Nobody knew")
        assert "Already on these words" in self.get(s=1)
        assert "Already on these words" not in self.get(s=3)

    def test_marks_a_claim_with_its_first_counterpoint(self):
        response = self.post()
        claim = Claim.objects.get()
        assert response.url == f"/claims/{claim.pk}/"
        assert self.passage() == "Nobody knew why."
        assert claim.statement == "Nobody knew why the horse choked."
        assert claim.label == "unanswered"

    def test_adjacent_sentences_make_one_passage(self):
        self.post(s=["3", "2"])
        assert self.passage() == "Nobody knew why. Everybody blamed the horse."

    def test_sentences_apart_are_refused_and_all_is_kept(self):
        page = self.post(s=["1", "3"]).content.decode()
        assert str(NOT_ADJACENT) in page
        assert "The carters knew." in page
        assert not Claim.objects.exists()

    def test_no_sentence_at_all_is_refused(self):
        page = self.post(s=[]).content.decode()
        assert "Choose at least one sentence." in page
        assert not Claim.objects.exists()

    def test_a_claim_can_be_marked_without_a_counterpoint(self):
        self.post(only="1", relation="", restatement="", source="")
        assert Claim.objects.get().label == "unchallenged"
        assert not Counterpoint.objects.exists()

    def test_otherwise_the_counterpoint_is_asked_for(self):
        page = self.post(relation="", restatement="", source="").content.decode()
        assert "Choose what it does." in page
        assert "Say what you have to say." in page
        assert not Claim.objects.exists()

    def test_a_statement_is_asked_for_and_has_its_measure(self):
        for statement, said in (
            (" ", "Say what the passage asserts."),
            ("x" * 301, "at most 300 characters"),
            ("---", "Say it in words."),
        ):
            with self.subTest(statement[:5]):
                assert said in self.post(statement=statement).content.decode()
        assert not Claim.objects.exists()

    def test_the_same_form_twice_marks_once(self):
        form = filled()
        first, second = self.client.post(self.url, form), self.client.post(self.url, form)
        assert Claim.objects.count() == 1
        assert first.url == second.url

    def test_a_preview_marks_nothing_and_keeps_all(self):
        page = self.post(preview="1", source="The *carters* knew.").content.decode()
        assert "<em>carters</em>" in page
        assert "No one could tell." in page
        assert re.search(r'value="2" form="challenge" checked', page)
        assert not Claim.objects.exists()

    def test_taken_words_are_shown_before_another_claim_is_marked(self):
        make_claim(self.essay)
        page = self.post(statement="Everybody was ignorant.").content.decode()
        assert "Look first at what stands on these words already." in page
        assert page.index("Already on these words") < page.index('id="challenge"')
        assert "Everybody was ignorant." in page
        assert Claim.objects.count() == 1

    def test_whoever_means_something_else_marks_it_all_the_same(self):
        make_claim(self.essay)
        self.post(apart="on")
        assert Claim.objects.count() == 2

    def test_the_essay_may_have_been_revised_meanwhile(self):
        source = SOURCE.replace("Nobody knew why. ", "")
        publish_revision(essay=self.essay, source=source, note="", by=make_editor())
        page = self.post().content.decode()
        assert "The essay was revised while you wrote." in page
        assert 'name="revision" value="2"' in page
        assert "The carters knew." in page
        assert not Claim.objects.exists()

    def test_selected_words_become_the_passage(self):
        quoted = {"exact": "choked before the collar", "prefix": "The horse ", "suffix": " came."}
        page = self.get(**quoted)
        assert '<mark class="choosing">choked before the collar</mark>' in page
        assert 'type="checkbox" name="s"' not in page
        assert f'href="{self.url}"' in page
        self.post(s=[], **quoted)
        assert self.passage() == "choked before the collar"

    def test_words_that_stand_twice_are_told_apart_by_what_surrounds_them(self):
        self.post(s=[], exact="horse", prefix="blamed the ", suffix=".")
        place = Claim.objects.get().passage.places.get()
        text = self.essay.current_revision.text
        assert text[place.start - 11 : place.end] == "blamed the horse"

    def test_words_that_are_not_there_lead_back_to_the_sentences(self):
        page = self.get(exact="a camel")
        assert "These words do not stand in this paragraph any more." in page
        assert 'name="s" value="1"' in page

    def test_hostile_selections_stay_words(self):
        page = self.get(exact='"><script>alert(1)</script>')
        assert "<script>alert" not in page
        page = self.get(exact="horse choked", prefix='"><script>alert(1)</script>')
        assert "<script>alert" not in page

    def test_visitors_read_and_are_led_back_here(self):
        self.client.logout()
        page = self.get(s=2)
        assert 'method="post"' not in page
        assert "csrfmiddlewaretoken" not in page
        here = f"/essays/{self.essay.slug}/p1/%3Fs%3D2"
        assert f"/accounts/login/?next={here}" in page
        assert "Nobody knew why." in page

    def test_visitors_cannot_post(self):
        self.client.logout()
        response = self.post()
        assert response.status_code == 302
        assert response.url.startswith("/accounts/signup/")
        assert not Claim.objects.exists()

    def test_the_silenced_read_why_and_lose_nothing(self):
        silenced = make_user(silenced_until=timezone.now() + timedelta(days=1))
        self.client.force_login(silenced)
        page = self.get()
        assert "You can read, but not write, until" in page
        assert 'id="challenge"' not in page
        response = self.post()
        assert response.status_code == 403
        assert "The carters knew." in response.content.decode()
        assert not Claim.objects.exists()

    def test_drafts_are_not_challenged(self):
        draft = make_essay(published=False)
        url = reverse("counterpoints:choose", args=[draft.slug, 1])
        assert self.client.get(url).status_code == 404
        self.client.force_login(make_editor())
        assert "This essay is not published yet." in self.client.get(url).content.decode()

    def test_query_count_does_not_grow_with_the_claims(self):
        for size in (1, 30):
            for _ in range(size):
                make_claim(self.essay)
            with self.subTest(size=size), self.assertNumQueries(7):
                self.get(s=2)
            self.client.logout()
            with self.subTest(size=size, visitor=True), self.assertNumQueries(4):
                self.get(s=2)
            self.client.force_login(self.member)
