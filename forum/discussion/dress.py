from django.utils.translation import gettext as _

from forum.posts.acts import Acts, Kind
from forum.posts.card_words import Fills
from forum.posts.reading import Row

REMARKS = Kind(
    answer="discussion:reply", vote="discussion:vote", withdrawal="discussion:withdrawal"
)


class Remarks:
    """How the posts of an open discussion look."""

    list_class = "thread"

    def __init__(self, acts: Acts, url: str = "") -> None:
        self.acts = acts
        # The discussion's own page, where these posts are shown on another.
        self.url = url
        self.label = _("Post %(number)s")

    def opening(self, row: Row, *, is_new: bool) -> str:
        new = " new" if is_new else ""
        label = self.label % {"number": row.pk}
        return f'<li class="post{new}" id="post-{row.pk}"><article aria-label="{label}">'

    def fills(self, row: Row) -> Fills:
        return Fills(acts=self.acts.of(row))

    def says(self, row: Row) -> str | None:
        return None if row.pk in self.acts.explained else self.acts.pattern_of(row)

    def branch_url(self, row: Row) -> str:
        return f"{self.url}?branch={row.pk}"
