"""Closing, slowing down, retiring: editors say so, with a reason, and every page hears of it."""

from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase

from essays import openness
from essays.models import Essay, Openness
from essays.models.essay import REASON_LENGTH
from essays.notices import Part, notices_of, pace_words
from forum.lib.verdict import Refused
from tests.factories import make_editor, make_essay, make_moderator, make_user

OPEN, SLOW, CLOSED = Openness.values
REASON = "It went in circles."
DAY = datetime(2026, 3, 3, 20, 11, tzinfo=UTC)


class OpennessCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.essay = make_essay("The Collar")
        cls.others = [make_user(), make_moderator(), make_user(is_staff=True, is_superuser=True)]

    def now(self):
        return Essay.objects.get(pk=self.essay.pk)

    def set(self, by=None, **said):
        said = {
            "discussion": OPEN, "claims": OPEN, "reason": REASON, "slow_minutes": 10,
        } | said  # fmt: skip
        return openness.set_openness(by=by or self.editor, essay=self.now(), **said)

    def retire(self, by=None, **said):
        said = {"reason": REASON} | said
        return openness.retire(by=by or self.editor, essay=self.now(), **said)

    def assert_changed_nothing(self, refused, do, *sentences):
        before = self.now().__dict__ | {"_state": None}
        with self.assertRaises(refused) as caught:
            do()
        for sentence in sentences:
            self.assertIn(sentence, str(caught.exception))
        self.assertEqual(self.now().__dict__ | {"_state": None}, before)


class SetOpennessTests(OpennessCase):
    def test_keeps_what_was_said_and_raises_the_version(self):
        before = self.now().version
        given = self.set(discussion=CLOSED, claims=SLOW, reason="  Too\n hot. ", slow_minutes=15)
        for essay in (given, self.now()):
            self.assertEqual((essay.discussion_openness, essay.claims_openness), (CLOSED, SLOW))
            self.assertEqual((essay.openness_reason, essay.slow_minutes), ("Too hot.", 15))
        self.assertGreater(self.now().version, before)

    def test_an_open_essay_keeps_no_reason(self):
        self.set(discussion=CLOSED)
        self.set()
        self.assertEqual(self.now().openness_reason, "")

    def test_saying_the_same_again_makes_no_page_anew(self):
        self.set(claims=SLOW)
        before = self.now().version
        self.set(claims=SLOW)
        self.assertEqual(self.now().version, before)

    def test_only_editors_do_it(self):
        for person in [*self.others, None]:
            with self.subTest(person=person), self.assertRaises(Refused):
                openness.set_openness(
                    by=person, essay=self.now(), discussion=CLOSED, claims=OPEN, reason=REASON,
                    slow_minutes=10,
                )  # fmt: skip
        self.assertEqual(self.now().discussion_openness, OPEN)

    def test_whatever_is_not_open_says_why(self):
        for part in ("discussion", "claims"):
            for state in (SLOW, CLOSED):
                for reason in ("", " \n\t "):
                    with self.subTest(part=part, state=state):
                        said = {part: state, "reason": reason}
                        self.assert_changed_nothing(
                            Refused, lambda said=said: self.set(**said), "Say why"
                        )

    def test_a_reason_is_one_sentence_not_an_essay(self):
        self.set(claims=CLOSED, reason="a" * REASON_LENGTH)
        self.assert_changed_nothing(
            Refused, lambda: self.set(claims=CLOSED, reason="b" * (REASON_LENGTH + 1)), "at most"
        )

    def test_a_pace_is_between_a_minute_and_a_day(self):
        for minutes in (1, 24 * 60):
            self.set(claims=SLOW, slow_minutes=minutes)
        for minutes in (-1, 0, 24 * 60 + 1, 10**9):
            with self.subTest(minutes=minutes):
                self.assert_changed_nothing(
                    Refused, lambda m=minutes: self.set(claims=SLOW, slow_minutes=m), "one day"
                )

    def test_there_is_no_fourth_state(self):
        self.assert_changed_nothing(ValueError, lambda: self.set(discussion="ajar"))


class RetireTests(OpennessCase):
    def test_keeps_since_when_and_why(self):
        before = self.now().version
        self.retire(now=DAY)
        essay = self.now()
        self.assertEqual((essay.retired_at, essay.retired_reason), (DAY, REASON))
        self.assertIsNone(essay.redirects_to)
        self.assertGreater(essay.version, before)

    def test_retired_again_it_changes_its_reason_and_not_its_day(self):
        other = make_essay()
        self.retire(now=DAY)
        before = self.now().version
        self.retire(reason="Replaced.", redirects_to=other)
        essay = self.now()
        self.assertEqual((essay.retired_at, essay.retired_reason), (DAY, "Replaced."))
        self.assertEqual(essay.redirects_to, other)
        self.assertGreater(essay.version, before)

    def test_reinstated_it_is_as_before(self):
        self.retire(redirects_to=make_essay())
        before = self.now().version
        openness.reinstate(by=self.editor, essay=self.now())
        essay = self.now()
        self.assertEqual(
            (essay.retired_at, essay.retired_reason, essay.redirects_to), (None, "", None)
        )
        self.assertGreater(essay.version, before)

    def test_only_editors_do_it(self):
        for person in self.others:
            self.assert_changed_nothing(Refused, lambda p=person: self.retire(by=p), "editors")
        self.retire()
        for person in self.others:
            self.assert_changed_nothing(
                Refused,
                lambda p=person: openness.reinstate(by=p, essay=self.now()),
                "Only editors",
            )

    def test_it_says_why(self):
        for reason in ("", "  ", "r" * (REASON_LENGTH + 1)):
            self.assert_changed_nothing(Refused, lambda r=reason: self.retire(reason=r))

    def test_it_does_not_lead_to_itself_nor_round_in_a_ring(self):
        second, third = make_essay(), make_essay()
        self.assert_changed_nothing(
            Refused, lambda: self.retire(redirects_to=self.now()), "lead to itself"
        )
        openness.retire(by=self.editor, essay=second, reason=REASON, redirects_to=third)
        openness.retire(by=self.editor, essay=third, reason=REASON, redirects_to=self.now())
        for other in (second, third):
            self.assert_changed_nothing(
                Refused, lambda o=other: self.retire(redirects_to=o), "in a ring"
            )


class NoticeTests(OpennessCase):
    def titles(self, *parts, reader=None):
        return [each.title for each in notices_of(self.now(), reader or AnonymousUser(), *parts)]

    def test_an_open_essay_has_none(self):
        with self.assertNumQueries(1):
            self.assertEqual(self.titles(*Part), [])

    def test_each_part_is_told_of_by_itself_with_the_reason(self):
        self.set(discussion=CLOSED, claims=SLOW)
        self.assertEqual(
            self.titles(*Part),
            ["The discussion is closed: nothing is added but votes",
             "The claims are slowed down: 10 minutes between two posts"],
        )  # fmt: skip
        self.assertEqual(len(self.titles(Part.CLAIMS)), 1)
        self.assertEqual(self.titles(), [])
        for notice in notices_of(self.now(), None, *Part):
            self.assertEqual(notice.text, REASON)

    def test_of_a_retired_essay_only_that_is_told(self):
        self.set(discussion=CLOSED, claims=SLOW)
        self.retire(now=DAY, reason="Out of date.")
        (notice,) = notices_of(self.now(), AnonymousUser(), *Part)
        self.assertEqual(notice.title, "Retired on 3 March 2026: nothing is added to it any more")
        self.assertEqual((notice.text, notice.url, notice.link), ("Out of date.", "", ""))

    def test_it_names_the_essay_that_took_its_place_to_whoever_may_read_that(self):
        other = make_essay("The Yoke", published=False)
        self.retire(redirects_to=other)
        self.assertEqual(notices_of(self.now(), AnonymousUser())[0].url, "")
        notice = notices_of(self.now(), self.editor)[0]
        self.assertEqual((notice.url, notice.link), (other.get_absolute_url(),
                                                     "Read instead: The Yoke"))  # fmt: skip

    def test_a_pace_is_said_in_words(self):
        said = {
            1: "one minute", 9: "nine minutes", 60: "one hour", 90: "90 minutes",
            180: "three hours", 1440: "24 hours",
        }  # fmt: skip
        for minutes, words in said.items():
            essay = Essay(slow_minutes=minutes)
            self.assertEqual(pace_words(essay), f"{words} between two posts")
