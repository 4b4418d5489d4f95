"""What moderators choose from, and what each choice comes to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.moderation.models import Outcome
from forum.posts.models import Post
from forum.posts.statuses import PostStatus


@dataclass(frozen=True, slots=True)
class Explained:
    """A choice, and what it comes to."""

    name: str | Promise
    meaning: str | Promise

    def __str__(self) -> str:
        return str(self.name)


# To keep what is down.
LEAVING = {
    PostStatus.HIDDEN: Explained(_("Leave it hidden"), _("Its author reads your reason.")),
    PostStatus.REMOVED: Explained(_("Leave it removed"), _("Its author reads your reason.")),
}

OUTCOME_WORDS = {
    Outcome.KEEP: Explained(_("Keep it as it is"), _("Nothing is shown on the post.")),
    Outcome.NOTE: Explained(_("Keep it, with a note"), _("Its author reads your reason.")),
    Outcome.AMEND: Explained(
        _("Hide it until it is amended"),
        _("Your reason says what to mend; then it comes back here."),
    ),
    Outcome.HIDE: Explained(_("Hide it"), _("A line stays in its place, and so do the replies.")),
    Outcome.BRANCH: Explained(_("Hide the branch"), _("The post, and all that was replied to it.")),
    Outcome.REMOVE: Explained(_("Remove it"), _("The same, and for what should never come back.")),
    Outcome.RESTORE: Explained(_("Restore it"), _("It is shown, and counts, again.")),
}


def words_for(outcome: Outcome, post: Post) -> Explained:
    leaving = LEAVING.get(PostStatus(post.status)) if outcome == Outcome.KEEP else None
    return leaving or OUTCOME_WORDS[outcome]
