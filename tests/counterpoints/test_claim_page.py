import re
from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from essays.actions import publish_revision
from forum.counterpoints import actions
from forum.posts import locking
from tests.factories import (
    SOURCE,
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    place_of,
)

FAIR = "The horse could not breathe."
HOSTILE = '<script>alert(1)</script> & "quoted" \' <b>bold</b>'


def page_of(client, claim, query=""):
    response = client.get(reverse("counterpoints:claim", args=[claim.pk]) + query)
    return response.content.decode()


class ClaimPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.claim = make_claim(cls.essay)
        cls.member = make_user("reader")

    def test_headed_by_the_statement_alone(self):
        page = page_of(self.client, self.claim)
        assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == ["Nobody knew why the horse choked."]

    def test_the_address_of_its_opening_leads_to_its_heading(self):
        leads = self.client.get(reverse("posts:post", args=[self.claim.opening_id]))
        url, _, place = leads.headers["Location"].partition("#")
        assert f'id="{place}"' in re.search(r"<h1[^>]*>", self.client.get(url).content.decode())[0]

    def test_shows_the_passage_between_the_words_around_it(self):
        page = page_of(self.client, self.claim)
        assert "The horse choked before the collar came." in page
        assert '<mark class="passage is-unchallenged">Nobody knew why.</mark>' in page
        assert "Everybody blamed the horse." in page
        assert "Then a ring of straw" not in page

    def test_a_passage_that_left_the_text_is_shown_from_the_version_that_had_it(self):
        source = SOURCE.replace("Nobody knew why.", "It was the strap.")
        publish_revision(essay=self.essay, source=source, note="", by=make_editor())
        page = page_of(self.client, self.claim)
        assert f"/essays/{self.essay.slug}/r1/" in page
        assert "On an earlier version" in page
        assert "Nobody knew why." in page

    def test_a_claim_without_counterpoints_says_so(self):
        page = page_of(self.client, self.claim)
        assert "No counterpoint yet" in page
        assert "Nobody has objected yet." in page
        assert "Against: nothing. For: nothing." in page

    def test_each_counterpoint_has_a_hidden_heading_that_sums_it_up(self):
        rebuttal = make_counterpoint(self.claim, author=make_user(display_name="Hester Vane"))
        make_counterpoint(self.claim, target=rebuttal, relation="undercuts", restatement=FAIR)
        page = page_of(self.client, self.claim)
        assert "Rebuttal by Hester Vane, did not survive, one reply" in page
        assert "nobody has answered it, no replies" in page

    def test_names_who_answered(self):
        rebuttal = make_counterpoint(self.claim)
        cast_votes(rebuttal.post, up=6)
        reply = make_counterpoint(
            self.claim, target=rebuttal, author=make_user(display_name="Tobias Okafor")
        )
        page = page_of(self.client, self.claim)
        link = f'<a href="/posts/{reply.pk}/"><bdi>Tobias Okafor</bdi></a>'
        assert f"Answered by {link}, survives" in page
        assert 'class="rel is-rebuts"' in page

    def test_names_whom_a_counterpoint_did_not_survive(self):
        rebuttal = make_counterpoint(self.claim)
        reply = make_counterpoint(
            self.claim, target=rebuttal, author=make_user(display_name="Wen Jiahui")
        )
        page = page_of(self.client, self.claim)
        assert f'Did not survive <a href="/posts/{reply.pk}/"><bdi>Wen Jiahui</bdi></a>' in page
        assert 'class="rel is-rebuts answered"' in page

    def test_tells_what_its_own_author_gave_up(self):
        rebuttal = make_counterpoint(self.claim, author=self.member)
        reply = make_counterpoint(self.claim, target=rebuttal)
        make_counterpoint(self.claim, target=reply, relation="concedes", author=self.member)
        page = page_of(self.client, self.claim)
        assert "Given up: its author conceded to" in page
        assert "Accepted by the author of what it answers" in page

    def test_a_waiting_objection_has_an_empty_place_for_its_answer(self):
        rebuttal = make_counterpoint(self.claim)
        page = page_of(self.client, self.claim)
        slot = f'href="/counterpoints/{rebuttal.pk}/answer/"><span class="rel slot s">'
        assert slot in page
        make_counterpoint(self.claim, target=rebuttal)
        assert slot not in page_of(self.client, self.claim)

    def test_the_restatement_stands_above_the_text(self):
        make_counterpoint(self.claim, restatement="Horses were well <i>")
        page = page_of(self.client, self.claim)
        assert "In fair words" in page
        assert "Horses were well &lt;i&gt;" in page

    def test_hostile_words_stay_words(self):
        author = make_user(display_name=HOSTILE[:60])
        claim = make_claim(self.essay, author=author, statement=HOSTILE)
        make_counterpoint(claim, author=author, source=HOSTILE, restatement=HOSTILE)
        page = page_of(self.client, claim)
        assert "<script>alert" not in page
        assert "<b>bold" not in page

    def test_words_from_right_to_left_keep_their_own_direction(self):
        claim = make_claim(self.essay, statement="لم يعرف أحد السبب")
        page = page_of(self.client, claim)
        assert re.search(r'<h1 [^>]*dir="auto">لم يعرف أحد السبب</h1>', page)

    def test_the_orders_are_in_the_address(self):
        first = make_counterpoint(self.claim, source="First of all.")
        second = make_counterpoint(self.claim, source="Second to that.")
        for query, expected in (
            ("?order=oldest", [first, second]),
            ("?order=newest", [second, first]),
            ("?order=best", [second, first]),
            ("?order=nonsense", [second, first]),
        ):
            with self.subTest(query):
                page = page_of(self.client, self.claim, query)
                places = [page.index(f'id="post-{one.pk}"') for one in expected]
                assert places == sorted(places)

    def test_best_puts_first_what_convinces(self):
        first = make_counterpoint(self.claim)
        make_counterpoint(self.claim)
        cast_votes(first.post, up=3)
        page = page_of(self.client, self.claim, "?order=best")
        assert re.findall(r'<li class="cp [^"]*" id="post-(\d+)"', page)[0] == str(first.pk)

    def test_only_unanswered_leaves_the_others_out(self):
        answered = make_counterpoint(self.claim)
        make_counterpoint(self.claim, target=answered)
        waiting = make_counterpoint(self.claim, relation="undercuts", restatement=FAIR)
        support = make_counterpoint(self.claim, relation="supports")
        page = page_of(self.client, self.claim, "?only=unanswered")
        assert f'id="post-{waiting.pk}"' in page
        assert f'id="post-{answered.pk}"' not in page
        assert f'id="post-{support.pk}"' not in page

    def test_only_unanswered_of_none_says_so(self):
        make_counterpoint(self.claim, relation="supports")
        page = page_of(self.client, self.claim, "?only=unanswered")
        assert "No objection waits for an answer." in page

    def test_a_branch_can_be_read_alone(self):
        one, other = make_counterpoint(self.claim), make_counterpoint(self.claim)
        page = page_of(self.client, self.claim, f"?branch={one.pk}")
        assert f'id="post-{one.pk}"' in page
        assert f'id="post-{other.pk}"' not in page

    def test_no_such_branch_is_no_page(self):
        url = reverse("counterpoints:claim", args=[self.claim.pk])
        assert self.client.get(url + "?branch=999999").status_code == 404

    def test_no_such_claim_is_no_page(self):
        assert self.client.get("/claims/999999/").status_code == 404

    def test_the_aside_leads_to_the_neighbours(self):
        after = make_claim(self.essay, "It was cheap")
        page = page_of(self.client, self.claim)
        assert f"Claim {self.claim.number} of {self.claim.number + 1}" in page
        assert f'<a class="more" href="/claims/{after.pk}/">Claim {after.number}' in page
        assert 'aria-current="page"' in page

    def test_visitors_find_no_form(self):
        make_counterpoint(self.claim)
        page = page_of(self.client, self.claim)
        assert 'method="post"' not in page
        assert "csrfmiddlewaretoken" not in page
        assert f"/accounts/login/?next=/claims/{self.claim.pk}/answer/" in page

    def test_members_find_the_form_and_the_buttons(self):
        rebuttal = make_counterpoint(self.claim)
        self.client.force_login(self.member)
        page = page_of(self.client, self.claim)
        assert f'action="/claims/{self.claim.pk}/answer/"' in page
        assert f'formaction="/counterpoints/{rebuttal.pk}/vote/"' in page
        assert f"/posts/{rebuttal.pk}/report/" in page
        assert "Speak as the essay’s author" not in page

    def test_editors_may_choose_to_speak_as_the_author(self):
        self.client.force_login(make_editor())
        assert "Speak as the essay’s author" in page_of(self.client, self.claim)

    def test_the_silenced_read_why_they_cannot_answer(self):
        until = timezone.now() + timedelta(days=1)
        self.client.force_login(make_user(silenced_until=until))
        page = page_of(self.client, self.claim)
        assert "You can read, but not write, until" in page
        assert "Post the counterpoint" not in page

    def test_a_locked_debate_says_why(self):
        locking.lock(thread=self.claim.thread, reason="It went in circles.")
        page = page_of(self.client, self.claim)
        assert "It went in circles." in page

    def test_a_counterpoint_that_was_hidden_leaves_its_place(self):
        rebuttal = make_counterpoint(self.claim, source="A rude word.")
        reply = make_counterpoint(self.claim, target=rebuttal, source="Why so rude?")
        actions.set_status(post=rebuttal.post, status="hidden", url="/moderation/log/#1")
        page = page_of(self.client, self.claim)
        assert "A rude word." not in page
        assert f'id="post-{rebuttal.pk}"' in page
        assert f'id="post-{reply.pk}"' in page

    def test_drafts_keep_their_claims_to_editors(self):
        draft = make_essay()
        claim = make_claim(draft)
        draft.published_at = timezone.now() + timedelta(days=1)
        draft.save()
        url = reverse("counterpoints:claim", args=[claim.pk])
        assert self.client.get(url).status_code == 404
        self.client.force_login(make_editor())
        assert self.client.get(url).status_code == 200


class HiddenClaimTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.marker = make_user()
        cls.claim = make_claim(author=cls.marker)
        actions.set_status(post=cls.claim.opening, status="hidden", url="/moderation/log/#2")

    def test_seen_by_its_marker_and_by_moderators_only(self):
        url = reverse("counterpoints:claim", args=[self.claim.pk])
        for user, status in (
            (None, 404), (make_user(), 404), (make_editor(), 404),
            (self.marker, 200), (make_moderator(), 200),
        ):  # fmt: skip
            with self.subTest(user=user):
                self.client.logout()
                if user:
                    self.client.force_login(user)
                assert self.client.get(url).status_code == status

    def test_tells_them_that_others_do_not_see_it(self):
        self.client.force_login(self.marker)
        page = page_of(self.client, self.claim)
        assert "Other readers do not see this claim." in page
        assert "/moderation/log/#2" in page
        assert "This claim is no longer open to answers." in page


class ClaimPageQueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)
        cls.member = make_user()

    def grow(self, size):
        for _ in range(size):
            rebuttal = make_counterpoint(self.claim)
            make_counterpoint(self.claim, target=rebuttal)
            make_claim(self.essay, "It was cheap")
        start, end = place_of(self.essay, "The lord counted silver.")
        actions.mark_claim(
            author=make_user(), essay=self.essay, start=start, end=end, statement="He counted."
        )

    def test_visitors_cost_the_same_at_any_size(self):
        for size in (1, 30):
            self.grow(size)
            with self.subTest(size=size), self.assertNumQueries(8):
                page_of(self.client, self.claim)

    def test_members_cost_the_same_at_any_size(self):
        self.client.force_login(self.member)
        for size in (1, 30):
            self.grow(size)
            with self.subTest(size=size), self.assertNumQueries(16):
                page_of(self.client, self.claim)
