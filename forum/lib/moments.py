from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext


def minute_words(when: datetime) -> str:
    """3 March 2026, 20:11: in the site's own time, for sentences that leave the site as text."""
    return date_format(timezone.localtime(when), pgettext("date and time", "j F Y, H:i"))


def day_words(when: datetime) -> str:
    """3 March 2026."""
    return date_format(timezone.localtime(when), pgettext("date", "j F Y"))
