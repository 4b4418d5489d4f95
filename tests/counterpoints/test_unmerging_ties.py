"""What people and links had to do with either of two claims, once these are parted again."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.linking import remove_link
from forum.counterpoints.models import (
    Claim,
    ClaimLink,
    Stance,
    StanceBefore,
)
from forum.counterpoints.parting_preview import preview
from forum.counterpoints.stances import take_stance
from forum.counterpoints.unmerging import merger_of
from forum.exchange.erasing import erase
from forum.notifications.following import is_following, set_following
from forum.posts import drafts
from forum.posts.models import Draft, Thread, Visit
from tests.counterpoints.parting import PartingCase, all_of
from tests.counterpoints.test_linking import confirmed
from tests.factories import (
    make_claim,
    make_user,
)


class PeopleTests(PartingCase):
    def test_whoever_has_said_nothing_since_stands_on_both_as_they_did(self):
        now = timezone.now()
        for place, hours in enumerate((1, -1, 0)):
            member = make_user()
            take_stance(member=member, claim=self.one, side="agree", now=now)
            side = ("disagree", "unsure", "disagree")[place]
            later = now + timedelta(hours=hours)
            take_stance(member=member, claim=self.other, side=side, now=later)
        take_stance(member=make_user(), claim=self.other, side="agree")
        take_stance(member=make_user(), claim=self.one, side="agree")
        before = all_of([self.one, self.other])
        self.merge()
        self.part()
        assert all_of([self.one, self.other]) == before
        assert not StanceBefore.objects.exists()

    def test_what_somebody_said_since_stays_where_they_said_it(self):
        changed, ended, new = make_user(), make_user(), make_user()
        for member in (changed, ended):
            take_stance(member=member, claim=self.other, side="agree")
        self.merge()
        claim = self.fresh(self.one)
        take_stance(member=changed, claim=claim, side="disagree")
        take_stance(member=ended, claim=claim, side=None)
        take_stance(member=new, claim=claim, side="unsure")
        self.part()
        assert (self.other.agree, self.other.disagree, self.other.unsure) == (0, 0, 0)
        assert (self.one.agree, self.one.disagree, self.one.unsure) == (0, 1, 1)

    def test_whoever_left_since_stands_nowhere_and_nothing_of_it_is_kept(self):
        leaver = make_user()
        for claim, side in ((self.one, "agree"), (self.other, "disagree")):
            take_stance(member=leaver, claim=claim, side=side)
        self.merge()
        assert StanceBefore.objects.filter(member=leaver).count() == 2
        erase(member=leaver, keeps_posts=True, asked_by="the member")
        assert not StanceBefore.objects.exists()
        self.part()
        assert not Stance.objects.exists()

    def test_votes_are_counted_in_the_camps_of_those_who_cast_them(self):
        moved, voter = self.answered(self.other), make_user()
        take_stance(member=voter, claim=self.one, side="agree")
        actions.vote(voter=voter, counterpoint=moved, is_up=True)
        self.merge()
        moved.refresh_from_db()
        assert moved.agree_up == 1
        self.part()
        moved.refresh_from_db()
        assert moved.agree_up == 0

    def test_whoever_has_seen_the_whole_has_seen_both(self):
        both, whole = make_user(), make_user()
        for claim, member, seen in (
            (self.one, both, 7), (self.other, both, 9), (self.one, whole, 8),
        ):  # fmt: skip
            Visit.objects.create(thread_id=claim.pk, member=member, seen=seen, at=timezone.now())
        self.merge()
        Visit.objects.filter(thread=self.one.pk, member=both).update(seen=12)
        self.part()
        seen = dict(Visit.objects.filter(thread=self.other.pk).values_list("member", "seen"))
        assert seen == {both.pk: 12, whole.pk: 8}
        assert Visit.objects.filter(thread=self.one.pk).count() == 2

    def test_followers_of_the_whole_follow_both_but_for_those_who_ended_it(self):
        follower, tired = make_user(), make_user()
        self.merge()
        for member, follows in ((follower, True), (tired, True), (tired, False)):
            set_following(member=member, kind="claim", thing=self.one.pk, follows=follows)
        self.part()
        for claim in (self.one, self.other):
            assert is_following(follower, "claim", claim.pk)
            assert not is_following(tired, "claim", claim.pk)

    def test_answers_that_were_begun_go_where_what_they_answer_goes(self):
        moved, stays, member = self.answered(self.other), self.answered(self.one), make_user()
        begun = [
            (self.other, moved.pk, self.other), (self.one, stays.pk, self.one),
            (self.other, 0, self.other), (self.one, 0, self.one),
        ]  # fmt: skip
        keys = [self.draft(member, claim, target) for claim, target, _goes in begun]
        self.merge()
        keys.append(self.draft(member, self.one, moved.pk))
        begun.append((self.one, moved.pk, self.other))
        self.part()
        for key, (_claim, target, goes) in zip(keys, begun, strict=True):
            place = Draft.objects.get(form_key=key).place
            assert place == f"answer:{goes.pk}:{target}"

    def test_two_texts_that_somebody_kept_under_one_key_stay_two(self):
        member, key = make_user(), uuid4()
        for claim in (self.one, self.other):
            self.draft(member, claim, 0, key)
        self.merge()
        assert self.places(member) == [f"answer:{self.one.pk}:0"] * 2
        self.part()
        assert self.places(member) == [f"answer:{claim.pk}:0" for claim in (self.one, self.other)]

    def places(self, member):
        return sorted(Draft.objects.filter(author=member).values_list("place", flat=True))

    def draft(self, member, claim, target, key=None):
        url = reverse("counterpoints:answer-claim", args=[claim.pk])
        key = key or uuid4()
        drafts.keep(
            author=member, place=f"answer:{claim.pk}:{target}", about="Answer", url=url,
            fields={"source": ["Half a thought"]}, form_key=key,
        )  # fmt: skip
        return key


class LinksTests(PartingCase):
    def test_links_that_went_over_come_back_and_those_that_ended_live_again(self):
        third, fourth = make_claim(), make_claim()
        confirmed(self.one, third)
        confirmed(self.other, third)
        confirmed(fourth, self.other, "depends")
        confirmed(self.one, self.other)
        claims = [self.one, self.other, third, fourth]
        before = all_of(claims)
        self.merge()
        third.refresh_from_db()
        assert third.link_count == 1
        self.part()
        assert all_of(claims) == before

    def test_what_was_removed_since_does_not_come_back_nor_does_what_said_the_same(self):
        third, fourth = make_claim(), make_claim()
        kept = confirmed(self.one, third)
        ended, moved = confirmed(self.other, third), confirmed(self.other, fourth)
        self.merge()
        for link in (kept, moved):
            link.refresh_from_db()
            remove_link(by=self.moderator, link=link)
        self.part()
        states = dict(ClaimLink.objects.values_list("pk", "state"))
        assert [states[one.pk] for one in (kept, ended, moved)] == ["removed", "merged", "removed"]
        assert (self.one.link_count, self.other.link_count) == (0, 0)

    def test_a_link_proposed_since_stays_on_the_claim_that_stays(self):
        third = make_claim()
        self.merge()
        link = confirmed(self.fresh(self.one), third)
        self.part()
        link.refresh_from_db()
        assert self.one.pk in {link.source_id, link.target_id}
        assert (self.one.link_count, self.other.link_count) == (1, 0)

    def test_no_claim_comes_to_a_link_that_was_the_others(self):
        third, fourth = make_claim(self.essay), make_claim(self.essay)
        kept, moved = confirmed(self.one, fourth), confirmed(self.other, third)
        self.merge()
        self.merge(third, fourth)
        assert preview(merger_of(self.other)).links == 0
        self.part()
        self.part(third)
        assert [*ClaimLink.objects.live()] == [kept]
        moved.refresh_from_db()
        assert {moved.source_id, moved.target_id} == {self.other.pk, third.pk}
        assert (self.one.link_count, self.other.link_count) == (1, 0)

    def test_the_pages_at_the_other_ends_are_made_anew(self):
        third = make_claim()
        confirmed(self.other, third)

        def version():
            return Thread.objects.get(pk=third.pk).version, Claim.objects.get(
                pk=third.pk
            ).essay.version

        for deed in (self.merge, self.part):
            before = version()
            deed()
            assert all(new > old for new, old in zip(version(), before, strict=True))
