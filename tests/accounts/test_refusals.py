"""What the actions themselves refuse, and what is offered to nobody who may only look."""

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.actions import confirm_address
from forum.accounts.admissions import invite
from forum.accounts.erasing import empty_person
from forum.accounts.models import Invitation, Manner, User, Viewing
from forum.accounts.permissions import can_leave
from forum.accounts.viewing import begin_viewing
from forum.lib.verdict import Refused
from tests.factories import make_editor, make_moderator, make_user


class RefusedTests(TestCase):
    def test_only_keepers_confirm_an_address_without_a_letter(self):
        member = make_user()
        for by in (member, make_editor(), make_moderator()):
            with pytest.raises(Refused):
                confirm_address(user=member, by=by)
        assert not member.emailaddress_set.exists()

    def test_nobody_of_the_staff_is_erased_with_their_role(self):
        with pytest.raises(Refused, match="let a keeper take the role back first"):
            empty_person(member=make_moderator(), now=timezone.now())

    def test_nobody_is_erased_twice_and_no_keeper_while_they_keep_the_site(self):
        for member, words in (
            (User(erased_at=timezone.now()), "erased already"),
            (User(is_superuser=True), "let another keeper take that from you first"),
        ):
            assert words in can_leave(member).reason

    def test_a_member_sees_the_site_as_nobody_but_themselves(self):
        request = RequestFactory().post("/")
        request.user, request.session = make_user(), {}
        with pytest.raises(Refused, match="keepers of the site and its editors"):
            begin_viewing(request, manner=Manner.VISITOR)
        assert not request.session
        assert not Viewing.objects.exists()
        self.client.force_login(request.user)
        assert self.client.get(reverse("accounts:viewings")).status_code == 403

    def test_not_even_a_keeper_throws_away_by_whom_somebody_was_invited(self):
        keeper = make_user(is_superuser=True, is_staff=True)
        invitation = invite(by=keeper, note="For Wren.", days=9)
        self.client.force_login(keeper)
        url = reverse("admin:accounts_invitation_delete", args=[invitation.pk])
        assert self.client.post(url, {"post": "yes"}).status_code == 403
        assert Invitation.objects.get() == invitation


class OfferedTests(TestCase):
    """An editor who was given a look at a list that keepers work in."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        names = ["view_user", "view_invitation"]
        cls.editor.user_permissions.set(Permission.objects.filter(codename__in=names))

    def page(self, kind):
        self.client.force_login(self.editor)
        return self.client.get(reverse(f"admin:accounts_{kind}_changelist"))

    def test_whoever_may_only_look_at_members_confirms_no_address(self):
        page = self.page("user")
        self.assertContains(page, self.editor.username)
        self.assertNotContains(page, '<option value="confirm"')

    def test_whoever_may_only_look_at_invitations_takes_none_back(self):
        keeper = make_user(is_superuser=True, is_staff=True)
        invite(by=keeper, note="For Wren.", days=9)
        page = self.page("invitation")
        self.assertContains(page, "For Wren.")
        self.assertNotContains(page, '<option value="take_back"')
