"""How a page takes a vote: what it says, once, and where it leads back to."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from forum.guard.actions import run_once
from forum.guard.deeds import deed_of
from forum.guard.forms import key_of
from forum.lib.verdict import Refused
from forum.posts.models import Post
from forum.posts.reading import votes_query

VOTES = {"up": True, "down": False, "none": None}
WORDS = {vote: word for word, vote in VOTES.items()}


def take_vote(request: HttpRequest, post: Post, cast: Callable[[bool | None], object]) -> str:
    """Cast the vote that was sent, and give the address that it leads back to.

    All the votes of a page share its form's key, so the action names the change: a late second
    sending of "up" does not undo what was said since.
    """
    is_up, key = vote_in(request), key_of(request)
    before = dict(votes_query()(voter=request.user.pk, posts=[post.pk])).get(post.pk)
    change = f"{WORDS[before]}>{WORDS[is_up]}"

    def work() -> str:
        cast(is_up)
        return ""

    # The address is no result to keep: it is the page's own, and may be long.
    run_once(
        user=request.user, key=key, action=f"vote:{post.pk}:{change}", work=work,
        deed=deed_of(request, "vote"),
    )  # fmt: skip
    return way_back(request, post.get_absolute_url(), f"post-{post.pk}")


def vote_in(request: HttpRequest) -> bool | None:
    """What the vote shall be, not what to change: a double click says the same twice."""
    try:
        return VOTES[request.POST.get("v", "")]
    except KeyError:
        raise Refused(_("A vote says up, down or none.")) from None


def way_back(request: HttpRequest, usual: str, fragment: str) -> str:
    """The page on which the button was pressed, at the thing; elsewhere the usual address of it."""
    origin = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()}):
        return usual
    parts = urlsplit(origin)
    query = f"?{parts.query}" if parts.query else ""
    # Two slashes would begin the name of another host.
    return f"/{parts.path.lstrip('/')}{query}#{fragment}"
