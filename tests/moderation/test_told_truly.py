"""What the log and the notices say is what happened: to keep a hidden post is not to keep it."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forum.lib.house import House, keep
from forum.moderation import log
from forum.moderation.models import LogEntry, Outcome
from forum.moderation.outcome_words import words_for
from forum.moderation.undoing import undo
from forum.notifications.models import Notice
from forum.posts.models import Post
from tests.factories import make_moderator, make_user
from tests.moderation.builders import decide
from tests.moderation.tampering import change
from tests.moderation.test_appeals import AppealCase, make_case_on

LOG = reverse("moderation:log")


class LeftAsItIsTests(AppealCase):
    """A post that was down before, and that nobody puts back."""

    def left(self, after="hide"):
        self.decided(after)
        case = make_case_on(Post.objects.get(pk=self.post.pk), self.second)
        return decide(case, "keep", moderator=self.second)

    def told(self, member):
        return Notice.objects.filter(recipient=member).latest("pk").sentence

    def test_the_log_says_what_it_stays_and_counts_it_apart(self):
        for after, kind, words in (
            ("hide", "lefthid", "Left as it is: hidden"),
            ("remove", "leftrem", "Left as it is: removed"),
        ):
            with self.subTest(after=after):
                Post.objects.filter(pk=self.post.pk).update(status="visible")
                kept = self.left(after)
                self.assertEqual((kept.outcome, kept.log_entry.kind), ("keep", kind))
                page = Client().get(LOG, {"outcome": kind})
                self.assertContains(page, f'<h3 class="relname">{words}</h3>')
                self.assertEqual(log.counts()[kind], 1)
        self.assertNotIn("keep", log.counts())
        self.assertEqual(log.outcome_count(log.counts()), 4)
        self.assertIsNone(log.first_broken())

    def test_its_author_and_whoever_reported_it_are_told_that_it_stays_hidden(self):
        self.left()
        self.assertIn("stays hidden", self.told(self.author))
        self.assertNotIn("as it is", self.told(self.author))

    def test_of_what_is_removed_they_are_told_that_it_stays_removed(self):
        self.left("remove")
        self.assertIn("stays removed", self.told(self.author))

    def test_every_page_calls_it_that(self):
        kept = self.left()
        self.client.force_login(self.author)
        for url in (kept.get_absolute_url(), reverse("moderation:own-standing")):
            self.assertContains(self.client.get(url), "Left as it is: hidden")
        self.assertContains(
            self.client.get(kept.get_absolute_url()), "was hidden before, and stays hidden"
        )
        self.client.force_login(make_moderator())
        for url in (kept.case.get_absolute_url(), reverse("moderation:queue") + "?tab=decided",
                    reverse("moderation:member", args=["ottoline"])):  # fmt: skip
            self.assertContains(self.client.get(url), "Left as it is: hidden")

    def test_what_is_visible_is_kept_as_before(self):
        kept = self.decided("keep")
        self.assertEqual((kept.log_entry.kind, kept.outcome_words), ("keep", "Kept"))
        self.assertIn("stays as it is", self.told(self.author))

    def test_the_choice_says_before_what_it_comes_to(self):
        for status, words in (
            ("hidden", "Leave it hidden"),
            ("removed", "Leave it removed"),
            ("visible", "Keep it as it is"),
            ("erased", "Keep it as it is"),
        ):
            self.post.status = status
            self.assertEqual(str(words_for(Outcome.KEEP, self.post)), words)
        self.post.status = "hidden"
        self.assertEqual(str(words_for(Outcome.RESTORE, self.post)), "Restore it")

    def test_so_does_the_page_of_many_at_once(self):
        self.decided("hide")
        case = make_case_on(Post.objects.get(pk=self.post.pk), self.second)
        self.client.force_login(self.second)
        query = {"outcome": "keep", "case": case.pk}
        page = self.client.get(reverse("moderation:together"), query)
        self.assertContains(page, "Stays hidden")
        self.assertNotContains(page, "Stays as it is")


class RulingTests(AppealCase):
    """What came of an appeal stands in the log, in both entries, and can be looked for."""

    def ruled(self, outcome, first="hide", lift=False, sanction=None, by=None):
        decision = self.decided(first, sanction=sanction)
        made = self.appeal(decision, by)
        return decide(made.case, outcome, moderator=self.second, lift=lift).log_entry

    def test_reversed(self):
        entry = self.ruled("restore")
        self.assertEqual(entry.ruling, "reversed")
        page = Client().get(LOG)
        self.assertContains(page, "<b>Decision reversed</b>")
        self.assertContains(page, "(decision reversed)")

    def test_held(self):
        entry = self.ruled("keep")
        self.assertEqual((entry.ruling, entry.kind), ("held", "lefthid"))
        self.assertContains(Client().get(LOG), "<b>Decision held</b>")

    def test_reversed_as_to_the_member_and_not_the_post(self):
        self.assertEqual(self.ruled("keep", sanction="ban", lift=True).ruling, "partly")
        self.assertContains(Client().get(LOG), "<b>Reversed in part</b>")

    def test_where_the_post_was_kept_the_sanction_was_all_there_was(self):
        entry = self.ruled("keep", first="keep", sanction="ban", lift=True)
        self.assertEqual(entry.ruling, "reversed")
        told = Notice.objects.filter(recipient=self.author).latest("pk").sentence
        self.assertTrue(told.endswith("the sanction has ended."))

    def test_for_a_reporter_too(self):
        entry = self.ruled("hide", first="keep", by=self.reporter)
        self.assertEqual(entry.ruling, "reversed")

    def test_nothing_else_has_one_and_old_entries_say_nothing_of_it(self):
        entry = self.decided().log_entry
        self.assertIsNone(entry.ruling)
        self.assertNotIn("ruling", entry.public())

    def test_it_is_part_of_what_the_log_proves(self):
        entry = self.ruled("keep")
        change("moderation_logentry", "ruling", "reversed", f"number = {entry.number}")
        self.assertEqual(log.first_broken(), entry.number)

    def test_the_log_is_narrowed_by_it(self):
        entry = self.ruled("keep")
        rulings = Client().get(LOG).context["rulings"]
        self.assertEqual(
            [(row["label"], row["number"]) for row in rulings],
            [("Decision held", 1), ("Reversed in part", 0), ("Decision reversed", 0)],
        )
        page = Client().get(LOG, {"appeal": "held", "outcome": "lefthid"})
        self.assertEqual(list(page.context["entries"]), [entry])
        self.assertIn("appeal=held", page.context["rules"][0]["url"])
        for appeal, number in (("reversed", 0), ("nonsense", 3)):
            found = Client().get(LOG, {"appeal": appeal}).context["entries"]
            self.assertEqual(len(found), number)

    def test_taken_back_what_had_ended_goes_on_in_the_log_as_well(self):
        keep(House(undo_minutes=0))
        decision = self.decided(sanction="ban")
        made = self.appeal(decision)
        keep(House(undo_minutes=10))
        again = decide(made.case, "restore", moderator=self.second, lift=True)
        ended = LogEntry.objects.get(kind="end")
        undo(moderator=self.second, decision=again)
        self.assertEqual(LogEntry.objects.get(kind="resume").about_number, ended.number)
        self.assertIsNone(log.first_broken())
        page = Client().get(LOG)
        self.assertContains(page, '<h3 class="relname">Sanction goes on</h3>')
        self.assertContains(page, "Taken back: <a", count=2)

    def test_the_query_count_stays_as_it_was(self):
        for size in (1, 12):
            for _ in range(size):
                self.author = make_user()
                Post.objects.filter(pk=self.post.pk).update(author=self.author, status="visible")
                self.ruled("restore")
            with self.subTest(size=size), self.assertNumQueries(4):
                Client().get(LOG, {"at": timezone.now().isoformat()})
