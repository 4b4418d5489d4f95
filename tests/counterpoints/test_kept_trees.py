"""What was made of a counterpoint is shown again only while its item would say the same."""

from unittest.mock import patch

from django.test import TestCase

from forum.counterpoints import claim_page
from forum.counterpoints.restating import judge_restatement
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_counterpoint, make_essay, make_user
from tests.kept import KeptItems, forget_what_is_kept, item, read
from tests.revising import revise

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."


class KeptTreeTests(KeptItems, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar")
        cls.claim = make_claim(cls.essay, OLD)
        cls.writer, cls.restated = make_user("hester"), make_user("restated")
        objection = make_counterpoint(cls.claim, author=cls.restated)
        cls.answer = make_counterpoint(
            cls.claim, "undercuts", target=objection, author=cls.writer,
            restatement="That it is not so.",
        )  # fmt: skip

    def item(self, member=None, **headers):
        return item(read(self.claim.get_absolute_url(), member, **headers), self.answer.post)

    def assert_it_is_seen(self, change):
        """Whoever has read the item before reads after it what the first would read."""
        before = self.item()
        change()
        after = self.item()
        self.assertNotEqual(after, before)
        forget_what_is_kept()
        self.assertEqual(self.item(), after)

    def test_by_its_writer_by_whom_it_restates_by_others_and_in_each_language(self):
        other = make_user("other")
        self.assert_each_reads_their_own(
            self.item,
            lambda: self.item(other),
            lambda: self.item(self.writer),
            lambda: self.item(self.restated),
            lambda: self.item(**{"accept-language": "de"}),
        )

    def test_another_of_its_kind_is_counted(self):
        self.assert_it_is_seen(
            lambda: make_counterpoint(self.claim, "undercuts", target=self.answer.target)
        )

    def test_what_is_said_of_its_restatement(self):
        self.assert_it_is_seen(
            lambda: judge_restatement(by=self.restated, counterpoint=self.answer, is_fair=True)
        )

    def test_new_words_of_its_passage(self):
        self.assert_it_is_seen(lambda: revise(self.essay, OLD, NEW, claim=self.claim))

    def test_what_is_explained_to_one_is_kept_for_nobody(self):
        self.answer.post.status = PostStatus.HIDDEN
        self.answer.post.save()
        for words in ("It was rude.", "It was rude, and beside the point."):
            with patch.object(claim_page, "explained", return_value={self.answer.pk: words}):
                self.assertIn(words, self.item(self.writer))
