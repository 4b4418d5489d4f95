"""From a report on, what was reported can be read, whatever its author makes of it."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse

from forum.guard.judging import Judgement
from forum.lib.verdict import Refused
from forum.moderation import actions, flagging, legal
from forum.moderation.models import Case, Report
from forum.posts import actions as posts
from forum.posts.models import Post
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import make_report

INSULT, MENDED = "You plainly never touched a horse.", "You may never have touched a horse."


class ReportedWordsTests(TestCase):
    """All of it within the minutes in which a slip of the pen is mended unseen."""

    @classmethod
    def setUpTestData(cls):
        cls.author, cls.reader = make_user(), make_user()

    def setUp(self):
        self.post = make_comment(author=self.author, source=INSULT)

    def edit(self, source=MENDED):
        post = Post.objects.select_related("thread__essay", "author").get(pk=self.post.pk)
        posts.edit(by=self.author, post=post, source=source)
        self.post.refresh_from_db()
        return [(each.number, each.source) for each in self.post.versions.all()]

    def test_an_edit_after_a_report_leaves_the_version_that_was_reported(self):
        report = make_report(self.post, reporter=self.reader)
        self.assertEqual(self.edit(), [(report.version, INSULT)])
        self.assertEqual(self.post.edit_count, 1)

    def test_without_anybody_called_a_slip_is_still_mended_unseen(self):
        self.assertEqual(self.edit(), [])

    def test_a_legal_notice_a_watch_list_and_a_moderator_keep_the_words_as_well(self):
        for call in (
            lambda post: legal.give_notice(
                post=post, name="Nemo", email="nemo@example.org", explanation="Libel, it is."
            ),
            lambda post: flagging.flag(post, Judgement(reported_by="never touched")),
            lambda post: actions.open_case(moderator=make_moderator(), post=post),
        ):
            self.post = make_comment(author=self.author, source=INSULT)
            call(self.post)
            self.assertEqual(self.edit(), [(1, INSULT)])

    def test_a_report_speaks_of_the_version_that_there_is_by_then(self):
        stale = Post.objects.select_related("thread__essay", "author").get(pk=self.post.pk)
        make_comment(parent=self.post)
        self.edit("Twice as rude.")
        report = make_report(stale, reporter=self.reader)
        self.assertEqual(report.version, 2)
        self.assertEqual(self.edit()[-1], (2, "Twice as rude."))
        notice = legal.give_notice(
            post=stale, name="Nemo", email="nemo@example.org", explanation="Libel, it is."
        )
        self.assertEqual(notice.version, 3)

    def test_the_first_moment_stays_however_often_it_is_reported(self):
        first = make_report(self.post, reporter=self.reader)
        later = first.created_at + timedelta(minutes=3)
        make_report(self.post, now=later)
        self.post.refresh_from_db()
        self.assertEqual(self.post.called_at, first.created_at)

    def test_who_reports_what_was_edited_meanwhile_reads_it_first(self):
        self.client.force_login(self.reader)
        url = reverse("moderation:report", args=[self.post.pk])
        seen = self.client.get(url).context["form"].initial["seen"]
        self.edit()
        typed = {"reason": "attack", "text": "The first sentence is about her."}
        page = self.client.post(url, sent(**typed, seen=seen))
        self.assertContains(page, "since you opened this page", status_code=422)
        self.assertContains(page, MENDED, status_code=422)
        self.assertContains(page, typed["text"], status_code=422)
        self.assertFalse(Report.objects.exists() or Case.objects.exists())
        again = page.context["form"]["seen"].value()
        self.assertNotEqual(again, seen)
        self.assertEqual(self.client.post(url, sent(**typed, seen=again)).status_code, 302)
        self.assertEqual(self.edit("Mended twice."), [(1, MENDED)])

    def test_a_report_of_other_words_than_were_read_is_refused(self):
        seen = actions.digest(self.post)
        self.edit()
        with self.assertRaisesMessage(Refused, "since you opened this page"):
            make_report(self.post, reporter=self.reader, seen=seen)

    def test_the_case_leads_to_what_was_reported(self):
        case = make_report(self.post, reporter=self.reader).case
        self.edit()
        self.client.force_login(make_moderator())
        history = reverse("posts:history", args=[self.post.pk])
        page = self.client.get(case.get_absolute_url())
        self.assertContains(page, f'<a class="meta" href="{history}">before the last edit</a>')
        self.assertContains(self.client.get(history), "plainly")
