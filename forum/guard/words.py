"""What somebody is told who did something too often."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from forum.guard.usual import Per, usual
from forum.lib.moments import clock_words, minute_words

SPANS = ((86_400, "day"), (3600, "hour"), (60, "minute"))


class Words(NamedTuple):
    done: str
    again: str
    why: str


WRITTEN = "It keeps a few quick hands from filling a debate."
WORDS = {
    "post": Words("posted", "post", WRITTEN),
    "claim": Words("challenged an essay", "do it", WRITTEN),
    "edit": Words("edited posts", "edit", "Each edit is kept for readers to compare."),
    "vote": Words("voted or taken a stance", "vote", "A vote is worth the reading before it."),
    "report": Words("reported posts", "report one", "Moderators read every report."),
    "legal-notice": Words("given legal notice", "give one", "A moderator answers every notice."),
    "follow": Words("changed what is followed", "change it", "It keeps scripts from doing it."),
    "mention": Words(
        "mentioned members", "mention somebody", "Whoever is mentioned gets a message."
    ),
    "sign-up": Words("asked for an account", "ask for one", "It keeps machines from signing up."),
    "sign-in": Words("tried to log in", "try", "It keeps strangers from guessing passphrases."),
    "reset": Words(
        "asked for a new passphrase", "ask", "It keeps strangers from filling letter boxes."
    ),
    "api": Words("asked", "ask", "It keeps the site quick for everybody."),
}


def span_words(seconds: int) -> str:
    """10 minutes; an hour."""
    for size, name in SPANS:
        if seconds % size == 0:
            number = seconds // size
            return (
                f"{number} {name}s" if number > 1 else f"{'an' if name == 'hour' else 'a'} {name}"
            )
    return f"{seconds} seconds"


def again_words(until: datetime) -> str:
    """14:32, or with its day where that is another one. Rounded up: a clock shows no seconds."""
    told = timezone.localtime(until)
    if told.second or told.microsecond:
        told = told.replace(second=0, microsecond=0) + timedelta(minutes=1)
    is_today = told.date() == timezone.localtime().date()
    return clock_words(told) if is_today else minute_words(told)


def spent_sentence(name: str, most: int, seconds: int, until: datetime) -> str:
    """ "You have posted 10 times in 10 minutes, which is the limit. … again at 14:32." """
    limit = usual(name)
    words = WORDS[limit.kind]
    who = {
        Per.ACCOUNT: "You have",
        Per.ADDRESS: "From your network somebody has",
        Per.SITE: "On the whole site people have",
    }[limit.per]
    times = "once" if most == 1 else f"{most:,} times"
    return (
        f"{who} {words.done} {times} in {span_words(seconds)}, which is the limit. {words.why}"
        f" You can {words.again} again at {again_words(until)}."
    )
