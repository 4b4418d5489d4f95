"""The words of a claim's passage from revision to revision, and who spoke of which of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essays.models import PlaceState
from forum.counterpoints.json_rows import JSONRows, moment, rows
from forum.counterpoints.models import Choice, Counterpoint, Reconsideration
from forum.counterpoints.then_and_now import now_html, then_html
from forum.lib.nouns import count_word, counted
from forum.templatetags.look import day, icon

AS_MADE = (PlaceState.EXACT, PlaceState.MOVED)

# From when to when; None: from the start.
Time = tuple[datetime | None, datetime]


class Wording(NamedTuple):
    """What the passage says in one revision, and since when."""

    words: str
    since: datetime
    revision: int


class Said(NamedTuple):
    """What its author said when the words of a counterpoint's passage had changed."""

    choice: str
    at: datetime
    revision: int


def wordings_of(claim: Any) -> list[Wording]:
    """Of each revision that has the passage, oldest first, from a claim read `with_wordings`.

    Where it is gone it says nothing: what it said last is what people answer still.
    """
    return [
        Wording(claim.passage.exact if state in AS_MADE else changed, moment(at), number)
        for number, at, state, changed in reversed(rows(claim.wordings))
    ]


def words_now(wordings: Sequence[Wording]) -> Wording:
    """What it says, and since when it has said so."""
    now = wordings[-1]
    for one in reversed(wordings):
        if one.words != now.words:
            break
        now = one
    return now


def wording_at(wordings: Sequence[Wording], when: datetime) -> Wording:
    """What the passage said then; the oldest that is known, where even that came later."""
    return next((one for one in reversed(wordings) if one.since <= when), wordings[0])


def times_of_others(wordings: Sequence[Wording]) -> list[Time]:
    """When the passage said anything else than it does now."""
    times: list[Time] = []
    for one, following in zip(wordings, wordings[1:], strict=False):
        if one.words == wordings[-1].words:
            continue
        start = None if one is wordings[0] else one.since
        if times and times[-1][1] == start:
            start = times.pop()[0]
        times.append((start, following.since))
    return times


@dataclass(frozen=True, slots=True)
class Since:
    """For a counterpoint's card, as HTML: how its passage changed, and what of it is older."""

    change_html: str = ""
    votes_html: str = ""


UNTOUCHED = Since()


def since_of(claim: Any, posts: Iterable[int]) -> dict[int, Since]:
    """For the posts of a claim's page; one query, none where its words never changed."""
    wordings, wanted = wordings_of(claim), list(posts)
    times = times_of_others(wordings)
    if not wanted or not (times or claim.is_frozen):
        return {}
    now = words_now(wordings)
    changes: dict[Wording, str] = {}
    found = {}
    for pk, written_at, votes, early, text in _rows(wanted, times):
        said = _said(text)
        then = wording_at(wordings, against(written_at, said))
        if then not in changes:
            changes[then] = since_html(then, now) if then.words != now.words else ""
        is_about_now = said is not None and said.revision >= now.revision
        found[pk] = Since(
            changes[then] + (said_html(said) if said and is_about_now else ""),
            votes_html(early, votes),
        )
    return found


class Change(NamedTuple):
    """What a counterpoint was written about, and what stands there now."""

    then: Wording
    now: Wording

    @property
    def then_html(self) -> str:
        return then_html(self.then.words, self.now.words)

    @property
    def now_html(self) -> str:
        return now_html(self.then.words, self.now.words)


def changes_for(claim: Any, counterpoint: Counterpoint) -> Change:
    """The same for one counterpoint; one query."""
    wordings = wordings_of(claim)
    ((_, written_at, *_, text),) = _rows([counterpoint.pk], [])
    return Change(wording_at(wordings, against(written_at, _said(text))), words_now(wordings))


def against(written_at: datetime, said: Said | None) -> datetime:
    """When the counterpoint was last fitted to what the passage said."""
    is_fitted = said is not None and said.choice == Choice.EDITED
    return max(written_at, said.at) if said and is_fitted else written_at


def last_said() -> "QuerySet[Reconsideration]":
    """Of the counterpoint of the outer query."""
    asked = Reconsideration.objects.filter(counterpoint=OuterRef("pk"), choice__isnull=False)
    return asked.order_by("-revision_id")[:1]


def _rows(posts: list[int], times: Iterable[Time]) -> Iterable[tuple[Any, ...]]:
    early = Q(pk__in=[])
    for start, end in times:
        within = Q(post__votes__created_at__lt=end)
        early |= within if start is None else within & Q(post__votes__created_at__gte=start)
    said = JSONRows(last_said(), what=F("choice"), at=F("chosen_at"), number=F("revision__number"))
    return (
        Counterpoint.objects.filter(pk__in=posts)
        .annotate(early=Count("post__votes", filter=early), said=said)
        .values_list("pk", "post__created_at", F("post__up") + F("post__down"), "early", "said")
    )


def _said(text: str | None) -> Said | None:
    for choice, at, revision in rows(text):
        return Said(choice, moment(at), revision)
    return None


def since_html(then: Wording, now: Wording, *, written: str = "") -> str:
    """Then and now, one click away. `written` says when the first was: %(revision)s is in it."""
    written = written or _("When this was written, in revision %(revision)s:")
    badge = _("Passage edited since")
    since = _("Since revision %(revision)s, %(day)s:")
    since %= {"revision": now.revision, "day": day(now.since)}
    return (
        f'<details class="since"><summary class="badge">{icon("changed")}'
        f'{badge}</summary><div class="diff" dir="auto">'
        f"<p><b>{written % {'revision': then.revision}}</b> "
        f"{then_html(then.words, now.words)}</p>"
        f"<p><b>{since}</b> {now_html(then.words, now.words)}</p></div></details>"
    )


def said_html(said: Said) -> str:
    words = {
        Choice.STILL_APPLIES: _("Its author says that it still applies, %(day)s"),
        Choice.EDITED: _("Its author edited it for the words of revision %(revision)s, %(day)s"),
    }.get(Choice(said.choice))
    if not words:
        return ""
    words %= {"revision": said.revision, "day": day(said.at)}
    return f'<p class="meta"><span>{words}</span></p>'


def votes_html(early: int, total: int) -> str:
    if not early:
        return ""
    if early >= total:
        words = ngettext(
            "Its one vote was cast on the earlier wording",
            "All its %(total)s votes were cast on the earlier wording",
            total,
        )
        words %= {"total": count_word(total)}
    else:
        words = ngettext(
            "%(early)s of its %(votes)s was cast on the earlier wording",
            "%(early)s of its %(votes)s were cast on the earlier wording",
            early,
        )
        words %= {"early": count_word(early), "votes": counted(total, "vote")}
    return f'<p class="meta"><span>{words[:1].upper()}{words[1:]}</span></p>'
