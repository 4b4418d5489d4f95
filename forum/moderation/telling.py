"""Who is told of a decision, in which words. Not at once: for some minutes it may be taken back."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from forum.lib.house import house
from forum.lib.site_language import in_each_language
from forum.moderation import branches, legal, relocating, words
from forum.moderation.models import Appeal, AppealResult, Decision, Outcome, Report
from forum.moderation.models.decision import TAKEN_DOWN
from forum.notifications.actions import News, notify_each
from forum.notifications.happenings import call_off_each, notify_each_later


def told_at(decided_at: datetime) -> datetime | None:
    """When the news of a decision goes out; None where that is at once."""
    at = decided_at + timedelta(minutes=house().undo_minutes)
    return at if at > timezone.now() else None


def tell(decision: Decision, appealed: Iterable[Appeal]) -> None:
    legal.settle(decision)
    if _overturns(decision, appealed):
        legal.tell_again(decision)
    news = list(_news(decision, appealed))
    if decision.told_at is None:
        notify_each(news=news, kind="decided", now=decision.created_at)
    else:
        notify_each_later(
            news=news, kind="decided", not_before=decision.told_at, key=_key(decision),
            now=decision.created_at,
        )  # fmt: skip


def call_off(decision: Decision) -> None:
    call_off_each(key=_key(decision))


def _key(decision: Decision) -> str:
    return f"decision:{decision.pk}"


def _news(decision: Decision, appealed: Iterable[Appeal]) -> Iterator[News]:
    """Each member once: as who appealed, else as who wrote it, else as who reported it."""
    said = {one.appellant_id: in_each_language(words.to_appellant, one) for one in appealed}
    sanction = getattr(decision, "sanction", None)
    said.setdefault(decision.member_id, in_each_language(words.to_author, decision, sanction))
    if decision.outcome in {Outcome.BRANCH, Outcome.RESTORE}:
        to_branch = in_each_language(words.to_branch_author, decision)
        for author in branches.authors(decision):
            said.setdefault(author, to_branch)
    for reporter, sentence in _to_reporters(decision, appealed):
        said.setdefault(reporter, sentence)
    for recipient, sentence in said.items():
        yield News(recipient_id=recipient, sentence=sentence, **_matter(decision))
    if decision.outcome == Outcome.MOVE:
        matter = _matter(decision) | {"url": decision.log_entry.get_absolute_url()}
        sentence = in_each_language(words.to_branch_author, decision)
        for author in relocating.authors(decision):
            if author not in said:
                yield News(recipient_id=author, sentence=sentence, **matter)


def _to_reporters(
    decision: Decision, appealed: Iterable[Appeal]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Those of this case, and whoever was told something else before."""
    if decision.case.is_about_member:
        return
    sentence = in_each_language(words.to_reporter, decision)
    for reporter in decision.case.reports.values_list("reporter", flat=True):
        yield reporter, sentence
    if _overturns(decision, appealed):
        sentence = in_each_language(words.to_earlier_reporter, decision, bool(appealed))
        for reporter in Report.objects.told_before(decision):
            yield reporter, sentence


def _overturns(decision: Decision, appealed: Iterable[Appeal]) -> bool:
    """Whether what those were told who had reported the post before holds no more."""
    if decision.outcome == Outcome.RESTORE:
        return decision.status_before in TAKEN_DOWN
    reversed_ones = [one for one in appealed if one.result == AppealResult.REVERSED]
    if decision.outcome == Outcome.KEEP:
        # A sanction that ends is between the member and the moderators.
        return any(one.decision.outcome == Outcome.NOTE for one in reversed_ones)
    return bool(reversed_ones)


def _matter(decision: Decision) -> dict[str, Any]:
    return {
        "sign": "scales", "url": decision.get_absolute_url(), "excerpt": decision.reason,
        "about": f"case:{decision.case_id}", "place": words.place_words(decision.case),
    }  # fmt: skip
