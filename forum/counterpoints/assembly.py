"""How counterpoints look around their cards, and what is said of each: the tree of a claim."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.names import shown_name
from forum.counterpoints import wording
from forum.counterpoints.json_rows import rows
from forum.counterpoints.models import ESSAYIST, Counterpoint
from forum.counterpoints.restating import may_be_asked, restatement_html
from forum.counterpoints.rewording import UNTOUCHED, Since
from forum.counterpoints.signs import survives
from forum.counterpoints.standing import SLACK
from forum.counterpoints.tree_words import TreeWords, relation_html, words_of
from forum.counterpoints.weighing import floor
from forum.lib.prepared import Prepared
from forum.lib.rendering import trusted
from forum.posts.acts import Acts, Kind, address
from forum.posts.card_words import Fills, fill
from forum.posts.reading import Row

COUNTERPOINTS = Kind(
    answer="counterpoints:answer",
    vote="counterpoints:vote",
    withdrawal="counterpoints:withdrawal",
    answer_words=gettext_lazy('Answer<span class="vh"> to post %(pk)d</span>'),
)


@dataclass(frozen=True, slots=True)
class Teller:
    """Who decided something, with a link to the post that did."""

    id: int
    effect: float
    name: str

    @property
    def link_html(self) -> str:
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>', reverse("posts:post", args=[self.id]), self.name
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says of one counterpoint beyond its own text."""

    counterpoint: "TreeRow"
    author: str
    survives: bool
    answer: Teller | None
    given_up_to: Teller | None

    @property
    def waits(self) -> bool:
        """Nobody has met this objection to the claim."""
        one = self.counterpoint
        return one.is_open and not one.is_answered


def told_of(post_ids: Iterable[int]) -> dict[int, Told]:
    """What there is to tell of these posts; one query."""
    posts = list(post_ids)
    if not posts:
        return {}
    lowest = floor()
    return {row[0]: _told(TreeRow._make(row), lowest) for row in _rows(posts=posts)}


def places_of(
    rows: Sequence[Row], told: dict[int, Told], *, is_whole: bool
) -> dict[int, wording.Placed]:
    """Which of its kind each is among the answers to the same: "2 of 5" for whoever hears it.

    How many there are is said where the page has them all. `is_whole`: no branch is on another.
    """
    shown = Counter(row.branch_id for row in rows)
    whole = {row.pk for row in rows if row.depth == 1 and row.branch_count == shown[row.pk]}
    alike: dict[tuple[int | None, str], list[Row]] = {}
    for row in rows:
        if row.pk in told and row.is_readable:
            kind = row.parent_id, told[row.pk].counterpoint.relation
            alike.setdefault(kind, []).append(row)
    places = {}
    for group in alike.values():
        has_all = is_whole if group[0].depth == 1 else group[0].branch_id in whole
        for place, row in enumerate(group, start=1):
            if len(group) > 1:
                places[row.pk] = place, len(group) if has_all else 0
    return places


class TreeRow(NamedTuple):
    """What a page needs of a counterpoint: much cheaper than the counterpoint itself."""

    pk: int
    relation: str
    restatement: str
    target_speaker: int
    is_counted: bool
    effect: float
    is_conceded: bool
    is_answered: bool
    is_open: bool
    both_sides: float | None
    minds: int
    username: str
    shown: str
    replies: int
    # Whether whoever it answers says that it restates them fairly; None while they say nothing.
    is_restated: bool | None
    restated_words: str | None
    restated_as_author: bool | None
    restated_name: str | None
    restated_called: str | None
    given_up_to: str | None
    answer_rebuts: str | None
    answer_undercuts: str | None


_rows = Prepared(
    lambda posts: Counterpoint.objects.for_tree(posts, floor() - SLACK).values_list(
        *TreeRow._fields
    )
)


@lru_cache(maxsize=4_096)
def _told(one: TreeRow, _floor: float) -> Told:
    """Kept, too: `_floor` is all else that decides it."""
    tellers = [
        teller for text in (one.answer_rebuts, one.answer_undercuts) for teller in _tellers(text)
    ]
    given_up = _tellers(one.given_up_to)
    return Told(
        counterpoint=one,
        author=shown_name(one.shown, one.username),
        survives=one.is_counted and survives(one.effect, is_open=one.is_open),
        answer=max(tellers, key=lambda teller: (teller.effect, -teller.id), default=None),
        given_up_to=given_up[0] if given_up else None,
    )


def _tellers(text: str | None) -> list[Teller]:
    return [
        Teller(id_, effect, shown_name(shown, username))
        for id_, effect, username, shown in rows(text)
    ]


class Tree:
    """The dress of a claim's posts."""

    list_class = "tree"

    def __init__(
        self,
        acts: Acts,
        told: dict[int, Told],
        since: dict[int, Since] | None = None,
        *,
        speaks: bool = False,
        places: dict[int, wording.Placed] | None = None,
    ) -> None:
        """`since`, where the words under debate have changed: see rewording.since_of. `speaks`:
        the reader may speak for the essay. `places`: see places_of."""
        self.acts = acts
        self.told = told
        self.since = since or {}
        self.speaks = speaks
        self.places = places or {}
        self.words: dict[int, TreeWords] = {}

    def opening(self, row: Row, *, is_new: bool) -> str:
        told = self.told.get(row.pk)
        if told is None or not row.is_readable:
            return f'<li class="cp" id="post-{row.pk}"><article class="body">'
        new = " new" if is_new else ""
        return (
            f'<li class="cp is-{told.counterpoint.relation}{new}" id="post-{row.pk}">'
            f'<article class="body"><h3 class="vh">{self._words(row, told).heading}</h3>'
        )

    def fills(self, row: Row) -> Fills:
        acts = self.acts.of(row)
        told = self.told.get(row.pk)
        if told is None:
            return Fills(acts=acts)
        since = self.since.get(row.pk, UNTOUCHED) if row.is_readable else UNTOUCHED
        acts += since.votes_html
        if told.waits and self.acts.takes_answers:
            acts += _slot(row.pk)
        words = self._words(row, told)
        return Fills(acts, words.state, words.relation, words.extra + since.change_html)

    def says(self, row: Row) -> tuple[Any, ...] | None:
        if row.pk in self.acts.explained:
            return None
        pattern, told = self.acts.pattern_of(row), self.told.get(row.pk)
        if told is None:
            return (pattern,)
        one = told.counterpoint
        return pattern, self._is_asked(one), self.places.get(row.pk), self.since.get(row.pk), one

    def _words(self, row: Row, told: Told) -> TreeWords:
        """Asked twice of each: for its opening and for its card."""
        found = self.words.get(row.pk)
        if found is None:
            place, asked = self.places.get(row.pk), self._is_asked(told.counterpoint)
            found = self.words[row.pk] = words_of(told, place=place, asked=asked)
        return found

    def _is_asked(self, one: TreeRow) -> bool:
        return self.acts.may_mend and may_be_asked(self.acts.user, one, speaks=self.speaks)

    def branch_url(self, row: Row) -> str:
        return f"?branch={row.pk}"


def _slot(pk: int) -> str:
    """The empty place where an answer would stand, and the way to fill it."""
    url = address("counterpoints:answer") % {"pk": pk}
    words = _('Answer this objection<span class="vh"> (post %(pk)s)</span>') % {"pk": pk}
    return (
        f'<p class="row"><a class="row" href="{url}"><span class="rel slot s"></span>'
        f"{words}</a></p>"
    )


def answered_html(counterpoint: Counterpoint) -> str:
    """One counterpoint alone, as what an answer answers: without the row of acts."""
    told = told_of([counterpoint.pk])[counterpoint.pk]
    essayist = counterpoint.target_speaker == ESSAYIST
    fills = Fills(
        relation=relation_html(counterpoint.relation, survives=told.survives),
        state=f" {wording.state_html(counterpoint, told, essayist=essayist)}",
        extra=restatement_html(told.counterpoint),
    )
    card = fill(counterpoint.post.card_html, counterpoint.post_id, fills)
    relation = counterpoint.relation
    return trusted(f'<div class="cp is-{relation}"><div class="body">{card}</div></div>')
