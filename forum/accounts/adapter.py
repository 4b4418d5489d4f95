from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from forum.accounts.addresses import objection_url
from forum.accounts.admissions import find_invitation, spend_invitation
from forum.accounts.models import User
from forum.accounts.names import clean_username
from forum.accounts.permissions import can_log_in, can_take_part
from forum.house.models import SignUp
from forum.lib.house import house, subject_line
from forum.lib.languages import present

# One sentence whichever half was wrong, so that it tells nothing about who has an account.
WRONG_PAIR = _("This name or address and this passphrase do not belong together.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("Make another address the main one first."),
        "duplicate_email": _("Your account has this address already."),
        "email_password_mismatch": WRONG_PAIR,
        "username_password_mismatch": WRONG_PAIR,
        "enter_current_password": _("This is not your present passphrase."),
        "incorrect_code": _("This code is not right, or no longer."),
        "incorrect_password": _("This is not your passphrase."),
        "invalid_or_expired_key": _("This link is spent or too old."),
        "invalid_login": WRONG_PAIR,
        "invalid_password_reset": _("This link is spent or too old."),
        "max_email_addresses": _("An account may have %d addresses."),
        "rate_limited": _("That was rather often. Wait a few minutes and try again."),
        "too_many_login_attempts": _(
            "Too many tries went wrong. Wait a few minutes and try again."
        ),
        "unverified_primary_email": _("Your main address has to be confirmed first."),
        "username_blacklisted": _("This user name is not to be had."),
        "username_taken": _("Somebody has this user name already."),
    }

    def is_open_for_signup(self, request: HttpRequest, invitation: str = "") -> bool:
        """By the invitation that the request says, or that its sender came away with."""
        if not settings.SIGNUP_IS_OPEN:
            return False
        token = _invitation_in(request) or invitation
        return house().sign_up != SignUp.INVITED or bool(find_invitation(token))

    def save_user(
        self,
        request: HttpRequest,
        user: Any,
        form: Any,
        commit: bool = True,  # noqa: FBT001, FBT002
    ) -> Any:
        """What the site asks of new members is settled in the transaction that makes them."""
        with transaction.atomic():
            user.language = present()
            user.awaits_approval = house().sign_up == SignUp.APPROVED
            saved = super().save_user(request, user, form, commit=commit)
            if house().sign_up == SignUp.INVITED:
                spend_invitation(token=_invitation_in(request), member=saved)
        return saved

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002
        return str(super().clean_username(clean_username(username), shallow=shallow))

    def login(self, request: HttpRequest, user: User) -> None:
        """Every way in ends here, after the passphrase and the second step have been right.
        Whoever is suspended comes in, too: see suspension.py."""
        if not can_log_in(user):
            raise ImmediateHttpResponse(refusal(request, user))
        super().login(request, user)

    def format_email_subject(self, subject: Any) -> str:
        return subject_line(str(subject))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if not can_take_part(request.user):  # type: ignore[arg-type]
            return reverse("moderation:own-standing")
        go_on_at: str = import_string(settings.GO_ON_AT)(request.user)
        return go_on_at or str(super().get_login_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The letter to an address that was the main one gives a way to object."""
        if template_prefix == "account/email/email_changed" and context:
            path = objection_url(
                member=user, old=context["from_email"], new=context["to_email"], now=timezone.now()
            )
            context = {**context, "objection_url": self.request.build_absolute_uri(path)}
        super().send_notification_mail(template_prefix, user, context=context, email=email)


def _invitation_in(request: HttpRequest) -> str:
    return request.POST.get("invitation") or request.GET.get("invitation", "")


def refusal(request: HttpRequest, user: User) -> HttpResponse:
    context = {"reason": can_log_in(user).reason}
    return render(request, "accounts/closed.html", context, status=403)
