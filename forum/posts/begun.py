"""What somebody writes before they have an account, or have logged in.

It lies in their browser's session, where nobody reads it. With the account, or with logging in, it
becomes a draft: so it is there in whatever browser the address is confirmed.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.signals import user_signed_up
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import Refused, ensure
from forum.posts.drafts import drafts_of, is_blank, keep
from forum.posts.permissions import can_begin

KEY = "begun"
# Nobody begins more before they sign up; older ones make room.
MOST = 3
LIFE = timedelta(days=7)


def keep_begun(
    request: HttpRequest, *, place: str, about: str, fields: Mapping[str, Sequence[str]], key: UUID
) -> bool:
    """In the session; False where nobody wrote anything. Raises Refused with a sentence."""
    said = {name: list(values) for name, values in fields.items()}
    if is_blank(said):
        return False
    ensure(can_begin(said))
    others = [one for one in request.session.get(KEY, []) if one["place"] != place]
    begun = {
        "place": place, "about": about, "url": request.path, "fields": said, "key": str(key),
    }  # fmt: skip
    request.session[KEY] = [*others, begun][-MOST:]
    request.session.set_expiry(LIFE)
    return True


def take_over(*, request: HttpRequest | None = None, user: User, **_told: Any) -> None:
    """Make drafts of what lies in the session. Heard when somebody signs up, and logs in."""
    session = getattr(request, "session", None)
    if session is None or not session.get(KEY):
        return
    left = []
    for one in session[KEY]:
        try:
            keep(
                author=user, place=one["place"], url=one["url"], about=one["about"],
                fields=one["fields"], form_key=uuid4(), is_begun_signed_out=True,
            )  # fmt: skip
        except Refused:
            # They have too many drafts: it waits until they have made room.
            left.append(one)
    if left:
        session[KEY] = left
    else:
        del session[KEY]
    session.set_expiry(None)


def where_to_go_on(user: Any) -> str:
    """To what they began before they logged in, until they have gone on with it."""
    since = timezone.now() - LIFE
    begun = drafts_of(user).filter(is_begun_signed_out=True, version=1, begun_at__gt=since).first()
    return begun.get_absolute_url() if begun else ""


def listen() -> None:
    user_signed_up.connect(take_over, dispatch_uid="forum.posts.begun.signed_up")
    user_logged_in.connect(take_over, dispatch_uid="forum.posts.begun.logged_in")
