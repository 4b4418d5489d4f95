import re
from datetime import UTC, datetime, timedelta

from django.test import TestCase
from django.urls import reverse

from essays.actions import publish_revision
from forum.counterpoints import actions
from forum.counterpoints.history import PAGE_SIZE, SHOWN
from forum.counterpoints.models import LabelChange
from forum.counterpoints.reconsidering import tell_of_revision
from tests.factories import (
    SOURCE,
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)

HOSTILE = "<script>alert(1)</script>"
START = datetime(2026, 3, 3, 9, tzinfo=UTC)


class HistoryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.claim = make_claim(cls.essay)
        cls.hester = make_user(display_name="Hester Vane")

    def beside(self):
        page = self.client.get(self.claim.get_absolute_url()).content.decode()
        return page[page.index("<h2>Its history</h2>") : page.index("</aside>")]

    def page(self, query=""):
        url = reverse("counterpoints:history", args=[self.claim.pk])
        return self.client.get(url + query)

    def text(self, query=""):
        return self.page(query).content.decode()

    def labels(self, html):
        return re.findall(r'<li class="is-(\w+)"><b>', html)

    def answer_it(self, objection, **fields):
        return make_counterpoint(self.claim, target=objection, **fields)

    def test_tells_every_standing_with_its_day_and_the_post_that_decided(self):
        objection = make_counterpoint(self.claim, "undercuts", author=self.hester)
        self.answer_it(objection)
        for html in (self.beside(), self.text()):
            assert f'<a href="/posts/{objection.pk}/"><bdi>Hester Vane</bdi>’s undercut</a>' in html
            assert "<time" in html
        assert self.labels(self.beside()) == ["unchallenged", "unanswered", "stands"]
        assert "All of its history" not in self.beside()

    def test_the_page_begins_with_the_newest_and_says_what_each_means(self):
        make_counterpoint(self.claim)
        page = self.text()
        assert self.labels(page) == ["unanswered", "unchallenged"]
        assert "Nobody has answered this objection" in page

    def test_the_picture_says_in_words_what_it_shows(self):
        objection = make_counterpoint(self.claim)
        self.answer_it(objection)
        said = 'aria-label="Unchallenged, then unanswered, then stands"'
        for html in (self.beside(), self.text()):
            assert said in html
            for label in ("unchallenged", "unanswered", "stands"):
                assert f'class="seg is-{label}"' in html

    def test_a_standing_that_comes_back_does_so_again(self):
        first = make_counterpoint(self.claim)
        self.answer_it(first)
        make_counterpoint(self.claim)
        assert "<b>Unanswered</b> again" in self.beside()

    def test_a_concession_that_was_undone_is_told(self):
        objection = make_counterpoint(self.claim)
        conceded = self.answer_it(
            objection, relation="concedes", author=make_editor(), as_author=True
        )
        assert "<b>Conceded</b>" in self.beside()
        actions.withdraw(by=conceded.post.author, post=conceded.post)
        history = self.beside()
        assert self.labels(history)[-2:] == ["conceded", "unanswered"]
        assert "<b>Unanswered</b>, conceded no more" in history

    def test_votes_that_refute_are_told_with_the_objection(self):
        objection = make_counterpoint(self.claim, author=self.hester)
        cast_votes(objection.post, up=12)
        self.answer_it(objection)
        assert self.labels(self.beside())[-1] == "refuted"

    def causes(self):
        """What led to each, newest first, in words."""
        lines = re.findall(r"<li class=[^>]*>(.*?)<br>", self.text())
        words = [re.sub("<.*?>", "", line) for line in lines]
        return [line.partition(", since ")[2] for line in words]

    def test_what_led_to_it_is_told_where_the_deciding_post_does_not_say_it(self):
        objection = make_counterpoint(self.claim, author=self.hester)
        answer = self.answer_it(objection, author=make_user(display_name="Ned Pike"))
        assert self.causes() == ["Ned Pike’s rebuttal was posted", "", ""]
        actions.withdraw(by=answer.post.author, post=answer.post)
        assert self.causes()[0] == "Ned Pike’s rebuttal was withdrawn"

    def test_a_vote_that_moved_it_names_nobody_who_voted(self):
        objection = make_counterpoint(self.claim, author=self.hester)
        self.answer_it(objection)
        voter = make_user(display_name="Vera Quill")
        for number in range(12):
            by = voter if number == 0 else make_user()
            actions.vote(voter=by, counterpoint=objection, is_up=True)
        assert self.causes()[0] == "Hester Vane’s rebuttal was voted on"
        assert "Vera Quill" not in self.text()

    def test_what_was_taken_down_and_put_back_moved_it_both_times(self):
        objection = make_counterpoint(self.claim, "undercuts", author=self.hester)
        actions.set_status(post=objection.post, status="hidden")
        assert self.causes()[0] == "an undercut was taken down"
        objection.post.refresh_from_db()
        actions.set_status(post=objection.post, status="visible")
        assert self.causes()[0] == "Hester Vane’s undercut was restored"

    def test_one_that_is_gone_altogether_is_named_no_more(self):
        objection = make_counterpoint(self.claim, author=self.hester)
        self.answer_it(objection)
        LabelChange.objects.filter(claim=self.claim).update(moved_by=None, decided_by=None)
        assert self.causes()[0] == "a counterpoint that is gone was posted"

    def test_what_was_taken_down_leaks_neither_words_nor_name(self):
        objection = make_counterpoint(self.claim, "undercuts", author=self.hester, source="Secret.")
        actions.set_status(post=objection.post, status="removed")
        for html in (self.beside(), self.text()):
            assert "Hester Vane" not in html
            assert "Secret" not in html
            assert f'<a href="/posts/{objection.pk}/">an undercut</a> that was taken down' in html

    def test_what_its_author_took_back_stays_named(self):
        objection = make_counterpoint(self.claim, author=self.hester)
        actions.withdraw(by=self.hester, post=objection.post)
        assert "Hester Vane" in self.beside()
        assert self.labels(self.beside()) == ["unchallenged", "unanswered", "unchallenged"]

    def test_a_label_whose_words_left_the_essay_is_at_rest(self):
        make_counterpoint(self.claim)
        source = SOURCE.replace("Nobody knew why. ", "")
        revision = publish_revision(essay=self.essay, source=source, note="", by=make_editor())
        tell_of_revision(revision=revision)
        self.claim.refresh_from_db()
        assert self.claim.is_frozen
        assert "revision 2 no longer has its words" in self.beside()
        assert "revision 2 of the essay no longer has its words" in self.text()

    def test_a_standing_that_moved_while_its_words_were_gone_says_what_brought_it(self):
        objection = make_counterpoint(self.claim)
        for source in (SOURCE.replace("Nobody knew why. ", ""), SOURCE):
            revision = publish_revision(essay=self.essay, source=source, note="", by=make_editor())
            tell_of_revision(revision=revision)
            if source != SOURCE:
                actions.withdraw(by=objection.post.author, post=objection.post)
        assert self.causes()[0] == "a revision brought its words back"

    def test_hostile_names_stay_names(self):
        make_counterpoint(self.claim, author=make_user(display_name=HOSTILE[:60]))
        assert HOSTILE not in self.beside()
        assert HOSTILE not in self.text()

    def many(self, number):
        LabelChange.objects.bulk_create(
            LabelChange(
                claim=self.claim,
                label=("contested", "stands")[place % 2],
                at=START + timedelta(days=place),
            )
            for place in range(number)
        )

    def test_a_long_history_is_cut_beside_the_claim_and_whole_on_its_page(self):
        self.many(3 * PAGE_SIZE)
        history = self.beside()
        assert len(self.labels(history)) == SHOWN
        assert f'href="/claims/{self.claim.pk}/history/"' in history
        seen, query = [], "?"
        while query:
            page = self.text(query)
            assert len(self.labels(page)) <= PAGE_SIZE
            seen += self.labels(page)
            link = re.search(r'rel="next" href="(\?[^"]*)"', page)
            query = link[1].replace("&amp;", "&") if link else ""
        assert len(seen) == 3 * PAGE_SIZE + 1

    def test_an_address_of_nonsense_is_the_first_page(self):
        for after in ("x", "%00", "9" * 40):
            assert self.page(f"?after={after}").status_code == 200

    def test_the_history_of_a_claim_that_was_taken_down_is_not_for_strangers(self):
        actions.set_status(post=self.claim.opening, status="hidden")
        assert self.page().status_code == 404

    def test_query_count_does_not_grow_with_the_history(self):
        self.page()
        for size in (1, PAGE_SIZE):
            self.many(size)
            make_counterpoint(self.claim)
            with self.subTest(size=size), self.assertNumQueries(3):
                self.page()

    def test_a_visitors_page_is_kept_until_the_standing_changes(self):
        etag = self.page().headers["ETag"]
        assert self.page().headers["ETag"] == etag
        make_counterpoint(self.claim)
        assert self.page().headers["ETag"] != etag
