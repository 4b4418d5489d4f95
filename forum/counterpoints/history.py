"""The history of a claim's standing: what it became, when, why, and by which post."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

from django.utils.translation import pgettext

from forum.accounts.names import shown_name
from forum.counterpoints import history_layout, wording
from forum.counterpoints.drawing import number, segment
from forum.counterpoints.models import Cause, Claim, Counterpoint, LabelChange, Standing
from forum.lib.keyset import Order, page
from forum.lib.moments import day_words
from forum.lib.prepared import Prepared
from forum.lib.rendering import trusted
from forum.lib.small_letters import small
from forum.lib.static import static
from forum.templatetags.look import standing_word

# Beside a claim, and on a page of the whole history.
SHOWN, PAGE_SIZE = 12, 50

LATEST = Order("at", is_falling=True, is_moment=True)

# Of a counterpoint, all that its name is made of.
NAMED = (
    "_id", "__relation", "__post__status", "__post__author__username",
    "__post__author__display_name",
)  # fmt: skip
COLUMNS = (
    "label", "at", "cause",
    *(f"decided_by{name}" for name in NAMED), *(f"moved_by{name}" for name in NAMED),
)  # fmt: skip


class Change(NamedTuple):
    """A line of a claim's history."""

    label: str
    at: Any
    # The one post that decided it, if one did.
    decider_html: str
    # What was done that led to it, where the deciding post does not tell.
    cause_html: str
    # It had been so before, as far as is told here.
    is_again: bool
    # It was conceded until then.
    is_undone: bool

    @property
    def sentence(self) -> str:
        return str(wording.LABEL_SENTENCES[self.label])


class History(NamedTuple):
    """What is told beside a claim, oldest first."""

    changes: list[Change]
    picture_html: str
    # There is more, on a page of its own.
    is_cut: bool


class HistoryPage(NamedTuple):
    """The newest first."""

    changes: list[Change]
    picture_html: str
    next_after: str


def history_of(claim: Claim) -> History:
    """The latest changes of its standing; one query."""
    found = _latest(claim=claim.pk)
    changes = _changes(reversed(found[:SHOWN]))
    return History(changes, picture_html(changes), is_cut=len(found) > SHOWN)


def history_page(claim: Claim, after: str = "") -> HistoryPage:
    """One query, however long it is."""
    found, following = page(
        LabelChange.objects.filter(claim=claim).select_related(
            "decided_by__post__author", "moved_by__post__author"
        ),
        LATEST,
        size=PAGE_SIZE,
        after=after,
    )
    changes = _changes(_columns(change) for change in reversed(found))
    return HistoryPage(changes[::-1], picture_html(changes, history_layout.WIDE), following)


_latest = Prepared(
    lambda claim: (
        LabelChange.objects.filter(claim=claim)
        .order_by("-at", "-id")
        .values_list(*COLUMNS)[: SHOWN + 1]
    )
)


def _columns(change: LabelChange) -> tuple[Any, ...]:
    named = (*_named(change.decided_by), *_named(change.moved_by))
    return (change.label, change.at, change.cause, *named)


def _named(one: Counterpoint | None) -> tuple[Any, ...]:
    if one is None:
        return (None, "", "", "", "")
    author = one.post.author
    return (one.pk, one.relation, one.post.status, author.username, author.display_name)


def _changes(rows: Iterable[Sequence[Any]]) -> list[Change]:
    """Of rows as `COLUMNS` has them, oldest first."""
    changes: list[Change] = []
    seen: set[str] = set()
    before = ""
    for label, at, cause, *named in rows:
        decided_by, moved_by = named[: len(NAMED)], named[len(NAMED) :]
        # That it was posted goes without saying of the post that decides.
        is_plain = cause == Cause.POSTED and moved_by == decided_by and moved_by[0] is not None
        changes.append(
            Change(
                label,
                at,
                decider_html=wording.decider_words(*_called(decided_by)),
                cause_html="" if is_plain else wording.cause_words(cause, *_called(moved_by)),
                # A label that stays while another post decides it is no return to it.
                is_again=label in seen and label != before,
                is_undone=before == Standing.CONCEDED and label != before,
            )
        )
        seen.add(label)
        before = label
    return changes


def _called(named: Sequence[Any]) -> tuple[int | None, str, str, str]:
    post, relation, status, username, display_name = named
    return post, relation, status, shown_name(display_name, username)


def picture_html(changes: Sequence[Change], width: float = history_layout.WIDTH) -> str:
    """As a line of time, each standing in its own line."""
    if not changes:
        return ""
    icons = static("icons.svg")
    moments = [(change.label, change.at.timestamp()) for change in changes]
    found = history_layout.spans(moments, width)
    marks = "".join(_span(span, icons) for span in found)
    first, last = day_words(changes[0].at), day_words(changes[-1].at)
    dates = _date(first, 'x="0"', "lab")
    if last != first:
        dates += _date(last, f'x="{number(width)}"', "lab end")
    style = "pic past is-wide" if width > history_layout.WIDTH else "pic past"
    then = pgettext("one standing after another", ", then ")
    said = then.join(small(standing_word(change.label)) for change in changes)
    return trusted(
        f'<svg class="{style}" role="img" viewBox="0 0 {number(width)} '
        f'{number(history_layout.HEIGHT)}" aria-label="{escape(wording.capital(said))}">'
        f"{marks}{dates}</svg>"
    )


def _span(span: history_layout.Span, icons: str) -> str:
    line, size = history_layout.LINE, history_layout.GLYPH
    start, end = span.start, span.end - history_layout.BEFORE
    if not span.has_glyph:
        return f'<path class="seg is-{span.label}" d="{segment(span.label, start, end, line)}"/>'
    mark = ""
    if span.label == Standing.UNANSWERED:
        mark = (
            f'<circle class="mark is-unanswered" cx="{number(start + size / 2)}" cy="16" r="10"/>'
        )
    begins = start + size + history_layout.AFTER
    return (
        f'<path class="seg is-{span.label}" d="{segment(span.label, begins, end, line)}"/>{mark}'
        f'<use class="is-{span.label}" href="{icons}#{span.label}" x="{number(start)}" '
        f'y="{number(line - size / 2)}" width="{number(size)}" height="{number(size)}"/>'
    )


def _date(words: str, x: str, style: str) -> str:
    return f'<text y="44" {x} class="{style}">{escape(words)}</text>'
