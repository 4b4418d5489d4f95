"""What the actions themselves refuse, and what is done for nobody who may only look."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.exchange.hook_models import Delivery, DeliveryState
from forum.exchange.hooks import add_webhook
from forum.exchange.leaving import ask_to_leave, erase_due
from forum.lib.verdict import Refused
from tests.factories import make_editor, make_moderator, make_user


class RefusedTests(TestCase):
    def test_nobody_of_the_staff_asks_to_leave_before_they_hand_on_their_role(self):
        for member in (make_editor(), make_moderator()):
            with pytest.raises(Refused, match="let a keeper take the role back first"):
                ask_to_leave(member=member, keeps_posts=True, at_once=False)

    def test_whoever_became_a_moderator_since_they_asked_to_leave_is_not_erased(self):
        member = make_user()
        ask_to_leave(member=member, keeps_posts=True, at_once=True)
        member.is_moderator = True
        member.save()
        assert erase_due(now=timezone.now() + timedelta(days=1)) == 0
        member.refresh_from_db()
        assert member.erased_at is None

    def test_whoever_may_only_look_at_deliveries_sends_none_again(self):
        keeper, now = make_user(is_superuser=True, is_staff=True), timezone.now()
        hook = add_webhook(by=keeper, name="Mirror", url="https://a.example/", happenings=["post"])
        given_up = Delivery.objects.create(
            webhook=hook, source="a post", happening="post", body="{}", made_at=now, due_at=now,
            state=DeliveryState.FAILED,
        )  # fmt: skip
        editor = make_editor()
        editor.user_permissions.add(Permission.objects.get(codename="view_delivery"))
        self.client.force_login(editor)
        sent = {"action": "again", "_selected_action": [given_up.pk]}
        response = self.client.post(reverse("admin:exchange_delivery_changelist"), sent)
        assert response.status_code == 403
        given_up.refresh_from_db()
        assert given_up.state == DeliveryState.FAILED
