"""Who asks, and whether they may ask again: a stranger by address, a program by its token."""

from http import HTTPStatus

from django.http import HttpRequest

from forum.exchange import permissions
from forum.exchange.api.problems import Refusal
from forum.exchange.models import Token
from forum.exchange.tokens import find_token, note_use
from forum.guard.limits import Allowance, take, take_of
from forum.lib.client_address import client_address

HOUR = 3600
LIMIT = "api"
OTHER_SCHEME = (
    "The Authorization header must say “Bearer” and a token. Leave it out to read without one."
)


def admit(request: HttpRequest) -> Allowance:
    """Count the request; raises `Refusal`. A token that is no good is never taken for a stranger:
    whoever sent it has to hear that it is no good. 2 queries.
    """
    said = request.headers.get("Authorization", "")
    if not said:
        return _checked(take(LIMIT, client_address(request)))
    scheme, _, secret = said.partition(" ")
    token = find_token(secret.strip()) if scheme.lower() == "bearer" and secret.strip() else None
    if token is None or not permissions.can_use_token(token):
        # Whoever guesses is counted too.
        allowance = _checked(take(LIMIT, client_address(request)))
        raise Refusal(HTTPStatus.UNAUTHORIZED, _why(scheme, token), allowance)
    allowance = _checked(take_of("api-token", str(token.pk), most=token.hourly_limit, seconds=HOUR))
    note_use(token)
    return allowance


def _why(scheme: str, token: Token | None) -> str:
    if scheme.lower() != "bearer":
        return OTHER_SCHEME
    if token is None:
        return "There is no such token. Check that it was copied whole."
    return permissions.can_use_token(token).reason


def _checked(allowance: Allowance) -> Allowance:
    if allowance.is_spent:
        raise Refusal(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"That was more than {allowance.most:,} requests in {_span(allowance.seconds)}."
            f" Ask again in {allowance.ends_in:,} seconds.",
            allowance,
        )
    return allowance


def _span(seconds: int) -> str:
    names = {60: "a minute", HOUR: "an hour", 24 * HOUR: "a day"}
    return names.get(seconds, f"{seconds:,} seconds")
