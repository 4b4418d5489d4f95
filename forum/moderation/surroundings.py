"""What a moderator weighs beside the post itself: read from the tables while a case is open, and
frozen with the decision. The same words for both; names are in neither.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.lib.moments import date_words
from forum.moderation.models import Case, Decision, Report
from forum.posts.mentioning import excerpt
from forum.posts.models import Post, ThreadKind

# As many as tell what a conversation was about, and no more than are read.
NEIGHBOURS = 5
RECORD_LENGTH = 10


def beside(case: Case, decision: Decision | None = None) -> dict[str, Any]:
    """What a page shows of it while the case is open. `decision` is the one that it is frozen with,
    and so not an earlier one.
    """
    post = case.post
    return {
        **_passage(post),
        "siblings": _excerpts(_siblings(post)),
        "earlier": decided(_before(decision).on_post(post)),
    }


def surroundings(case: Case, decision: Decision | None = None) -> dict[str, Any]:
    """Six queries, whatever there is."""
    post = case.post
    return {
        **beside(case, decision),
        "parent": post.parent.text if post.parent else "",
        "replies": _excerpts(Post.objects.filter(parent=post)),
        "record": decided(_before(decision).on(post.author).exclude(case__post=post)),
        "reports": reports(case),
    }


def _before(decision: Decision | None) -> Any:
    return Decision.objects.exclude(pk=decision.pk if decision else 0)


def _passage(post: Post) -> dict[str, str]:
    """The words of the essay that the debate is about, as they were quoted, and the claim."""
    if post.thread.kind != ThreadKind.CLAIM:
        return {}
    claim = post.thread.claim
    statement = "" if post.is_statement else claim.opening.text
    return {"passage": claim.passage.exact, "statement": statement}


def _siblings(post: Post) -> Any:
    """Other replies to the same post. What stands at the top answers nobody in common."""
    if post.parent_id is None:
        return Post.objects.none()
    return Post.objects.filter(parent=post.parent_id).exclude(pk=post.pk)


def _excerpts(posts: Any) -> list[str]:
    texts = posts.order_by("path").values_list("text", flat=True)[:NEIGHBOURS]
    return [excerpt(text) for text in texts]


def decided(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    found = list(decisions[:RECORD_LENGTH])  # type: ignore[index]
    return [
        {
            "outcome": one.outcome_words,
            "rule": str(one.rule),
            "on": date_words(timezone.localdate(one.created_at)),
            "number": one.log_entry.number,
        }
        for one in found
    ]  # fmt: skip


def reports(case: Case) -> list[dict[str, Any]]:
    """Each with how often its reporter was right before; not who that is."""
    accuracy = Report.objects.accuracy_in(case)
    rows = case.reports.values("reporter", "reason", "text", "version")
    return [
        {
            "reason": row["reason"], "text": row["text"], "version": row["version"],
            "accuracy": words_of(accuracy.get(row["reporter"])),
        }
        for row in rows
    ]  # fmt: skip


def words_of(accuracy: tuple[int, int] | None) -> str:
    """7 of 9 reports followed."""
    if accuracy is None:
        return _("first report")
    followed, decided = accuracy
    told = {"followed": followed, "decided": decided}
    return (
        ngettext(
            "%(followed)s of %(decided)s report followed",
            "%(followed)s of %(decided)s reports followed",
            decided,
        )
        % told
    )
