"""Coming in by an account elsewhere: the one OpenID Connect provider that the environment names.

An account there never opens one here by its address alone: whoever has an account logs in first,
and connects the two themselves. Only what the provider says is confirmed needs no letter of ours.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from requests import RequestException, Response, Session

from forum.accounts.adapter import AccountAdapter

# Whoever waits for a page waits no longer for another site.
SECONDS = 5


class OpenIDAdapter(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _(
            "There is an account with this address. Log in to it first; then connect"
            " your %s account with it."
        ),
        "no_password": _("Give your account a passphrase first: this is the only way into it."),
        "no_verified_email": _("Confirm an e-mail address first: this is the only way into it."),
        "disconnect_last": _("This is the only way into your account."),
        "connected_other": _("That account is connected with another account here."),
        "invalid_token": _("What the other site sent is no proof of who you are."),
    }

    def list_apps(
        self, _request: HttpRequest | None, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        """The environment's, and no other: nothing is asked of the database."""
        said = settings.OPENID
        if said is None or provider not in {None, "openid_connect", said["provider_id"]}:
            return []
        if client_id not in {None, said["client_id"]}:
            return []
        return [SocialApp(provider="openid_connect", **said)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return AccountAdapter(request).is_open_for_signup(request, invitation_of(sociallogin))

    def get_requests_session(self) -> "PatientSession":
        return PatientSession(self.request)


def invitation_of(sociallogin: Any) -> str:
    """It goes along in the address at which they wanted to go on."""
    query = parse_qs(urlsplit(sociallogin.state.get("next") or "").query)
    return query.get("invitation", [""])[0]


class PatientSession(Session):
    """Speaks to the provider; where it does not answer, its reader gets a page that says so."""

    def __init__(self, reader: HttpRequest) -> None:
        super().__init__()
        self.reader = reader

    def request(self, method: Any, *args: Any, **kwargs: Any) -> Response:
        kwargs.setdefault("timeout", SECONDS)
        try:
            response = super().request(method, *args, **kwargs)
            if method.upper() == "GET":
                response.raise_for_status()
        except RequestException as error:
            page = render(self.reader, "socialaccount/authentication_error.html", status=502)
            raise ImmediateHttpResponse(page) from error
        return response
