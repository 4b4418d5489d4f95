"""When merged claims can be parted, by whom, and in which order."""

from datetime import timedelta

from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.models import (
    Counterpoint,
    Merger,
)
from forum.counterpoints.unmerging import merger_of
from forum.lib.verdict import Refused
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.counterpoints.parting import PartingCase, all_of
from tests.factories import (
    make_claim,
    make_moderator,
    make_user,
)


class ChainTests(PartingCase):
    def setUp(self):
        self.third = make_claim(self.essay)
        self.answered(self.other)
        self.merge()
        self.before = all_of([self.one, self.other])
        self.merge(self.fresh(self.one), self.fresh(self.third))

    def test_parted_last_first_every_address_leads_where_it_did(self):
        self.part(self.one)
        assert self.other.merged_into == self.one
        assert all_of([self.one, self.other]) == self.before
        self.part(self.other)
        assert self.other.merged_into is None
        assert Counterpoint.objects.get().claim == self.other

    def test_what_was_merged_first_is_not_parted_first(self):
        with self.assertRaisesMessage(
            Refused, "Claim 1 has become part of claim 3 itself: part those two first."
        ):
            self.part(self.other)

    def test_parted_and_merged_again_it_is_parted_again(self):
        self.part(self.one)
        before = all_of([self.one, self.other])
        self.merge(self.fresh(self.one), self.fresh(self.third))
        self.part(self.one)
        assert all_of([self.one, self.other]) == before
        assert Merger.objects.filter(parted_at=None).count() == 1


class RefusalTests(PartingCase):
    def test_only_by_moderators_who_marked_neither(self):
        self.merge()
        self.assert_refused("Only moderators", make_user())
        for claim in (self.one, self.other):
            author = claim.opening.author
            author.is_moderator = True
            self.assert_refused("another moderator", author)

    def test_only_by_those_who_may_write(self):
        self.merge()
        late = timezone.now() + timedelta(days=2)
        self.assert_refused("suspended", make_moderator(suspended_until=late))

    def test_not_twice(self):
        self.merge()
        self.part()
        self.assert_refused("parted already")

    def test_not_while_its_statement_is_down(self):
        self.merge()
        opening = Post.objects.get(pk=self.other.opening_id)
        actions.set_status(post=opening, status=PostStatus.HIDDEN)
        self.assert_refused("statement of claim 2 was taken down")
        actions.set_status(post=Post.objects.get(pk=opening.pk), status=PostStatus.VISIBLE)
        self.part()
        self.essay.refresh_from_db()
        assert self.essay.claim_count == 2

    def test_the_claim_that_stays_may_be_down(self):
        self.merge()
        opening = Post.objects.get(pk=self.one.opening_id)
        actions.set_status(post=opening, status=PostStatus.HIDDEN)
        self.part()
        self.essay.refresh_from_db()
        assert self.essay.claim_count == 1

    def test_not_what_was_merged_before_it_was_written_down(self):
        self.merge()
        Merger.objects.all().delete()
        assert merger_of(self.other) is None

    def assert_refused(self, words, by=None):
        with self.assertRaisesRegex(Refused, words):
            self.part(by=by)
