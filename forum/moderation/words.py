"""What decisions are called in the log and in members' inboxes."""

from forum.accounts.models import User
from forum.moderation.models import (
    Appeal,
    AppealResult,
    Decision,
    Outcome,
    Sanction,
)
from forum.moderation.sanction_words import sanction_words
from forum.posts.models import Post, Thread, ThreadKind
from forum.posts.statuses import PostStatus

TAKEN_BACK = "Taken back by the moderator who decided, before anybody was told."

BECAME = {
    Outcome.KEEP: "stays as it is",
    Outcome.NOTE: "stays as it is, with a note from a moderator",
    Outcome.AMEND: "was hidden until it is amended",
    Outcome.HIDE: "was hidden",
    Outcome.BRANCH: "was hidden with all replies to it",
    Outcome.REMOVE: "was removed",
    Outcome.RESTORE: "is back in its place",
}


def became(decision: Decision) -> str:
    outcome = Outcome(decision.outcome)
    if outcome == Outcome.RESTORE and decision.status_before == PostStatus.HELD:
        return "is public now"
    return BECAME[outcome]


def place_of(thread: Thread) -> str:
    """claim 8 of The Horse Collar; the discussion of The Horse Collar."""
    if thread.kind == ThreadKind.CLAIM:
        return f"claim {thread.claim.number} of {thread.essay.title}"
    return f"the discussion of {thread.essay.title}"


def subject_of(post: Post) -> str:
    """How the log names a post, for those who do not know whose it is."""
    place = place_of(post.thread)
    if post.thread.kind != ThreadKind.CLAIM:
        return f"Post {post.pk} in {place}"
    if post.is_statement:
        return f"The statement of {place}"
    return f"Counterpoint {post.pk} to {place}"


def thread_subject(thread: Thread) -> str:
    if thread.kind == ThreadKind.CLAIM:
        return f"The debate of {place_of(thread)}"
    return f"The discussion of {thread.essay.title}"


def _noun(post: Post) -> str:
    place = place_of(post.thread)
    if post.thread.kind != ThreadKind.CLAIM:
        return f"post in {place}"
    return f"statement of {place}" if post.is_statement else f"counterpoint to {place}"


def to_author(decision: Decision, sanction: Sanction | None) -> str:
    post = decision.case.post
    told = f"Your {_noun(post)} {became(decision)}. Rule {decision.rule}."
    return f"{told} {sanction_words(sanction)}".rstrip()


def to_reporter(decision: Decision) -> str:
    noun = _noun(decision.case.post)
    return f"The {noun} that you reported {became(decision)}. Rule {decision.rule}."


def to_branch_author(decision: Decision) -> str:
    """Of a reply that went with the post that was judged, or came back with it."""
    what = "is back in its place" if decision.outcome == Outcome.RESTORE else "was hidden"
    place = place_of(decision.case.post.thread)
    return f"What you replied in {place} {what}, with its branch. Rule {decision.rule}."


def of_appeal(decision: Decision, appellant: User) -> str:
    """What the log says of an appeal: not who wrote it, nor what."""
    who = "A member who reported it"
    if appellant.pk == decision.member_id:
        who = "Its author"
    elif decision.outcome == Outcome.BRANCH:
        who = "The author of a reply that was hidden with it"
    return f"{who} asks another moderator to look at decision {decision.log_entry.number} again."


def to_appellant(appeal: Appeal) -> str:
    post = appeal.decision.case.post
    held = appeal.result == AppealResult.HELD
    became = "another moderator came to the same decision" if held else "it was reversed"
    return f"Your appeal against the decision on the {_noun(post)}: {became}."
