"""What the actions and permissions themselves refuse, whatever the pages before them have asked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints import actions, linking, permissions, stances
from forum.counterpoints.models import ClaimLink
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
