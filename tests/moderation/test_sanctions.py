"""Warning, holding, silence, suspension and ban: what each keeps from a member, and tells them."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.moderation import appeals
from forum.moderation.models import Decision, Sanction, SanctionKind
from forum.moderation.sanction_words import MESSAGES
from forum.notifications.models import Notice
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import REASON, decide, make_case

COLUMNS = ("silenced_until", "suspended_until", "held_until", "banned_at")
WEEK = timezone.now() + timedelta(days=7)


class SanctionCase(TestCase):
    def setUp(self):
        self.member = make_user("vic")

    def sanctioned(self, kind, until=None, **fields):
        return decide(
            make_case(make_comment(author=self.member)), sanction=kind, until=until, **fields
        )

    def limits(self):
        self.member.refresh_from_db()
        return {name: getattr(self.member, name) for name in COLUMNS if getattr(self.member, name)}


class LimitTests(SanctionCase):
    def test_each_limits_what_it_says(self):
        for kind, column in (
            ("hold", "held_until"), ("silence", "silenced_until"), ("suspend", "suspended_until"),
        ):  # fmt: skip
            with self.subTest(kind=kind):
                self.member = make_user()
                self.sanctioned(kind, WEEK)
                self.assertEqual(self.limits(), {column: WEEK})
        self.member = make_user()
        self.assertEqual(self.limits(), {})
        decision = self.sanctioned("ban")
        self.assertEqual(self.limits(), {"banned_at": decision.created_at})
        self.assertTrue(self.member.is_suspended())

    def test_the_longest_of_a_kind_counts(self):
        cases = [make_case(make_comment(author=self.member)) for _ in range(3)]
        for case, days, kept in zip(cases, (7, 2, 9), (7, 7, 9), strict=True):
            decide(case, sanction="hold", until=WEEK + timedelta(days=days))
            self.assertEqual(self.limits(), {"held_until": WEEK + timedelta(days=kept)})

    def test_one_kind_ends_without_the_others(self):
        ban = Decision.objects.for_statement().get(pk=self.sanctioned("ban").pk)
        self.sanctioned("silence", WEEK)
        made = appeals.appeal(appellant=self.member, decision=ban, text="Not for good, please.")
        decide(made.case, "restore", moderator=make_moderator(), lift=True)
        self.assertEqual(self.limits(), {"silenced_until": WEEK})

    def test_only_a_warning_and_a_ban_have_no_end(self):
        decision = decide(make_case(make_comment(author=self.member)))
        for kind in SanctionKind.values:
            is_endless = kind in {"warn", "ban"}
            with self.subTest(kind=kind), self.assertRaises(IntegrityError), transaction.atomic():
                Sanction.objects.create(
                    member=self.member, decision=decision, kind=kind, reason=REASON,
                    until=WEEK if is_endless else None, created_at=WEEK,
                )  # fmt: skip


class ToldTests(SanctionCase):
    def test_the_inbox_says_in_a_sentence_what_it_comes_to(self):
        for kind, words in (
            ("warn", "This counts as a warning."),
            ("hold", "What you write is read by a moderator first, until"),
            ("silence", "You can read, but not write, until"),
            ("suspend", "Your account is suspended until"),
            ("ban", "Your account is banned."),
        ):
            with self.subTest(kind=kind):
                Notice.objects.all().delete()
                self.sanctioned(kind, None if kind in {"warn", "ban"} else WEEK)
                notice = Notice.objects.get(recipient=self.member, kind="decided")
                self.assertIn(words, notice.sentence)

    def test_the_moderators_own_words_are_told_and_only_to_whom_they_concern(self):
        reporter = make_user()
        case = make_case(make_comment(author=self.member))
        case.reports.create(
            post=case.post, reporter=reporter, reason="attack", created_at=timezone.now()
        )
        decision = decide(case, sanction="warn", message="Mind <b>how</b> you speak.")
        for user, number in ((self.member, 1), (reporter, 0)):
            self.client.force_login(user)
            page = self.client.get(decision.get_absolute_url())
            self.assertContains(page, "Mind &lt;b&gt;how", count=number)
        self.client.force_login(self.member)
        self.assertNotContains(self.client.get(reverse("moderation:log")), "how you speak")


class FormTests(SanctionCase):
    def setUp(self):
        super().setUp()
        self.moderator = make_moderator()
        self.case = make_case(make_comment(author=self.member), held_by=self.moderator)
        self.client.force_login(self.moderator)
        self.url = reverse("moderation:decision", args=[self.case.pk])

    def send(self, **fields):
        page = self.client.get(self.case.get_absolute_url())
        chosen = {"outcome": "hide", "rule": "2", "reason": REASON}
        seen = page.context["form"]["seen"].value()
        return self.client.post(self.url, sent(**chosen, seen=seen, **fields))

    def test_what_is_always_said_is_there_to_be_read_and_is_told(self):
        page = self.client.get(self.case.get_absolute_url())
        for words in MESSAGES.values():
            self.assertContains(page, words)
        self.send(sanction="ban")
        self.assertEqual(Sanction.objects.get().message, MESSAGES[SanctionKind.BAN])

    def test_other_words_take_its_place(self):
        self.send(sanction="hold", until=f"{WEEK:%Y-%m-%dT%H:%M}", message="We read you first.")
        self.assertEqual(Sanction.objects.get().message, "We read you first.")
        self.assertIn("held_until", self.limits())

    def test_what_does_not_fit_is_said_by_its_field_and_nothing_is_lost(self):
        until = f"{WEEK:%Y-%m-%dT%H:%M}"
        for fields, words in (
            ({"sanction": "ban", "until": until}, "A warning or a ban has no end"),
            ({"sanction": "hold"}, "Say when it ends."),
            ({"message": "You."}, "Choose above what it is that they are told of."),
        ):
            with self.subTest(fields=fields):
                page = self.send(**fields)
                self.assertContains(page, words, status_code=422)
                self.assertContains(page, REASON, status_code=422)
        self.assertFalse(Sanction.objects.exists())
