"""Moments inside sentences, by the clock of whoever reads them (see accounts/clock.py)."""

from datetime import date, datetime, timedelta, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext


def minute_words(when: datetime, zone: tzinfo | None = None) -> str:
    """3 March 2026, 20:11. By another clock than the reader's own, the zone is named: a `zone` is
    given for what is sent, or kept, and the site's own is nobody's."""
    own = timezone.get_current_timezone()
    local = timezone.localtime(when, zone or own)
    words = date_format(local, pgettext("date and time", "j F Y, H:i"))
    is_own = zone in {None, own} and own != timezone.get_default_timezone()
    return words if is_own else f"{words} {local.tzname()}"


def clock_words(when: datetime) -> str:
    """20:11, of today."""
    local = timezone.localtime(when)
    is_own = timezone.get_current_timezone() != timezone.get_default_timezone()
    return f"{local:%H:%M}" if is_own else f"{local:%H:%M} {local.tzname()}"


def day_words(when: datetime) -> str:
    """3 March 2026."""
    return date_words(timezone.localtime(when))


def date_words(when: date) -> str:
    return date_format(when, pgettext("date", "j F Y"))


def next_minute(moment: datetime) -> datetime:
    """The first whole minute from then on: a clock shows no seconds."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)
