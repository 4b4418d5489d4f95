"""Pages of a claim's tree that no other thread has."""

from forum.counterpoints.models import Claim
from forum.posts.models import Post
from forum.posts.reading import FIELDS, PAGE_SIZE, Page, Row

ONLY_UNANSWERED = "unanswered"


def read_unanswered(claim: Claim) -> Page:
    """The objections to the claim that nobody has answered, the strongest first; one query."""
    posts = Post.objects.filter(
        counterpoint__claim=claim, counterpoint__is_open=True, counterpoint__is_answered=False
    ).order_by("-counterpoint__effect", "pk")
    rows = posts.values_list(*FIELDS)[:PAGE_SIZE]
    return Page([Row._make((*row, ())) for row in rows])
