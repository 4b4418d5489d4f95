"""What a reader can do with each post of a page: the row of votes and links beneath it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from forum.guard.permissions import can_write
from forum.lib.static import static
from forum.posts.models import Thread
from forum.posts.permissions import may_be_answered
from forum.posts.reading import Row
from forum.posts.visits import NOTHING_NEW, News
from forum.templatetags.look import icon

# Stands for a post's number in an address, until the number is known.
ANY = 10**17


@dataclass(frozen=True, slots=True)
class Kind:
    """How the posts of one kind of thread are answered, voted on and taken back: URL names."""

    answer: str
    vote: str
    withdrawal: str
    # HTML, and a pattern like the rest of the row.
    answer_words: Any = gettext_lazy('Reply<span class="vh"> to post %(pk)d</span>')


@cache
def address(name: str) -> str:
    """The pattern of a post's address, fit for `%`: reversing each anew costs more than the row."""
    return reverse(name, args=[ANY]).replace("%", "%%").replace(str(ANY), "%(pk)d")


def _link(name: str, sign: str, words: str) -> str:
    return f'<a href="{address(name)}">{icon(sign)}{words}</a>'


class _Ways(NamedTuple):
    """Links and counts of a kind, the same on every page of a language but for numbers."""

    up: str
    down: str
    answer: str
    report: str
    own: str
    history: str
    sign_in: str
    vote: str


@cache
def _ways(kind: Kind, _sprite: str, _language: str | None) -> _Ways:
    edit = _link("posts:edit", "pen", _('Edit<span class="vh"> post %(pk)d</span>'))
    withdraw = _('Withdraw<span class="vh"> post %(pk)d</span>')
    return _Ways(
        up=f"{icon('up')} " + _('<span class="vh">Yes: </span>%(up)d'),
        down=f"{icon('dn')} " + _('<span class="vh">No: </span>%(down)d'),
        answer=_link(kind.answer, "reply", str(kind.answer_words)),
        report=_link("moderation:report", "flag", _('Report<span class="vh"> post %(pk)d</span>')),
        own=edit + _link(kind.withdrawal, "cross", withdraw),
        history=_link("posts:history", "clock", _("What it said")),
        sign_in=f"{reverse('account_login')}?next={address('posts:post')}",
        vote=address(kind.vote),
    )


class Acts:
    """Made once a page; `of` is then called for each of its posts."""

    def __init__(
        self,
        kind: Kind,
        thread: Thread,
        user: Any,
        votes: Mapping[int, bool] | None = None,
        news: News = NOTHING_NEW,
    ) -> None:
        """`votes` are the member's own on the posts of the page: see reading.votes_of."""
        self.user = user
        # Asked for each post, and a request's user is found anew with each asking.
        self.reader = user.pk
        self.is_moderator = bool(getattr(user, "is_moderator", False))
        self.votes = votes or {}
        self.muted = frozenset(user.muted) if user.is_authenticated else frozenset()
        self.news = news
        self.has_news = news.since is not None
        self.is_open = not thread.is_locked and thread.essay.retired_at is None
        self.takes_answers = bool(may_be_answered(user, thread))
        # Their own posts, to mend or to take back.
        self.may_mend = bool(not thread.is_locked and user.is_authenticated and can_write(user))
        self.may_write = self.is_open and self.may_mend
        # What the reader sees of posts that are not public, by post: see explaining.explained.
        self.explained: Mapping[int, str] = {}
        # Posts in the same state look alike but for their number and counts.
        self.patterns: dict[tuple[Any, ...], str] = {}
        self.ways = _ways(kind, static("icons.svg"), get_language())

    def shown(self, rows: Iterable[Row]) -> list[Row]:
        """Of what was never public others see nothing, not even its place."""
        if self.is_moderator:
            return list(rows)
        return [row for row in rows if not row.is_unpublished or row.author_id == self.reader]

    def muted_in(self, rows: Iterable[Row]) -> set[int]:
        """By somebody of whom the reader wants to hear nothing: folded, but for the answers."""
        return {row.pk for row in rows if row.author_id in self.muted and row.is_readable}

    def new_in(self, rows: Iterable[Row]) -> set[int]:
        """Written by somebody else since the reader was last here."""
        if not self.has_news:
            return set()
        return {
            row.pk
            for row in rows
            if self.news.is_new(row, self.reader) and row.author_id not in self.muted
        }

    def of(self, row: Row) -> str:
        if row.pk in self.explained:
            return self.explained[row.pk]
        return self.pattern_of(row) % {"pk": row.pk, "up": row.up, "down": row.down}

    def pattern_of(self, row: Row) -> str:
        """The same for all posts of the page that are in the same state."""
        state = self.state_of(row)
        pattern = self.patterns.get(state)
        if pattern is None:
            pattern = self.patterns[state] = self._pattern(row, is_own=state[1])
        return pattern

    def state_of(self, row: Row) -> tuple[Any, ...]:
        """Status, whether it is the reader's own, their vote, and whatever else tells it apart."""
        return (row.status, row.author_id == self.reader, self.votes.get(row.pk))

    def _pattern(self, row: Row, *, is_own: bool) -> str:
        if row.is_readable:
            return f'<div class="act">{self._of_readable(row, is_own=is_own)}</div>'
        if is_own or self.is_moderator:
            return f'<div class="act">{self.ways.history}</div>'
        return ""

    def _of_readable(self, row: Row, *, is_own: bool) -> str:
        pattern = self._conviction(row, is_own=is_own)
        if row.is_visible and self.takes_answers:
            pattern += self.ways.answer
        if not is_own:
            pattern += self.ways.report
        elif row.is_visible and self.may_mend:
            pattern += self.ways.own
        return pattern

    def _conviction(self, row: Row, *, is_own: bool) -> str:
        """The counts; as buttons for whoever may vote, as links to the sign-in for strangers."""
        up, down = self.ways.up, self.ways.down
        if is_own or not row.is_visible or not self.is_open:
            up, down = f"<span>{up}</span>", f"<span>{down}</span>"
        elif not self.user.is_authenticated:
            up, down = (
                f'<a href="{self.ways.sign_in}">{up}</a>',
                f'<a href="{self.ways.sign_in}">{down}</a>',
            )
        elif self.may_write:
            mine = self.votes.get(row.pk)
            up = self._button("up", up, is_pressed=mine is True)
            down = self._button("down", down, is_pressed=mine is False)
        else:
            up, down = f"<span>{up}</span>", f"<span>{down}</span>"
        words = _("Convincing?")
        return f'<span class="conv"><span>{words}</span>{up}{down}</span>'

    def _button(self, value: str, words: str, *, is_pressed: bool) -> str:
        """Says what the vote shall be: a pressed button takes it back."""
        return (
            f'<button form="votes" formaction="{self.ways.vote}" name="v"'
            f' value="{"none" if is_pressed else value}"'
            f' aria-pressed="{"true" if is_pressed else "false"}">{words}</button>'
        )
