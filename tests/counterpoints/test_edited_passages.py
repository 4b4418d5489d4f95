"""What a claim's page says of words that were edited after people had spoken of them."""

import re
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from forum.counterpoints import actions
from forum.counterpoints.json_rows import moment
from forum.counterpoints.reconsidering import reconsider
from forum.counterpoints.rewording import (
    Wording,
    times_of_others,
    votes_html,
    wording_at,
    words_now,
)
from forum.posts.statuses import PostStatus
from tests.factories import cast_votes, make_claim, make_counterpoint, make_essay, make_user
from tests.revising import revise, set_place

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."
BADGE = "Passage edited since"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def card_of(page, counterpoint):
    """The page from this counterpoint's card to the end of it."""
    found = re.search(rf'id="post-{counterpoint.pk}".*?</article>', page, re.DOTALL)
    return found[0]


class EditedPassageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar")
        cls.claim = make_claim(cls.essay, OLD)
        cls.author = make_user("hester")
        cls.early = make_counterpoint(cls.claim, author=cls.author)

    def page(self):
        return self.client.get(self.claim.get_absolute_url()).content.decode()

    def card(self, counterpoint):
        return card_of(self.page(), counterpoint)

    def test_nothing_is_said_where_nothing_was_edited(self):
        cast_votes(self.early.post, up=2)
        page = self.page()
        self.assertNotIn(BADGE, page)
        self.assertNotIn("earlier wording", page)

    def test_what_was_written_before_the_edit_carries_then_and_now(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        late = make_counterpoint(self.claim)
        card = self.card(self.early)
        self.assertIn(BADGE, card)
        self.assertIn(
            "<b>When this was written, in revision 1:</b> <del>Nobody</del> knew why.", card
        )
        self.assertIn("Since revision 2, ", card)
        self.assertIn("<ins>Hardly anybody</ins> knew why.", card)
        self.assertNotIn(BADGE, self.card(late))

    def test_so_do_answers_to_it(self):
        reply = make_counterpoint(self.claim, target=self.early)
        revise(self.essay, OLD, NEW, claim=self.claim)
        self.assertIn(BADGE, self.card(reply))

    def test_the_passage_itself_says_what_it_was_when_it_was_marked(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        page = self.page()
        self.assertIn("When it was marked, in revision 1:", page)
        self.assertIn('<mark class="passage is-unanswered">Hardly anybody knew why.</mark>', page)

    def test_each_is_compared_with_the_words_that_it_was_written_about(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        between = make_counterpoint(self.claim)
        revise(self.essay, NEW, "Few knew why.", claim=self.claim)
        self.assertIn("in revision 1:</b> <del>Nobody</del>", self.card(self.early))
        self.assertIn("in revision 2:</b> <del>Hardly anybody</del>", self.card(between))

    def test_words_that_come_back_heal_what_was_written_about_them(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        between = make_counterpoint(self.claim)
        revise(self.essay, NEW, OLD, claim=self.claim)
        self.assertNotIn(BADGE, self.card(self.early))
        self.assertIn("in revision 2:</b> <del>Hardly anybody</del>", self.card(between))
        self.assertNotIn("When it was marked", self.page())

    def test_a_revision_that_leaves_the_words_alone_changes_nothing(self):
        revise(self.essay, "The lord", "A lord")
        between = make_counterpoint(self.claim)
        revise(self.essay, OLD, NEW, claim=self.claim)
        revise(self.essay, "A lord", "One lord", tell=False)
        set_place(self.claim, self.essay.current_revision, NEW)
        for counterpoint, number in ((self.early, 1), (between, 2)):
            card = self.card(counterpoint)
            self.assertIn(f"When this was written, in revision {number}:", card)
            self.assertIn("Since revision 3, ", card)

    def test_votes_cast_on_the_earlier_wording_are_marked_so(self):
        cast_votes(self.early.post, up=2, down=1)
        revise(self.essay, OLD, NEW, claim=self.claim)
        cast_votes(self.early.post, up=2)
        said = "Three of its five votes were cast on the earlier wording"
        self.assertIn(said, self.card(self.early))

    def test_a_vote_that_was_changed_since_is_a_vote_on_the_new_wording(self):
        voter, other = make_user(), make_user()
        for each in (voter, other):
            actions.vote(voter=each, counterpoint=self.early, is_up=True)
        revise(self.essay, OLD, NEW, claim=self.claim)
        self.assertIn("All its two votes were cast on the earlier", self.card(self.early))
        actions.vote(voter=voter, counterpoint=self.early, is_up=False)
        self.assertIn("One of its two votes was cast on the earlier", self.card(self.early))

    def test_votes_cast_while_it_said_what_it_says_again_are_not_older(self):
        cast_votes(self.early.post, up=1)
        revise(self.essay, OLD, NEW, claim=self.claim)
        cast_votes(self.early.post, up=1)
        revise(self.essay, NEW, OLD, claim=self.claim)
        self.assertIn("One of its two votes was cast", self.card(self.early))

    def test_what_its_author_says_stands_beside_it(self):
        revision = revise(self.essay, OLD, NEW, claim=self.claim)
        reconsider(by=self.author, counterpoint=self.early, revision=revision, choice="applies")
        card = self.card(self.early)
        self.assertIn("Its author says that it still applies, <time", card)
        self.assertIn(BADGE, card)

    def test_what_was_edited_for_the_new_words_is_about_them(self):
        revision = revise(self.essay, OLD, NEW, claim=self.claim)
        reconsider(
            by=self.author, counterpoint=self.early, revision=revision, choice="edited",
            source="Still not so.",
        )  # fmt: skip
        card = self.card(self.early)
        self.assertIn("Its author edited it for the words of revision 2", card)
        self.assertNotIn(BADGE, card)
        revise(self.essay, NEW, "Few knew why.", claim=self.claim)
        self.assertIn("in revision 2:</b> <del>Hardly anybody</del>", self.card(self.early))

    def test_an_answer_to_an_older_question_is_not_one_to_the_newest(self):
        revision = revise(self.essay, OLD, NEW, claim=self.claim)
        reconsider(by=self.author, counterpoint=self.early, revision=revision, choice="applies")
        revise(self.essay, NEW, "Few knew why.", claim=self.claim)
        self.assertNotIn("it still applies", self.card(self.early))

    def test_a_counterpoint_that_was_taken_down_says_nothing_of_it(self):
        cast_votes(self.early.post, up=2)
        revise(self.essay, OLD, NEW, claim=self.claim)
        actions.set_status(post=self.early.post, status=PostStatus.HIDDEN)
        card = self.card(self.early)
        self.assertNotIn(BADGE, card)
        self.assertNotIn("earlier wording", card)

    def test_hostile_words_stay_words(self):
        hostile = 'A \\<script\\>alert(1)\\</script\\> \\& "quoted" word.'
        shown = 'A <script>alert(1)</script> & "quoted" word.'
        revision = revise(self.essay, OLD, hostile, tell=False)
        set_place(self.claim, revision, shown)
        page = self.page()
        self.assertIn(BADGE, page)
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", page)


class LostPassageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.claim = make_claim(cls.essay, OLD)
        cls.objection = make_counterpoint(cls.claim)

    def page(self):
        return self.client.get(self.claim.get_absolute_url()).content.decode()

    def test_it_tells_which_revision_lost_the_words_and_why(self):
        revise(self.essay, OLD, "", tell=False)
        set_place(self.claim, self.essay.current_revision, "", reason="It was <not> so.")
        revise(self.essay, "The lord", "A lord")
        page = self.page()
        self.assertIn('left the essay with <a href="/essays/collar/revisions/1/2/">', page)
        self.assertIn("It was &lt;not&gt; so.", page)
        self.assertIn("the standing stays as it was then", page)

    def test_it_shows_the_words_of_the_last_revision_that_had_them(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        revise(self.essay, NEW, "", claim=self.claim)
        page = self.page()
        self.assertIn(f'<mark class="passage is-unanswered">{NEW}</mark>', page)
        self.assertIn("/essays/collar/r2/#p-1", page)
        self.assertIn("The horse choked before the collar came.", page)

    def test_what_was_written_about_the_last_words_carries_no_badge(self):
        revise(self.essay, OLD, "", claim=self.claim)
        self.assertNotIn(BADGE, self.page())

    def test_its_author_may_say_that_it_still_applies(self):
        revision = revise(self.essay, OLD, "", claim=self.claim)
        reconsider(
            by=self.objection.post.author, counterpoint=self.objection, revision=revision,
            choice="applies",
        )  # fmt: skip
        self.assertIn("Its author says that it still applies", self.page())


class QueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay, OLD)
        cls.member = make_user()

    def count(self):
        with CaptureQueriesContext(connection) as queries:
            self.client.get(self.claim.get_absolute_url())
        return len(queries)

    def test_an_edited_passage_costs_one_query_more_at_any_size(self):
        for user, expected in ((None, 9), (self.member, 17)):
            if user:
                self.client.force_login(user)
            for size in (1, 20):
                for _ in range(size):
                    reply = make_counterpoint(self.claim, target=make_counterpoint(self.claim))
                    cast_votes(reply.post, up=1)
                here = self.essay.current_revision.text.splitlines()[2]
                words = next(one for one in here.split(". ") if "knew why" in one)
                number = self.essay.current_revision.number
                revise(self.essay, words, f"In {number} ways nobody knew why", tell=False)
                set_place(
                    self.claim, self.essay.current_revision, f"In {number} ways nobody knew why"
                )
                with self.subTest(size=size, user=user):
                    self.assertLessEqual(self.count(), expected)


MOMENTS = st.lists(st.integers(0, 60), min_size=1, max_size=8, unique=True).map(sorted)


@st.composite
def histories(draw):
    """What a passage said in one revision after the other."""
    return [
        Wording(draw(st.sampled_from("abc")), NOON + timedelta(minutes=minute), number)
        for number, minute in enumerate(draw(MOMENTS), start=1)
    ]


class WordingTests(SimpleTestCase):
    @given(histories(), st.integers(-10, 70))
    def test_a_time_is_one_of_others_just_when_the_words_were_others(self, wordings, minute):
        when = NOON + timedelta(minutes=minute)
        within = any(
            (start is None or start <= when) and when < end
            for start, end in times_of_others(wordings)
        )
        then = wording_at(wordings, when)
        self.assertEqual(within, then.words != wordings[-1].words)

    @given(histories())
    def test_what_it_says_now_it_has_said_ever_since_it_began_to(self, wordings):
        now = words_now(wordings)
        self.assertEqual({one.words for one in wordings[now.revision - 1 :]}, {now.words})
        self.assertNotEqual([one.words for one in wordings[: now.revision - 1]][-1:], [now.words])

    @given(histories())
    def test_times_of_others_neither_touch_nor_overlap(self, wordings):
        times = times_of_others(wordings)
        for one, following in zip(times, times[1:], strict=False):
            self.assertLess(one[1], following[0])

    def test_votes_are_counted_in_words(self):
        for early, total, said in (
            (1, 1, "Its one vote was"),
            (2, 2, "All its two votes were"),
            (1, 4, "One of its four votes was"),
            (12, 40, "12 of its 40 votes were"),
        ):
            with self.subTest(early=early, total=total):
                self.assertIn(f"{said} cast on the earlier wording", votes_html(early, total))
        self.assertEqual(votes_html(0, 4), "")

    def test_a_moment_is_the_same_however_a_database_writes_it(self):
        for text in ("2026-03-01 12:00:00", "2026-03-01T12:00:00+00:00", "2026-03-01T13:00+01:00"):
            with self.subTest(text=text):
                self.assertEqual(moment(text), NOON)
