"""Signing up, logging in and asking for a new passphrase, counted before anything else is done.

Staff come in by this door, too. allauth's own limits on these are off: they are kept in a cache,
where of two who ask at once only one may be counted. Those on codes and letters stay.
"""

from typing import Any

from allauth.core import context
from django.http import HttpRequest

from forum.accounts import adapter, entrance_forms, openid_forms
from forum.guard.limits import Deed, Spent, count
from forum.guard.machines import HumanFields
from forum.guard.refusing import as_error
from forum.lib.client_address import address_of, client_address


def admit(request: HttpRequest, kind: str, account: str = "") -> None:
    """Raises the form's error where it was once too often."""
    try:
        count(Deed(kind, account.strip().casefold(), client_address(request)))
    except Spent as spent:
        raise as_error(request, spent) from None


class AccountAdapter(adapter.AccountAdapter):
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Every passphrase that is tried, also where one is asked for again. allauth would count
        in its own way here."""
        admit(request, "sign-in", credentials.get("username") or credentials.get("email") or "")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing to take back: who knows the passphrase is counted, too."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or UNKNOWN_ADDRESS


# A list of sessions shows an address and has none to show.
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 — nothing listens on it


class SignupForm(HumanFields, entrance_forms.SignupForm):
    def clean(self) -> Any:
        cleaned = super().clean()
        if not self.errors:
            admit(context.request, "sign-up")
        return cleaned


class OpenIDSignupForm(HumanFields, openid_forms.OpenIDSignupForm):  # type: ignore[misc]
    """Whoever comes by an account elsewhere is a stranger, too."""

    def clean(self) -> Any:
        cleaned = super().clean()
        if not self.errors:
            admit(context.request, "sign-up")
        return cleaned


class ResetPasswordForm(entrance_forms.ResetPasswordForm):
    def clean_email(self) -> str:
        email: str = super().clean_email()
        admit(context.request, "reset", email)
        return email
