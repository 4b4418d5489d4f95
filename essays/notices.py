"""What readers are told of an essay that is closed, slowed down or retired."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from essays.models import Essay, Openness
from essays.replacements import successor_of
from forum.lib.moments import day_words
from forum.lib.nouns import counted


class Part(StrEnum):
    """What members add to an essay: each may be open or closed by itself."""

    DISCUSSION = "discussion"
    CLAIMS = "claims"

    def said(self, of_discussion: str, of_claims: str) -> str:
        return of_discussion if self == Part.DISCUSSION else of_claims


# What of an essay decides on its notices and on what may be added, in the order of the model.
STATE = (
    "discussion_openness", "claims_openness", "openness_reason", "slow_minutes", "retired_at",
    "retired_reason", "redirects_to_id",
)  # fmt: skip


class Notice(NamedTuple):
    """Needs of components/_because.html."""

    kind: str
    sign: str
    title: str
    text: str
    url: str = ""
    link: str = ""
    # By whom, since when and until when; and where the log has it.
    meta: str = ""
    log_url: str = ""


def openness_of(essay: Essay, part: Part) -> str:
    return essay.discussion_openness if part == Part.DISCUSSION else essay.claims_openness


def notices_of(essay: Essay, reader: Any, *parts: Part) -> list[Notice]:
    """No query, but one for a retired essay whose address leads elsewhere."""
    if essay.retired_at is not None:
        return [_retired(essay, essay.retired_at, reader)]
    told = (_of_part(essay, part) for part in parts)
    return [notice for notice in told if notice is not None]


def _of_part(essay: Essay, part: Part) -> Notice | None:
    openness = openness_of(essay, part)
    if openness == Openness.CLOSED:
        title = part.said(
            _("The discussion is closed: nothing is added but votes"),
            _("The claims are closed: nothing is added but votes"),
        )
        return Notice("removed", "lock", title, essay.openness_reason)
    if openness == Openness.SLOW:
        title = part.said(
            _("The discussion is slowed down: %(pace)s"), _("The claims are slowed down: %(pace)s")
        ) % {"pace": pace_words(essay)}
        return Notice("waiting", "clock", title, essay.openness_reason)
    return None


def pace_words(essay: Essay) -> str:
    """ "ten minutes between two posts" """
    return between_words(essay.slow_minutes)


def between_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    span = counted(minutes, "minute") if rest or not hours else counted(hours, "hour")
    return _("%(span)s between two posts") % {"span": span}


def _retired(essay: Essay, since: datetime, reader: Any) -> Notice:
    title = _("Retired on %(since)s: nothing is added to it any more") % {"since": day_words(since)}
    successor = successor_of(essay, reader)
    if successor is None:
        return Notice("removed", "lock", title, essay.retired_reason)
    return Notice(
        "removed", "lock", title, essay.retired_reason, successor.get_absolute_url(),
        _("Read instead: %(title)s") % {"title": successor.title},
    )  # fmt: skip
