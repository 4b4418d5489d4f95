"""How a page takes a vote: what it says, and where it leads back to."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from forum.lib.verdict import Refused
from forum.posts.models import Post

VOTES = {"up": True, "down": False, "none": None}


def vote_in(request: HttpRequest) -> bool | None:
    """It says what the vote shall be, so it needs no key: sent twice, it is the same vote."""
    try:
        return VOTES[request.POST.get("v", "")]
    except KeyError:
        raise Refused("A vote says up, down or none.") from None


def way_back(request: HttpRequest, post: Post) -> str:
    """The page on which the button was pressed, at the post."""
    origin = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()}):
        return post.get_absolute_url()
    parts = urlsplit(origin)
    query = f"?{parts.query}" if parts.query else ""
    # Two slashes would begin the name of another host.
    return f"/{parts.path.lstrip('/')}{query}#post-{post.pk}"
