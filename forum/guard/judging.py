"""Whether a post may be public at once, by rules that are stated and can be switched off."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from forum.accounts.models import MEMBER, REGULAR
from forum.guard.deeds import level_of
from forum.guard.models import HoldRule, WatchDoes, WatchEntry, WatchKind
from forum.guard.patterns import Text, has_domain, has_link, has_words, read
from forum.guard.rules import Rules, rules_now
from forum.lib.folding import fold
from forum.lib.markdown import Unrenderable
from forum.lib.moments import minute_words
from forum.lib.site_language import in_site_language

# Of a long post the beginning says whether it is the same again.
COMPARED_LENGTH = 2_000
# Hardly anybody says so little without having said it before: "I agree."
COMPARED_FROM = 40
FINDS = {WatchKind.WORDS: has_words, WatchKind.LINK: has_link, WatchKind.DOMAIN: has_domain}


class NotTaken(Unrenderable):
    """A watch list refuses these words; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which rule holds a post back, in words for its author; empty where none does. `reported_by`
    is what moderators are told of one that is public all the same."""

    held_by: str = ""
    reported_by: str = ""


FREE = Judgement()


def judge(
    author: Any, parts: Iterable[tuple[str, str]], recent: Callable[[], Iterable[str]]
) -> Judgement:
    """Of what is posted at once: plain text and HTML of each part. `recent` gives the author's
    last texts, and is only asked where a rule wants to know. Raises `NotTaken`.
    """
    if author.is_moderator or author.is_editor:
        # They have to be able to say what they decide about.
        return FREE
    rules = rules_now()
    if author.is_held():
        return Judgement(in_site_language(_by_decision, author))
    read_parts = [read(plain, html) for plain, html in parts]
    hits = [entry for entry in rules.watched if any(is_hit(entry, part) for part in read_parts)]
    _refuse(hits)
    held_by = _held_by(author, rules, read_parts, recent) or _reason(hits, WatchDoes.HOLD)
    return Judgement(held_by, "" if held_by else _reason(hits, WatchDoes.REPORT))


def _by_decision(author: Any) -> str:
    until = {"until": minute_words(author.held_until, timezone.get_default_timezone())}
    return _("A moderator decided that your posts are read first, until %(until)s") % until


def is_hit(entry: WatchEntry, text: Text) -> bool:
    return FINDS[WatchKind(entry.kind)](text, entry.pattern)


def _refuse(hits: Iterable[WatchEntry]) -> None:
    if reason := _reason(hits, WatchDoes.REFUSE):
        raise NotTaken(_("This cannot be posted here: %(reason)s") % {"reason": reason})


def _reason(hits: Iterable[WatchEntry], does: WatchDoes) -> str:
    return next((entry.reason for entry in hits if entry.does == does), "")


def _held_by(
    author: Any, rules: Rules, parts: list[Text], recent: Callable[[], Iterable[str]]
) -> str:
    level = level_of(author)
    first, links, similar, quick = (rules.hold(name) for name in HoldRule.NAMES)
    if first and level < MEMBER and author.post_count < first.threshold:
        return first.words
    if quick and level < MEMBER and _wrote_within(author, quick.threshold):
        return quick.words
    if links and level < MEMBER and sum(len(part.links) for part in parts) > links.threshold:
        return links.words
    if similar and level < REGULAR and _is_again(parts, recent(), similar.threshold):
        return similar.words
    return ""


def _wrote_within(author: Any, seconds: int) -> bool:
    return author.wrote_in is not None and author.wrote_in < seconds


def _is_again(parts: list[Text], recent: Iterable[str], percent: int) -> bool:
    said = " ".join(parts[-1].words)[:COMPARED_LENGTH]
    if len(said) < COMPARED_FROM:
        return False
    return any(
        fuzz.ratio(said, " ".join(read(fold(each), "").words)[:COMPARED_LENGTH]) >= percent
        for each in recent
    )
