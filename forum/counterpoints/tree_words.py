"""What a tree says of each of its counterpoints beyond their text."""

from html import escape
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from forum.counterpoints import wording
from forum.counterpoints.camps import convinces_both, may_tell
from forum.counterpoints.models import ESSAYIST
from forum.counterpoints.restating import restatement_html
from forum.lib.nouns import counted
from forum.templatetags.look import icon, relation_word


class TreeWords(NamedTuple):
    """All of it HTML: a heading for whoever hears the page, and what fills the card's slots."""

    heading: str
    state: str
    relation: str
    extra: str


def words_of(told: Any, *, place: wording.Placed | None, asked: bool) -> TreeWords:
    """`told`, see assembly.Told. `place`: which of its kind it is, see assembly.places_of. `asked`:
    whether this reader may say if it restates them fairly.
    """
    one = told.counterpoint
    heading = wording.heading(one, told, author=told.author, replies=one.replies, place=place)
    state = wording.state_html(one, told, essayist=one.target_speaker == ESSAYIST)
    return TreeWords(
        heading=escape(heading),
        state=f" {state}{badges_html(one)}",
        relation=relation_html(one.relation, survives=told.survives),
        extra=restatement_html(one, asked=asked),
    )


def relation_html(relation: str, *, survives: bool = True) -> str:
    hollow = "" if survives else " answered"
    return (
        f'<span class="rel is-{relation}{hollow}">{icon(relation)}</span>'
        f'<span class="relname">{relation_word(relation)}</span>'
    )


def badges_html(one: Any) -> str:
    """What readers of both sides made of it: only where enough of them did."""
    badges = ""
    if one.is_counted and convinces_both(one.both_sides):
        words = _("Convinces both sides")
        badges += f' <span class="badge">{icon("both")}{words}</span>'
    if one.is_counted and may_tell(one.minds):
        words = _("Changed %(minds)s") % {"minds": counted(one.minds, "mind")}
        badges += f' <span class="badge">{icon("mind")}{words}</span>'
    return badges
