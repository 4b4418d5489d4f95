"""What waits for an answer: on the essay's page, on a member's, and on the page of all of it."""

import re

from django.test import TestCase
from django.urls import reverse

from forum.counterpoints import actions
from forum.counterpoints.models import Claim
from forum.essay_waiting import SHOWN
from forum.members import WAITING_SHOWN
from forum.waiting_page import PAGE_SIZE
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)

HOSTILE = "<script>alert(1)</script>"


def answers_on(page):
    return [int(pk) for pk in re.findall(r'href="/counterpoints/(\d+)/answer/"', page)]


class EssayTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("septimus")
        cls.essay = make_essay(author=cls.author)

    def page(self, user=None):
        self.client.logout()
        if user is not None:
            self.client.force_login(user)
        return self.client.get(self.essay.get_absolute_url()).content.decode()

    def open_part(self, user=None):
        found = re.search(
            r'<section class="asks slab" id="open">.*?</section>', self.page(user), re.S
        )
        return found[0] if found else ""

    def test_nothing_waits_where_nobody_objected(self):
        make_claim(self.essay)
        assert self.open_part() == ""
        assert "Objections wait for its author" not in self.page(self.author)

    def test_names_the_claims_that_wait_the_oldest_first(self):
        later, first = make_claim(self.essay), make_claim(self.essay, "Towns grew")
        objections = [make_counterpoint(claim).pk for claim in (first, later)]
        assert answers_on(self.open_part()) == objections
        assert "<h2>Open questions</h2>" in self.open_part()

    def test_what_was_answered_waits_no_longer(self):
        claim = make_claim(self.essay)
        make_counterpoint(claim, target=make_counterpoint(claim))
        assert self.open_part() == ""

    def test_its_author_and_the_editors_see_that_it_is_for_them(self):
        make_counterpoint(make_claim(self.essay))
        for user in (self.author, make_editor()):
            assert "<h2>Still open for an answer</h2>" in self.open_part(user)
            assert "Objections wait for its author" in self.page(user)
        for user in (None, make_user()):
            assert "Still open for an answer" not in self.page(user)
            assert "Objections wait for its author" not in self.page(user)

    def test_of_many_it_names_the_oldest_and_leads_to_the_others(self):
        for _ in range(SHOWN + 2):
            make_counterpoint(make_claim(self.essay))
        assert len(answers_on(self.open_part())) == SHOWN
        url = reverse("counterpoints:claims", args=[self.essay.slug])
        assert f'href="{url}?standing=unanswered">All {SHOWN + 2} that wait' in self.open_part()

    def test_what_was_taken_down_does_not_wait(self):
        claim = make_claim(self.essay)
        make_counterpoint(claim)
        actions.set_status(post=claim.opening, status="hidden")
        assert self.open_part() == ""

    def test_hostile_words_stay_words(self):
        claim = make_claim(self.essay, statement=HOSTILE)
        make_counterpoint(claim, author=make_user(display_name=HOSTILE))
        assert HOSTILE not in self.page()


class MemberTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth", display_name="Ruth Amsel")
        cls.essay = make_essay("The Horse Collar")
        cls.claim = make_claim(cls.essay, author=cls.ruth)

    def page(self, query=""):
        return self.client.get(reverse("member-open", args=["ruth"]) + query)

    def waiting(self, query=""):
        return answers_on(self.page(query).content.decode())

    def test_an_objection_to_a_claim_that_they_marked_waits(self):
        objection = make_counterpoint(self.claim)
        assert self.waiting() == [objection.pk]
        assert "The Horse Collar, claim 1" in self.page().content.decode()

    def test_an_objection_to_a_counterpoint_of_theirs_waits(self):
        other = make_claim(self.essay, "Towns grew")
        mine = make_counterpoint(other, author=self.ruth)
        attack = make_counterpoint(other, "undercuts", target=mine)
        make_counterpoint(other, "supports", target=mine)
        assert self.waiting() == [attack.pk]

    def test_an_objection_to_an_essay_of_theirs_waits(self):
        _, objection = (
            make_counterpoint(make_claim(make_essay(author=author)))
            for author in (make_user(), self.ruth)
        )
        assert self.waiting() == [objection.pk]

    def test_those_that_wait_longest_come_first(self):
        objections = [make_counterpoint(self.claim).pk for _ in range(3)]
        assert self.waiting() == objections

    def test_what_somebody_answered_does_not_wait(self):
        objection = make_counterpoint(self.claim)
        make_counterpoint(self.claim, target=objection)
        assert self.waiting() == []

    def test_nor_what_they_wrote_themselves(self):
        make_counterpoint(self.claim, author=self.ruth)
        assert self.waiting() == []

    def test_nor_what_was_taken_down_or_taken_back(self):
        objection = make_counterpoint(self.claim)
        actions.withdraw(by=objection.post.author, post=objection.post)
        hidden = make_counterpoint(self.claim)
        actions.set_status(post=hidden.post, status="hidden")
        assert self.waiting() == []

    def test_nor_what_its_readers_found_too_weak(self):
        mine = make_counterpoint(self.claim, author=self.ruth)
        attack = make_counterpoint(self.claim, target=mine)
        cast_votes(attack.post, down=6)
        assert self.waiting() == []

    def test_nor_what_they_granted(self):
        mine = make_counterpoint(self.claim, author=self.ruth)
        attack = make_counterpoint(self.claim, target=mine)
        make_counterpoint(self.claim, "concedes", target=attack, author=self.ruth)
        assert self.waiting() == []

    def test_nor_what_is_about_words_that_are_gone(self):
        make_counterpoint(self.claim)
        Claim.objects.filter(pk=self.claim.pk).update(is_frozen=True)
        assert self.waiting() == []

    def test_nor_what_is_in_a_draft(self):
        draft = make_essay(author=self.ruth)
        make_counterpoint(make_claim(draft))
        draft.published_at = None
        draft.save(update_fields=["published_at"])
        assert self.waiting() == []

    def test_others_read_the_same_in_other_words(self):
        objection = make_counterpoint(self.claim)
        url = reverse("member", args=["ruth"])
        page = self.client.get(url).content.decode()
        assert "<h2>Waits for an answer</h2>" in page
        self.client.force_login(self.ruth)
        own = self.client.get(url).content.decode()
        assert "<h2>Waits for your answer</h2>" in own
        assert answers_on(page) == answers_on(own) == [objection.pk]
        assert "to essays of yours" in self.page().content.decode()

    def test_the_members_page_names_a_few_and_leads_to_all(self):
        for _ in range(WAITING_SHOWN + 1):
            make_counterpoint(self.claim)
        page = self.client.get(reverse("member", args=["ruth"])).content.decode()
        assert len(answers_on(page)) == WAITING_SHOWN
        assert 'href="/members/ruth/open/"' in page

    def test_a_member_for_whom_nothing_waits(self):
        assert "Nothing waits for an answer." in self.page().content.decode()
        assert 'id="open"' not in self.client.get("/members/ruth/").content.decode()

    def test_nobody_of_that_name(self):
        assert self.client.get(reverse("member-open", args=["nobody"])).status_code == 404

    def test_nor_of_whoever_has_left(self):
        make_user("gone", is_active=False)
        assert self.client.get(reverse("member-open", args=["gone"])).status_code == 404

    def test_every_objection_is_on_one_page_and_only_one(self):
        made = [make_counterpoint(self.claim).pk for _ in range(PAGE_SIZE + 2)]
        page = self.page().content.decode()
        link = re.search(r'rel="next" href="(\?[^"]*)"', page)[1]
        assert self.waiting() + self.waiting(link) == made
        assert self.waiting("?after=nonsense") == made[:PAGE_SIZE]

    def test_hostile_words_stay_words(self):
        make_counterpoint(self.claim, author=make_user(display_name=HOSTILE), source=f"`{HOSTILE}`")
        assert HOSTILE not in self.page().content.decode()

    def test_query_count_does_not_grow_with_what_waits(self):
        for size in (1, 20):
            for _ in range(size):
                make_counterpoint(self.claim)
            with self.subTest(size=size), self.assertNumQueries(2):
                self.page()
