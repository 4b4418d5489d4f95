"""What the actions and permissions themselves refuse, whatever the pages before them have asked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints import actions, linking, permissions, stances
from forum.counterpoints.already import find_claim
from forum.counterpoints.claim_lists import essays_with_text
from forum.counterpoints.link_permissions import can_judge_link, can_link, can_withdraw_link
from forum.counterpoints.margin import claims_in_text
from forum.counterpoints.models import Claim, ClaimLink, Counterpoint, LinkState
from forum.counterpoints.similar import similar_claims
from forum.lib.verdict import Refused
from tests.counterpoints.test_linking import linked
from tests.factories import make_claim, make_counterpoint, make_essay, make_moderator, make_user

STRANGER = AnonymousUser()


class RefusedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.member = make_user()
        cls.silenced = make_user(silenced_until=timezone.now() + timedelta(days=1))

    def test_whoever_may_mark_nothing_hears_it_whatever_words_they_chose(self):
        essay = make_essay()
        with pytest.raises(Refused, match="not write"):
            actions.mark_claim(author=self.silenced, essay=essay, start=0, end=0, statement="So.")

    def test_a_link_that_is_gone_is_not_removed_once_more(self):
        link = linked(self.claim, make_claim())
        linking.remove_link(by=self.member, link=link)
        with pytest.raises(Refused, match="gone already"):
            linking.remove_link(by=self.member, link=ClaimLink.objects.get(pk=link.pk))

    def test_strangers_link_nothing_and_who_is_silenced_judges_and_takes_back_no_link(self):
        link = linked(self.claim, make_claim(), by=self.member)
        assert (
            can_link(STRANGER, self.claim).reason == "Log in to link this claim with another one."
        )
        assert can_judge_link(STRANGER, link).reason == "Log in to say whether it is so."
        self.member.silenced_until = self.silenced.silenced_until
        assert "not write" in can_withdraw_link(self.member, link).reason
        assert "not write" in can_judge_link(self.silenced, link).reason

    def test_a_link_that_somebody_has_settled_is_not_taken_back(self):
        link = linked(self.claim, make_claim(), by=self.member)
        link.state = LinkState.REFUSED
        assert can_withdraw_link(self.member, link).reason == "Somebody has settled this already."

    def test_whoever_is_silenced_takes_no_stance_and_none_back(self):
        counterpoint = make_counterpoint(self.claim)
        for deed in (
            lambda: stances.take_stance(member=self.silenced, claim=self.claim, side="agree"),
            lambda: stances.leave_unsaid(member=self.silenced, claim=self.claim),
            lambda: stances.take_credit_back(member=self.silenced, counterpoint=counterpoint),
        ):
            with pytest.raises(Refused, match="not write"):
                deed()

    def test_a_silenced_moderator_merges_no_claims(self):
        into = make_claim(self.claim.essay, "Everybody blamed the horse.")
        moderator = make_moderator(silenced_until=timezone.now() + timedelta(days=1))
        assert "not write" in permissions.can_merge(moderator, self.claim, into).reason

    def test_nobody_is_asked_whether_to_withdraw_what_another_wrote(self):
        counterpoint = make_counterpoint(self.claim)
        self.client.force_login(self.member)
        page = self.client.get(reverse("counterpoints:withdrawal", args=[counterpoint.pk]))
        self.assertContains(page, "Only its author can withdraw", status_code=403)

    def test_nobody_is_asked_whether_their_own_words_changed_their_mind(self):
        own = make_counterpoint(self.claim, author=self.member)
        self.client.force_login(self.member)
        page = self.client.get(reverse("counterpoints:changed-mind", args=[own.pk]))
        self.assertContains(page, "what they wrote themselves", status_code=403)


class HiddenTests(TestCase):
    """A claim that everybody reads, one that was taken down, and one of an essay taken back."""

    @classmethod
    def setUpTestData(cls):
        cls.claim, cls.hidden, cls.unpublished = make_claim(), make_claim(), make_claim()
        claims = (cls.claim, cls.hidden, cls.unpublished)
        cls.counterpoint, *_ = [make_counterpoint(claim) for claim in claims]
        actions.set_status(post=cls.hidden.opening, status="hidden")
        cls.unpublished.essay.published_at = None
        cls.unpublished.essay.save()

    def test_strangers_find_only_the_first_and_what_answers_it(self):
        assert list(Claim.objects.for_page(STRANGER)) == [self.claim]
        assert list(Counterpoint.objects.for_page(STRANGER)) == [self.counterpoint]

    def test_only_the_first_is_offered_where_another_claim_is_meant(self):
        assert list(Claim.objects.offered()) == [self.claim]

    def test_who_chooses_words_is_shown_none_of_the_others(self):
        assert find_claim(self.hidden.essay, STRANGER, self.hidden.pk) is None
        assert not claims_in_text(self.hidden.essay, self.hidden.essay.current_revision_id)
        assert self.unpublished.essay not in essays_with_text(STRANGER)

    def test_what_was_taken_down_is_not_said_to_be_like_what_somebody_writes(self):
        words = self.claim.statement
        assert similar_claims(STRANGER, words, essay=self.claim.essay)
        assert not similar_claims(STRANGER, words, essay=self.hidden.essay)
