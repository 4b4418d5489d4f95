"""What somebody is told who did something too often."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from forum.guard.usual import Per, usual
from forum.lib.moments import clock_words, minute_words
from forum.lib.nouns import digits

DAY, HOUR, MINUTE = 86_400, 3_600, 60


class Words(NamedTuple):
    # What comes after “You have”, “somebody has” and “people have”.
    done: str | Promise
    again: str | Promise
    why: str | Promise


WRITTEN = _("It keeps a few quick hands from filling a debate.")
WORDS = {
    "post": Words(
        pgettext_lazy("after “have”", "posted"), _("You can post again at %(time)s."), WRITTEN
    ),
    "claim": Words(
        pgettext_lazy("after “have”", "challenged an essay"),
        _("You can do it again at %(time)s."),
        WRITTEN,
    ),
    "edit": Words(
        pgettext_lazy("after “have”", "edited posts"),
        _("You can edit again at %(time)s."),
        _("Each edit is kept for readers to compare."),
    ),
    "vote": Words(
        pgettext_lazy("after “have”", "voted or taken a stance"),
        _("You can vote again at %(time)s."),
        _("A vote is worth the reading before it."),
    ),
    "report": Words(
        pgettext_lazy("after “have”", "reported posts"),
        _("You can report one again at %(time)s."),
        _("Moderators read every report."),
    ),
    "legal-notice": Words(
        pgettext_lazy("after “have”", "given legal notice"),
        _("You can give one again at %(time)s."),
        _("A moderator answers every notice."),
    ),
    "follow": Words(
        pgettext_lazy("after “have”", "changed what is followed"),
        _("You can change it again at %(time)s."),
        _("It keeps scripts from doing it."),
    ),
    "mention": Words(
        pgettext_lazy("after “have”", "mentioned members"),
        _("You can mention somebody again at %(time)s."),
        _("Whoever is mentioned gets a message."),
    ),
    "sign-up": Words(
        pgettext_lazy("after “have”", "asked for an account"),
        _("You can ask for one again at %(time)s."),
        _("It keeps machines from signing up."),
    ),
    "sign-in": Words(
        pgettext_lazy("after “have”", "tried to log in"),
        _("You can try again at %(time)s."),
        _("It keeps strangers from guessing passphrases."),
    ),
    "reset": Words(
        pgettext_lazy("after “have”", "asked for a new passphrase"),
        _("You can ask again at %(time)s."),
        _("It keeps strangers from filling letter boxes."),
    ),
    "api": Words(
        pgettext_lazy("after “have”", "asked"),
        _("You can ask again at %(time)s."),
        _("It keeps the site quick for everybody."),
    ),
}
WHO = {
    Per.ACCOUNT: _("You have %(done)s %(times)s in %(span)s, which is the limit."),
    Per.ADDRESS: _(
        "From your network somebody has %(done)s %(times)s in %(span)s, which is the limit."
    ),
    Per.SITE: _(
        "On the whole site people have %(done)s %(times)s in %(span)s, which is the limit."
    ),
}


def span_words(seconds: int) -> str:
    """10 minutes; an hour."""
    if seconds % DAY == 0:
        return _number(ngettext("a day", "%(number)s days", seconds // DAY), seconds // DAY)
    if seconds % HOUR == 0:
        return _number(ngettext("an hour", "%(number)s hours", seconds // HOUR), seconds // HOUR)
    if seconds % MINUTE == 0:
        minutes = seconds // MINUTE
        return _number(ngettext("a minute", "%(number)s minutes", minutes), minutes)
    return _number(ngettext("%(number)s second", "%(number)s seconds", seconds), seconds)


def _number(words: str, number: int) -> str:
    return words % {"number": number}


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
    told = {
        "done": words.done,
        "times": ngettext("once", "%(number)s times", most) % {"number": digits(most)},
        "span": span_words(seconds),
    }
    again = words.again % {"time": again_words(until)}
    return f"{WHO[limit.per] % told} {words.why} {again}"
