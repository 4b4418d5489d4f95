from django.test import TestCase
from django.utils import translation

from essays.actions import publish_revision, raise_version, refresh
from essays.models import Essay
from forum.counterpoints.actions import set_status
from forum.essay_rows import add_rows
from forum.leading_essay import add_lead
from forum.posts.actions import edit
from forum.posts.naming import rename
from tests.factories import (
    SOURCE,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)


def row_of(essay):
    found = Essay.objects.get(pk=essay.pk)
    add_rows([found])
    return found.row_html


def lead_of(essay):
    found = Essay.objects.get(pk=essay.pk)
    add_lead(found)
    return found.lead_html


class KeptEssayTests(TestCase):
    """Its row in a list, and what the home page says of it while it is the newest."""

    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar")
        cls.claim = make_claim(cls.essay)
        cls.objector = make_user("ob")

    def assert_follow(self, change, *shown):
        before = {show: show(self.essay) for show in shown}
        change()
        for show, html in before.items():
            self.assertNotEqual(show(self.essay), html, show.__name__)

    def rewrite(self, **columns):
        Essay.objects.filter(pk=self.essay.pk).update(**columns)
        refresh(Essay.objects.get(pk=self.essay.pk))

    def test_both_follow_what_an_editor_changes(self):
        for columns in (
            {"title": "Other words"}, {"summary": "Said otherwise."}, {"slug": "elsewhere"},
            {"author_name": "Zed Example"},
            {"published_at": self.essay.published_at.replace(year=2001)},
        ):  # fmt: skip
            with self.subTest(**columns):
                self.assert_follow(lambda columns=columns: self.rewrite(**columns), row_of, lead_of)

    def test_both_follow_the_text(self):
        make_claim(self.essay, "The lord counted silver.")
        source = SOURCE.replace("The lord counted silver.", "")
        self.assert_follow(
            lambda: publish_revision(
                essay=self.essay, source=source, note="No silver.", by=make_editor()
            ),
            row_of,
            lead_of,
        )

    def test_both_follow_its_claims_and_what_is_said_on_them(self):
        self.assert_follow(
            lambda: make_claim(self.essay, "The lord counted silver."), row_of, lead_of
        )
        self.assert_follow(lambda: make_counterpoint(self.claim), row_of, lead_of)
        objection = self.claim.counterpoints.get()
        self.assert_follow(lambda: make_counterpoint(self.claim, target=objection), row_of, lead_of)
        for status in ("hidden", "visible"):
            for post in (objection.post, self.claim.opening):
                with self.subTest(status=status, post=post):
                    self.assert_follow(
                        lambda post=post, status=status: set_status(post=post, status=status),
                        row_of, lead_of,
                    )  # fmt: skip

    def test_the_one_follows_the_words_and_the_name_of_whoever_waits_for_an_answer(self):
        objection = make_counterpoint(self.claim, author=self.objector)
        self.assert_follow(
            lambda: edit(by=self.objector, post=objection.post, source="The saddlers knew."),
            lead_of,
        )
        self.assert_follow(
            lambda: rename(member=self.objector, display_name="Ob Jector", about=""), lead_of
        )

    def test_a_row_follows_the_number_of_remarks(self):
        self.assert_follow(lambda: make_comment(self.essay), row_of)

    def test_they_are_in_the_language_of_whoever_reads(self):
        for show in (row_of, lead_of):
            english = show(self.essay)
            with translation.override("de"):
                self.assertNotEqual(show(self.essay), english)
            self.assertEqual(show(self.essay), english)

    def test_essays_of_one_version_have_each_its_own(self):
        other = make_essay("The Yoke")
        Essay.objects.update(version=7)
        for show in (row_of, lead_of):
            self.assertIn("The Collar", show(self.essay))
            self.assertIn("The Yoke", show(other))

    def test_what_did_not_change_is_not_asked_for_again(self):
        essays = [self.essay, make_essay("The Yoke"), make_essay("The Plough")]

        def asked(number):
            found = list(Essay.objects.order_by("pk"))
            with self.assertNumQueries(number):
                add_rows(found)
            return [essay.row_html for essay in found]

        rows = asked(1)
        self.assertEqual(asked(0), rows)
        raise_version(essays[1].pk, post_count=1)
        changed = asked(1)
        self.assertEqual([changed[0], changed[2]], [rows[0], rows[2]])
        self.assertNotEqual(changed[1], rows[1])
