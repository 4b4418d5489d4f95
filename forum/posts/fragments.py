"""A post's stored fragment: what every reader sees of it alike, rendered once when it changes.
`cards` does it quicker where posts are of one shape.

What differs by reader, by language or with every vote is left as a slot, filled when a page is put
together (see card_words.py).
"""

from typing import TYPE_CHECKING

from django.template.loader import get_template
from django.utils import timezone

from forum.posts.card_words import rule_slot

if TYPE_CHECKING:
    from forum.posts.models import Post

# Begins the card of what was never public: it is left out for all but a few.
UNPUBLISHED = "<!--unpublished-->"


def render_card(post: "Post") -> str:
    # By the site's clock, whoever writes: its readers are in every zone.
    with timezone.override(None):
        said = {"post": post, "rule": rule_slot(*post.status_rule) if post.status_rule else ""}
        return get_template("posts/_card.html").render(said).strip()
