"""What is refused of following, muting and letters, and to whom."""

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.notifications import permissions
from forum.notifications.models import FollowKind, Letter
from tests.factories import make_essay, make_user, sent

STRANGER = AnonymousUser()


class RefusedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member = make_user()

    def test_strangers_follow_and_mute_nobody(self):
        verdict = permissions.can_follow(STRANGER, FollowKind.MEMBER, self.member.pk)
        assert verdict.reason == "Log in to follow this."
        assert permissions.can_mute(STRANGER, self.member).reason == "Log in to mute somebody."

    def test_nobody_is_shown_a_form_to_mute_themselves(self):
        self.client.force_login(self.member)
        page = self.client.get(reverse("news:mute", args=[self.member.username]))
        self.assertContains(page, "Nobody mutes themselves.", status_code=403)

    def test_whose_account_is_closed_is_neither_followed_nor_muted(self):
        gone = make_user("gone", is_active=False)
        self.client.force_login(self.member)
        for name, fields in (("news:follow-member", {"follows": "yes"}), ("news:mute", {})):
            url = reverse(name, args=[gone.username])
            assert self.client.post(url, sent(**fields)).status_code == 404

    def test_an_essay_that_is_not_published_is_not_followed(self):
        draft = make_essay(published=False)
        self.client.force_login(self.member)
        for name in ("news:follow-essay", "news:follow-discussion"):
            response = self.client.post(reverse(name, args=[draft.slug]), sent(follows="yes"))
            assert response.status_code == 404


class OutboxTests(TestCase):
    def test_not_even_a_keeper_writes_rewords_or_throws_away_a_letter(self):
        keeper = make_user(is_superuser=True, is_staff=True)
        now = timezone.now()
        letter = Letter.objects.create(recipient=keeper, created_at=now, due_at=now)
        self.client.force_login(keeper)
        for page, args in (("add", []), ("delete", [letter.pk])):
            url = reverse(f"admin:notifications_letter_{page}", args=args)
            assert self.client.post(url, {"post": "yes"}).status_code == 403
        url = reverse("admin:notifications_letter_change", args=[letter.pk])
        assert self.client.get(url).status_code == 200
        assert self.client.post(url, {"reason": "None."}).status_code == 403
        assert Letter.objects.get() == letter
