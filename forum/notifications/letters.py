"""What letters say, and the headers by which mail programs sort, gather and stop them."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy, ngettext

from forum.accounts.language import speaking_to
from forum.lib.house import house
from forum.lib.one_line import isolated
from forum.notifications.choosing import ALL
from forum.notifications.kinds import DIGESTS, Way
from forum.notifications.models import Letter, Notice
from forum.notifications.tokens import token_for

# Mail programs show about half of it.
SUBJECT_LENGTH = 120
# Of an essay, and in all: the inbox has the rest.
LINES_OF_A_PLACE, LINES = 8, 40
# Where news of no essay stands, after the essays.
ELSEWHERE = gettext_lazy("Elsewhere")
RHYTHM_WORDS = {
    Way.DAILY: gettext_lazy("Today on %(site)s"),
    Way.WEEKLY: gettext_lazy("This week on %(site)s"),
}


class NothingToSay(Exception):  # noqa: N818 — it says why no letter is made
    """What it was to tell of is gone or known, or there is nowhere to send it; a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    sentence: str
    excerpt: str
    url: str

    @property
    def plain(self) -> str:
        """As a sentence of plain text, in which a name from right to left keeps to itself."""
        return f"{isolated(self.name)} {isolated(self.sentence)}" if self.name else self.sentence


@dataclass(frozen=True, slots=True)
class Place:
    """An essay, with what happened there."""

    title: str
    lines: list[Line]
    more: int


def compose(letter: Letter) -> EmailMultiAlternatives:
    """The letter as it is true now, in its reader's language. Raises `NothingToSay`."""
    with speaking_to(letter.recipient):
        return _composed(letter)


def _composed(letter: Letter) -> EmailMultiAlternatives:
    address = _address(letter)
    notices = _tellable(letter)
    what = letter.way if letter.way in DIGESTS else notices[0].kind
    stop = _absolute(
        reverse("notifications:unsubscription", args=[token_for(letter.recipient_id, what)])
    )
    context: dict[str, Any] = {
        "what": what,
        "stop_url": stop,
        "stop_all_url": _absolute(
            reverse("notifications:unsubscription", args=[token_for(letter.recipient_id, ALL)])
        ),
        "site_url": f"{settings.SITE_ADDRESS}/",
        "inbox_url": _absolute(reverse("notifications:inbox")),
        "settings_url": _absolute(reverse("news:settings")),
    }
    if letter.way in DIGESTS:
        name, context = "digest", context | _digest(letter, notices)
    else:
        name, context = "notice", context | {"line": _line(notices[0])}
    context["subject"] = _subject(letter, notices)
    message = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string(f"notifications/letters/{name}.txt", context).strip() + "\n",
        to=[address],
        headers=_headers(letter, notices[0], stop),
    )
    html = render_to_string(f"notifications/letters/{name}.html", context)
    message.attach_alternative(html, "text/html")
    return message


def _address(letter: Letter) -> str:
    """The main one, once its owner has confirmed it: nobody else is written to."""
    if not letter.recipient.is_active:
        raise NothingToSay("The account is closed.")
    main = EmailAddress.objects.filter(user=letter.recipient, primary=True, verified=True).first()
    if main is None:
        raise NothingToSay("The member has no confirmed address.")
    return str(main.email)


def _tellable(letter: Letter) -> list[Notice]:
    """What may still be read, and of a digest only what its reader has not read on the site."""
    notices = list(Notice.objects.for_letter(letter))
    readable = import_string(settings.NEWS_READABLE)({notice.url for notice in notices})
    notices = [notice for notice in notices if notice.url in readable]
    if not notices:
        raise NothingToSay("What it was to tell of is not there any more.")
    if letter.way in DIGESTS:
        notices = [notice for notice in notices if notice.read_at is None]
    if not notices:
        raise NothingToSay("All of it has been read on the site.")
    return notices


def _line(notice: Notice) -> Line:
    name = notice.actor.name if notice.actor else ""
    return Line(name, notice.sentence, notice.excerpt, _absolute(notice.url))


def _digest(letter: Letter, notices: list[Notice]) -> dict[str, Any]:
    places = list(_places(notices))
    return {
        "heading": _rhythm(letter),
        "places": places,
        "more": len(notices) - sum(len(place.lines) + place.more for place in places),
    }


def _places(notices: list[Notice]) -> Iterable[Place]:
    """By essay, in the order of the titles; what is about none comes last."""
    left = LINES
    for title, those in groupby(sorted(notices, key=_place_order), key=lambda each: each.place):
        here = list(those)
        if left <= 0:
            return
        shown = here[: min(LINES_OF_A_PLACE, left)]
        left -= len(shown)
        yield Place(
            title or str(ELSEWHERE), [_line(notice) for notice in shown], len(here) - len(shown)
        )


def _place_order(notice: Notice) -> tuple[bool, str, int]:
    return (not notice.place, notice.place, notice.pk)


def _subject(letter: Letter, notices: list[Notice]) -> str:
    if letter.way in DIGESTS:
        number = len(notices)
        words = ngettext(
            "%(heading)s: %(number)s notice", "%(heading)s: %(number)s notices", number
        ) % {"heading": _rhythm(letter), "number": number}
    else:
        words = _line(notices[0]).plain
    return Truncator(words).chars(SUBJECT_LENGTH)


def _rhythm(letter: Letter) -> str:
    return str(RHYTHM_WORDS[Way(letter.way)] % {"site": house().name})


def _headers(letter: Letter, first: Notice, stop: str) -> dict[str, str]:
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    headers = {
        # The same at every try: whoever gets a letter twice can tell.
        "Message-ID": f"<letter-{letter.pk}.{_digits(letter.pk, letter.created_at)}@{host}>",
        "List-Id": f"Counterpoint <notices.{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.way == Way.AT_ONCE and first.about:
        # All letters about one thing answer a letter that was never sent: they stand together.
        thread = f"<about-{_digits(first.about, letter.recipient_id)}@{host}>"
        headers |= {"References": thread, "In-Reply-To": thread}
    return headers


def _digits(*parts: object) -> str:
    """Says nothing of what it was made of to whoever does not know the site's key."""
    said = "\n".join([settings.SECRET_KEY, *map(str, parts)])
    return sha256(said.encode()).hexdigest()[:16]


def _absolute(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"
