"""What a decision did, in a statement of reasons: as much as is so of that kind of post."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.moderation.models import TAKING_DOWN, Decision, Outcome
from forum.posts.models import ThreadKind
from forum.posts.statuses import PostStatus

MEASURES = {
    Outcome.KEEP: gettext_lazy("The post stays as it is."),
    Outcome.NOTE: gettext_lazy("The post stays as it is. The reason is a note to its author."),
    Outcome.AMEND: gettext_lazy(
        "The post was hidden until its author amends it: a line stays in its place."
    ),
    Outcome.HIDE: gettext_lazy("The post was hidden: a line stays in its place."),
    Outcome.BRANCH: gettext_lazy(
        "The post was hidden with all replies to it: a line stays in the place of each."
    ),
    Outcome.REMOVE: gettext_lazy("The post was removed: a line stays in its place."),
    Outcome.RESTORE: gettext_lazy("The post is shown again."),
    Outcome.MOVE: gettext_lazy(
        "The post was moved to another place, with all that answers it. It keeps its address, its"
        " words and its votes."
    ),
    Outcome.ACQUIT: gettext_lazy("Nothing follows for the member."),
    Outcome.CENSURE: gettext_lazy("The member was sanctioned."),
}
# Of what was kept as it was, and that was taken down.
LEFT_DOWN = {
    PostStatus.HIDDEN: gettext_lazy("The post was hidden before, and stays hidden."),
    PostStatus.REMOVED: gettext_lazy("The post was removed before, and stays removed."),
}
# What is said besides of what was answered to a claim: it is weighed.
OF_COUNTERPOINTS = {
    **dict.fromkeys(
        TAKING_DOWN, gettext_lazy("It counts no more in the standing of the claim.")
    ),
    Outcome.BRANCH: gettext_lazy("They count no more in the standing of the claim."),
    Outcome.RESTORE: gettext_lazy("It counts again in the standing of the claim."),
}  # fmt: skip
# And of a claim's own statement.
OF_STATEMENTS = {
    **dict.fromkeys(
        TAKING_DOWN,
        gettext_lazy("The claim that it opens counts no more among those of the essay."),
    ),
    Outcome.RESTORE: gettext_lazy("The claim that it opens counts again."),
}


def measure_of(decision: Decision) -> str:
    outcome, post = Outcome(decision.outcome), decision.case.post
    if decision.case.is_about_member:
        return str(MEASURES[outcome])
    if outcome == Outcome.RESTORE and decision.status_before == PostStatus.HELD:
        return _("The post is public now.")
    if decision.leaves_down:
        return str(LEFT_DOWN[PostStatus(decision.status_before)])
    said = str(MEASURES[outcome])
    if post.thread.kind != ThreadKind.CLAIM:
        return said
    besides = (OF_STATEMENTS if post.is_statement else OF_COUNTERPOINTS).get(outcome)
    return f"{said} {besides}" if besides else said
