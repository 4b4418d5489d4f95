import re
from datetime import timedelta
from uuid import uuid4

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.models import ESSAYIST, Counterpoint
from forum.posts import actions as posts
from forum.posts import locking
from forum.posts.models import Vote
from tests.factories import (
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
    sent,
)

FAIR = "The horse could not breathe."


def filled(**changes):
    return {
        "form_key": str(uuid4()),
        "relation": "rebuts",
        "restatement": FAIR,
        "source": "It could, *as the toll rolls show*.",
    } | changes


class AnswerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("essayist")
        cls.essay = make_essay(author=cls.author)
        cls.claim = make_claim(cls.essay)
        cls.target = make_counterpoint(
            cls.claim, author=make_user(display_name="Mara Lindqvist"), source="Revolt ended it.",
            restatement="The collar ended serfdom.",
        )  # fmt: skip
        cls.member = make_user("reader")
        cls.on_claim = reverse("counterpoints:answer-claim", args=[cls.claim.pk])
        cls.on_target = reverse("counterpoints:answer", args=[cls.target.pk])

    def setUp(self):
        self.client.force_login(self.member)

    def made(self):
        return Counterpoint.objects.exclude(pk=self.target.pk)

    def test_strangers_write_first_and_post_nothing(self):
        self.client.logout()
        for url in (self.on_claim, self.on_target):
            assert b"Not public yet" in self.client.get(url).content
            response = self.client.post(url, filled())
            assert response.url == reverse("account_signup")
        assert not self.made().exists()

    def test_what_is_answered_is_in_view(self):
        page = self.client.get(self.on_target).content.decode()
        for words in ("Revolt ended it.", "Mara Lindqvist", "The collar ended serfdom.",
                      self.claim.statement, "Nobody has answered it"):  # fmt: skip
            assert words in page
        assert page.count("<h1") == 1

    def test_the_address_may_choose_the_relation(self):
        for relation, is_chosen in (("supports", True), ("nonsense", False)):
            page = self.client.get(f"{self.on_claim}?relation={relation}").content.decode()
            assert bool(re.search(r'value="supports"[^>]*checked', page)) is is_chosen

    def test_an_answer_to_the_claim_is_posted_and_shown_in_its_place(self):
        response = self.client.post(self.on_claim, filled())
        made = self.made().get()
        assert response.status_code == 302
        assert response.url == f"/posts/{made.pk}/"
        assert (made.target_id, made.relation, made.restatement) == (None, "rebuts", FAIR)

    def test_an_answer_to_a_counterpoint_moves_the_standing(self):
        self.client.post(self.on_target, filled(relation="undercuts"))
        assert self.made().get().target_id == self.target.pk
        self.claim.refresh_from_db()
        assert self.claim.label == "stands"

    def test_the_same_form_twice_posts_once(self):
        form = filled()
        first = self.client.post(self.on_claim, form)
        second = self.client.post(self.on_claim, form)
        assert first.url == second.url
        assert self.made().count() == 1

    def test_objections_need_fair_words_first(self):
        for relation in ("rebuts", "undercuts"):
            with self.subTest(relation):
                form = filled(relation=relation, restatement=" ")
                page = self.client.post(self.on_claim, form).content.decode()
                assert "Say first, in fair words, what you answer." in page
                assert "It could, *as the toll rolls show*." in page
        assert not self.made().exists()

    def test_supports_and_concessions_need_none(self):
        for relation in ("supports", "concedes"):
            self.client.post(self.on_claim, filled(relation=relation, restatement=""))
        assert self.made().count() == 2

    def test_a_preview_posts_nothing_and_keeps_all(self):
        page = self.client.post(self.on_claim, filled(preview="1")).content.decode()
        assert "<em>as the toll rolls show</em>" in page
        assert FAIR in page
        assert not self.made().exists()

    def test_what_cannot_be_rendered_is_told_by_its_field_and_kept(self):
        source = "[a](http://example.org) " * 21
        response = self.client.post(self.on_claim, filled(source=source))
        page = response.content.decode()
        assert 'id="id_source_error"' in page
        assert "example.org" in page
        assert not self.made().exists()

    def test_a_form_without_its_key_posts_nothing(self):
        self.client.post(self.on_claim, filled(form_key=""))
        assert not self.made().exists()

    def test_a_member_cannot_speak_as_the_author(self):
        self.client.post(self.on_claim, filled(as_author="on"))
        made = self.made().get()
        assert made.speaker == self.member.pk
        assert not made.post.as_author

    def test_an_editor_may_concede_as_the_author(self):
        self.client.force_login(make_editor())
        form = filled(relation="concedes", restatement="", as_author="on")
        self.client.post(self.on_target, form)
        assert self.made().get().speaker == ESSAYIST
        self.claim.refresh_from_db()
        assert self.claim.label == "conceded"

    def test_an_editor_who_does_not_say_so_speaks_alone(self):
        editor = make_editor()
        self.client.force_login(editor)
        self.client.post(self.on_target, filled(relation="concedes", restatement=""))
        assert self.made().get().speaker == editor.pk

    def test_the_essays_author_speaks_as_the_author_without_being_asked(self):
        self.client.force_login(self.author)
        assert "as_author" not in self.client.get(self.on_target).content.decode()
        self.client.post(self.on_target, filled(relation="concedes", restatement=""))
        assert self.made().get().speaker == ESSAYIST

    def test_a_withdrawn_counterpoint_tells_why_it_cannot_be_answered(self):
        posts.withdraw(by=self.target.post.author, post=self.target.post)
        page = self.client.get(self.on_target).content.decode()
        assert "Its author has withdrawn this post." in page
        assert "Post the counterpoint" not in page

    def test_a_hidden_counterpoint_shows_no_words(self):
        actions.set_status(post=self.target.post, status="hidden")
        page = self.client.get(self.on_target).content.decode()
        assert "This post is no longer here." in page
        assert "Revolt ended it." not in page
        assert "The collar ended serfdom." not in page

    def test_a_refused_text_is_not_lost(self):
        locking.lock(thread=self.claim.thread, reason="It went in circles.")
        response = self.client.post(self.on_target, filled())
        page = response.content.decode()
        assert response.status_code == 403
        assert "It went in circles." in page
        assert "as the toll rolls show" in page
        assert not self.made().exists()

    def test_the_silenced_and_the_suspended_post_nothing(self):
        until = timezone.now() + timedelta(days=1)
        for fields in ({"silenced_until": until}, {"suspended_until": until}):
            with self.subTest(fields):
                self.client.force_login(make_user(**fields))
                assert self.client.post(self.on_claim, filled()).status_code in {302, 403}
                assert not self.made().exists()

    def test_no_counterpoint_of_a_claim_that_others_cannot_see_is_found(self):
        actions.set_status(post=self.claim.opening, status="hidden")
        assert self.client.get(self.on_target).status_code == 404
        assert self.client.post(self.on_target, filled()).status_code == 404


class VoteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.writer = make_user()
        cls.counterpoint = make_counterpoint(cls.claim, author=cls.writer)
        cls.url = reverse("counterpoints:vote", args=[cls.counterpoint.pk])
        cls.member = make_user()

    def setUp(self):
        self.client.force_login(self.member)

    def test_a_vote_counts_moves_the_strength_and_leads_back(self):
        back = f"/claims/{self.claim.pk}/?order=newest"
        headers = {"referer": f"http://testserver{back}"}
        response = self.client.post(self.url, sent(v="up"), headers=headers)
        assert response.url == f"{back}#post-{self.counterpoint.pk}"
        self.counterpoint.refresh_from_db()
        assert self.counterpoint.strength == 0.4

    def test_nobody_is_led_to_another_site(self):
        headers = {"referer": "https://example.org/"}
        response = self.client.post(self.url, sent(v="up"), headers=headers)
        assert response.url == f"/posts/{self.counterpoint.pk}/"

    def test_a_vote_that_says_nothing_is_refused(self):
        assert self.client.post(self.url, sent(v="perhaps")).status_code == 403

    def test_the_same_vote_twice_is_one(self):
        for _ in range(2):
            self.client.post(self.url, sent(v="down"))
        assert list(Vote.objects.values_list("is_up", flat=True)) == [False]

    def test_a_vote_can_be_changed_and_taken_back(self):
        self.client.post(self.url, sent(v="up"))
        self.client.post(self.url, sent(v="down"))
        assert Vote.objects.get().is_up is False
        self.client.post(self.url, sent(v="none"))
        assert not Vote.objects.exists()

    def test_nobody_votes_on_their_own(self):
        self.client.force_login(self.writer)
        response = self.client.post(self.url, sent(v="up"))
        assert response.status_code == 403
        assert "Nobody votes on their own post." in response.content.decode()

    def test_strangers_do_not_vote(self):
        self.client.logout()
        assert self.client.post(self.url, sent(v="up")).status_code == 302
        assert not Vote.objects.exists()

    def test_reading_the_address_votes_for_nothing(self):
        assert self.client.get(self.url + "?v=up").status_code == 405


class WithdrawalTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.writer = make_user()
        cls.counterpoint = make_counterpoint(cls.claim, author=cls.writer)
        cls.url = reverse("counterpoints:withdrawal", args=[cls.counterpoint.pk])

    def test_asks_first_then_takes_it_back_and_moves_the_standing(self):
        self.client.force_login(self.writer)
        page = self.client.get(self.url).content.decode()
        assert "It is not so." in page
        key = str(uuid4())
        for _ in range(2):
            response = self.client.post(self.url, {"form_key": key})
            assert response.url == f"/posts/{self.counterpoint.pk}/"
        self.claim.refresh_from_db()
        assert self.claim.label == "unchallenged"

    def test_only_its_author_withdraws_it(self):
        self.client.force_login(make_user())
        for response in (
            self.client.get(self.url),
            self.client.post(self.url, {"form_key": str(uuid4())}),
        ):
            assert response.status_code == 403
            assert "Only its author can withdraw a post." in response.content.decode()

    def test_strangers_are_asked_to_log_in(self):
        assert self.client.get(self.url).status_code == 302

    def test_a_button_without_a_key_does_nothing(self):
        self.client.force_login(self.writer)
        assert self.client.post(self.url).status_code == 403
        self.counterpoint.post.refresh_from_db()
        assert self.counterpoint.post.status == "visible"
