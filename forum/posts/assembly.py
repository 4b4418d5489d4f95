"""Puts the posts of a page together: stored cards, their slots filled, nested as they answer.

Plain string work: a template's loop over the posts would cost more than all else on the page.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.lib.newest import Newest
from forum.lib.nouns import count_word, counted
from forum.lib.rendering import trusted
from forum.posts.acts import Acts, address
from forum.posts.card_words import Filler, Fills
from forum.posts.explaining import TAKEN_DOWN
from forum.posts.reading import Page, Row
from forum.posts.visits import ONLY_NEW
from forum.templatetags.look import icon

# On a page of several branches: so many of each stand open, the others are folded.
OPEN_IN_BRANCH = 3
# Deeper answers are set level with these and say what they answer: a phone has no room for more.
MAX_NESTING = 8
# Characters, of the posts that are read just now: of most of them a page says what it said before.
ITEMS: Newest[str] = Newest(8_000_000)
MUTED = '<details class="fold" id="muted-%d"><summary>%s</summary>'


class Dress(Protocol):
    """How the posts of one kind of thread look around their cards. All of it is HTML."""

    list_class: str
    acts: Acts

    def opening(self, row: Row, *, is_new: bool) -> str:
        """An item up to where its card begins: `<li …><article …>`."""

    def fills(self, row: Row) -> Fills: ...

    def says(self, row: Row) -> Hashable:
        """All that its item shows besides the row and the words of the language; None if it is not
        worth keeping."""

    def branch_url(self, row: Row) -> str:
        """Where the branch of this top-level post is read alone, escaped."""


def assemble(page: Page, dress: Dress) -> str:
    """The page's posts as one list; empty if there are none."""
    rows = dress.acts.shown(page.rows)
    return trusted(_Assembly(page, rows, dress).html() if rows else "")


class _Assembly:
    def __init__(self, page: Page, rows: Sequence[Row], dress: Dress) -> None:
        self.dress = dress
        self.parts: list[str] = []
        filler = Filler()
        self.fill, self.language = filler.fill, filler.language
        self.clock = filler.zone
        self.start = f'<ol class="{dress.list_class}">'
        # Looked up once a page: each costs as much as what it is put into.
        self.down, self.right = icon("down"), icon("right")
        # Nothing of it is folded away.
        self.is_branch = page.branch_id is not None or page.order == ONLY_NEW
        self.fresh = dress.acts.new_in(rows)
        self.muted = dress.acts.muted_in(rows)
        self.shown = Counter([row.branch_id for row in page.rows])
        self.roots: list[Row] = []
        self.answers: dict[int, list[Row]] = {}
        # Posts that stand elsewhere than beneath what they answer.
        self.astray: set[int] = set()
        # Posts in the fold of a branch of which nothing is left to read.
        self.buried: set[int] = set()
        self._nest(rows)

    def _nest(self, rows: Sequence[Row]) -> None:
        """Find for each the list that it stands in: rows come in the order of the tree."""
        homes: dict[int, tuple[int, list[Row]]] = {}
        for row in rows:
            level, home = 0, self.roots
            if row.parent_id in homes:
                level, home = homes[row.parent_id]
                if level < MAX_NESTING:
                    level, home = level + 1, self.answers.setdefault(row.parent_id, [])
                else:
                    self.astray.add(row.pk)
            elif row.depth > 1:
                self.astray.add(row.pk)
            home.append(row)
            homes[row.pk] = level, home

    def html(self) -> str:
        self._list(self.roots)
        return "".join(self.parts)

    def _list(self, rows: Sequence[Row]) -> None:
        self.parts.append(self.start)
        for row in rows:
            self._item(row)
        self.parts.append("</ol>")

    def _item(self, row: Row) -> None:
        says = self.dress.says(row)
        self.parts.append(self._make(row) if says is None else self._kept(row, says))
        if row.pk in self.answers:
            self._answers(row, self.answers[row.pk])
        if row.depth == 1 and not self.is_branch:
            self._rest(row)
        self.parts.append("</li>")

    def _kept(self, row: Row, says: Hashable) -> str:
        pk = row.pk
        key = (
            self.language, self.clock, says,
            pk in self.fresh, pk in self.astray, pk in self.muted, row,
        )  # fmt: skip
        item = ITEMS.get(key)
        if item is None:
            item = self._make(row)
            ITEMS.put(key, item, len(item) + len(row.card_html))
        return item

    def _make(self, row: Row) -> str:
        """The item of a post but for its answers and its end."""
        fills = self.dress.fills(row)
        state = fills.state
        is_new = row.pk in self.fresh
        if is_new:
            state += _new_badge(self.language)
        if row.pk in self.astray:
            state += self._answered(row)
        is_muted = row.pk in self.muted
        return "".join((
            self.dress.opening(row, is_new=is_new),
            MUTED % (row.pk, _("From a member whom you mute")) if is_muted else "",
            self.fill(row.card_html, row.pk, fills._replace(state=state) if state else fills),
            "</details>" if is_muted else "",
            "</article>",
        ))  # fmt: skip

    def _answered(self, row: Row) -> str:
        url = address("posts:post") % {"pk": row.parent_id}
        around = address("posts:context") % {"pk": row.pk}
        answered = _('In answer to <a href="%(url)s">post %(number)s</a>')
        context = _('In context<span class="vh">: post %(number)s</span>')
        return (
            f" <span>{answered % {'url': url, 'number': row.parent_id}}</span>"
            f' <a href="{around}">{context % {"number": row.pk}}</a>'
        )

    def _answers(self, to: Row, rows: Sequence[Row]) -> None:
        if to.pk in self.buried:
            self._list(rows)
            return
        if self._is_gone(to) and not self.is_branch:
            self._bury(rows)
            return
        # What is folded away is whole inside its fold.
        is_inside = self._is_folded(to)
        open_rows = [row for row in rows if is_inside or not self._is_folded(row)]
        folded = rows[len(open_rows) :]
        if open_rows:
            self._list(open_rows)
        if folded:
            more = "more reply,more replies" if open_rows else "reply,replies"
            size = sum(map(self._size, folded))
            self.parts.append(
                f'<details class="fold" id="below-{folded[0].pk}"><summary>{self.down}'
                f"{self._counted(_replies(size, more, self.language), folded)}</summary>"
            )
            self._list(folded)
            self.parts.append("</details>")

    def _is_gone(self, row: Row) -> bool:
        """A moderator took it down, and all that answers it."""
        # What the reader is told the reason of is not folded away from them.
        if row.status not in TAKEN_DOWN or row.pk in self.dress.acts.explained:
            return False
        return all(map(self._is_gone, self.answers.get(row.pk, ())))

    def _bury(self, rows: Sequence[Row]) -> None:
        """A line for each would say the same so many times."""
        waiting = list(rows)
        while waiting:
            row = waiting.pop()
            self.buried.add(row.pk)
            waiting += self.answers.get(row.pk, ())
        size = sum(map(self._size, rows))
        words = _("%(replies)s, taken down as well") % {
            "replies": _replies(size, "reply,replies", self.language)
        }
        self.parts.append(
            f'<details class="fold" id="below-{rows[0].pk}"><summary>{self.down}{words}</summary>'
        )
        self._list(rows)
        self.parts.append("</details>")

    def _is_folded(self, row: Row) -> bool:
        """Whoever answers a folded post was later, so is folded with it."""
        # One alone is not worth a fold.
        is_long = self.shown[row.branch_id] > OPEN_IN_BRANCH + 1
        return is_long and row.place_in_branch > OPEN_IN_BRANCH and not self.is_branch

    def _size(self, row: Row) -> int:
        return 1 + sum(map(self._size, self.answers.get(row.pk, ())))

    def _counted(self, replies: str, rows: Sequence[Row]) -> str:
        new = sum(map(self._new, rows)) if self.fresh else 0
        if not new:
            return replies
        words = ngettext(
            "%(replies)s, %(new)s of them new", "%(replies)s, %(new)s of them new", new
        )
        return words % {"replies": replies, "new": count_word(new)}

    def _new(self, row: Row) -> int:
        return (row.pk in self.fresh) + sum(map(self._new, self.answers.get(row.pk, ())))

    def _rest(self, row: Row) -> None:
        rest = row.branch_count - self.shown[row.branch_id]
        if rest > 0:
            self.parts.append(
                f'<p class="meta"><a class="more" href="{self.dress.branch_url(row)}">'
                f"{_in_branch(rest, self.language)} {self.right}</a></p>"
            )


@lru_cache(maxsize=16)
def _new_badge(_language: str | None) -> str:
    new = _("New")
    return f' <span class="badge fresh">{new}</span>'


@lru_cache(maxsize=1_024)
def _in_branch(rest: int, language: str | None) -> str:
    replies = _replies(rest, "more reply,more replies", language)
    return _("%(replies)s in this branch") % {"replies": replies}


@lru_cache(maxsize=1_024)
def _replies(number: int, nouns: str, _language: str | None) -> str:
    return capfirst(counted(number, nouns))
