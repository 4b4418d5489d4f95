"""The site's own words and signs, for templates. Built in: no template has to load it."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django import template
from django.template import loader
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from forum.lib.browsers import browser_words
from forum.lib.house import house
from forum.lib.ledger import ledger_sentence, strip_summary
from forum.lib.media_names import image_named
from forum.lib.moments import day_words, minute_words
from forum.lib.nouns import count_word, counted
from forum.lib.rendering import trusted
from forum.lib.seeded_words import as_read
from forum.lib.static import static

register = template.Library()
for words in (
    count_word, counted, day_words, ledger_sentence, minute_words, strip_summary,
):  # fmt: skip
    register.filter(words.__name__, words)

STANDING_WORDS = {
    "stands": gettext_lazy("Stands"),
    "unchallenged": gettext_lazy("Unchallenged"),
    "unanswered": gettext_lazy("Unanswered"),
    "contested": gettext_lazy("Contested"),
    "refuted": gettext_lazy("Refuted"),
    "conceded": gettext_lazy("Conceded"),
}
# In the order in which the key explains them: from the least tried to the most.
KEY_ORDER = ("unchallenged", "stands", "unanswered", "contested", "refuted", "conceded")

RELATION_WORDS = {
    "rebuts": gettext_lazy("Rebuts"),
    "undercuts": gettext_lazy("Undercuts"),
    "supports": gettext_lazy("Supports"),
    "concedes": gettext_lazy("Concedes"),
}

RELATION_HELP = {
    "rebuts": gettext_lazy("It is false."),
    "undercuts": gettext_lazy("The reason given does not carry it."),
    "supports": gettext_lazy("Here is another reason for it."),
    "concedes": gettext_lazy("It is granted."),
}

# What became of a passage with a revision.
PASSAGE_WORDS = {
    "exact": gettext_lazy("Exact"),
    "moved": gettext_lazy("Moved"),
    "changed": gettext_lazy("Changed"),
    "orphaned": gettext_lazy("Orphaned"),
}

# In pixels: about as high as the name beside it.
LOGO_HEIGHT = 28


@register.simple_tag
def icon(name: str, extra: str = "") -> str:
    """One sign of the sprite. `extra` is a class, for the ink: `is-refuted`."""
    return _sign(static("icons.svg"), name, f"i {extra}" if extra else "i")


@lru_cache(maxsize=512)
def _sign(sprite: str, name: str, classes: str) -> str:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, sprite, name
    )


@register.filter
def strip_signs(labels: Iterable[str]) -> str:
    """A sign for each standing, in its ink: a loop in a template would cost ten times as much."""
    return trusted("".join(icon(label, f"is-{label}") for label in labels))


@register.simple_tag
def site_name() -> str:
    return house().name


@register.simple_tag
def site_tagline() -> str:
    return as_read(house().tagline)


@register.simple_tag
def site_sign_up() -> str:
    return house().sign_up


@register.simple_tag
def site_sheet() -> str:
    """The address of the site's own colours; empty where they are as they come."""
    known = house()
    return reverse("house:stylesheet", args=[known.look]) if known.has_colours else ""


@register.simple_tag
def site_sign() -> str:
    """What stands before the name: the site's logo, or our sign."""
    logo = image_named(house().logo)
    if logo is None:
        return icon("mark")
    # Its width at the height that it is shown in, by which nothing moves when it arrives.
    width = max(1, round(logo.width * LOGO_HEIGHT / logo.height))
    return format_html(
        '<img class="logo" src="{}" alt="" width="{}" height="{}">', logo.address, width,
        LOGO_HEIGHT,
    )  # fmt: skip


# Stands in a kept masthead for the address to come back to.
_HERE = "__here__"


@register.simple_tag(takes_context=True)
def masthead(context: template.Context) -> str:
    """The head of the page; a page that is kept for many gives its own in its context."""
    given: str | None = context.get("masthead_html")
    return given or masthead_of(context.get("request"), context.get("section") or "")


def masthead_of(request: Any, section: str) -> str:
    manner = getattr(request, "viewing", "")
    head = _masthead_of(request, section)
    return trusted(_viewing_line(_dress(), manner) + head) if manner else head


@lru_cache(maxsize=8)
def _viewing_line(_dress: tuple[str, ...], manner: str) -> str:
    return loader.get_template("components/_viewing.html").render({"manner": manner})


def _masthead_of(request: Any, section: str) -> str:
    """Kept by what it shows: most of it never changes."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return _members_masthead(
            _dress(), section, Owner(*(getattr(user, name) for name in Owner._fields))
        )
    path = request.path if request is not None else "/"
    here = "" if path.startswith("/accounts/") else f"?next={quote(path)}"
    return trusted(_visitors_masthead(_dress(), section).replace(_HERE, here))


def _dress() -> tuple[str, ...]:
    """What all mastheads show that may change while the process runs."""
    return static("icons.svg"), house().look, house().sign_up, get_language() or ""


class Owner(NamedTuple):
    """What a masthead shows of the member whose page it is."""

    username: str
    name: str
    unread_notices: int
    is_moderator: bool
    is_staff: bool
    roles_wait: bool
    time_zone: str
    uses_keys: bool

    def get_absolute_url(self) -> str:
        return reverse("member", args=[self.username])


@lru_cache(maxsize=1024)
def _members_masthead(_dress: tuple[str, ...], section: str, user: Owner) -> str:
    fragment = loader.get_template("components/_masthead.html")
    return fragment.render({"user": user, "section": section})


@lru_cache(maxsize=32)
def _visitors_masthead(_dress: tuple[str, ...], section: str) -> str:
    fragment = loader.get_template("components/_masthead.html")
    return fragment.render({"user": None, "section": section, "here": _HERE})


@register.filter
def standing_word(label: str) -> str:
    return str(STANDING_WORDS.get(label, label))


@register.filter
def relation_word(relation: str) -> str:
    return str(RELATION_WORDS.get(relation, relation))


@register.filter
def relation_help(relation: str) -> str:
    return str(RELATION_HELP.get(relation, ""))


@register.filter
def passage_word(state: str) -> str:
    return str(PASSAGE_WORDS.get(state, state))


@register.simple_tag
def standing_labels() -> tuple[str, ...]:
    return KEY_ORDER


@register.filter
def browser(user_agent: str) -> str:
    """What a session runs on, as its owner would call it: "Firefox on Windows"."""
    return browser_words(user_agent)


def _local(when: date) -> date:
    return timezone.localtime(when) if isinstance(when, datetime) else when


@lru_cache(maxsize=2048)
def _day_words(year: int | None, month: int, day_of_month: int, _language: str | None) -> str:
    """No year: that of today."""
    if year is None:
        # Any leap year will do.
        when = date(2024, month, day_of_month)
        return dateformat.format(when, pgettext("date without its year", "j F"))
    return dateformat.format(date(year, month, day_of_month), pgettext("date", "j F Y"))


@register.filter
def day(when: date | None) -> str:
    """10 February 2026, as a <time>."""
    if when is None:
        return ""
    local = _local(when)
    return format_html(
        '<time datetime="{}">{}</time>',
        f"{local:%Y-%m-%d}",
        _day_words(local.year, local.month, local.day, get_language()),
    )


@register.filter
def moment(when: datetime | None) -> str:
    """3 March, 20:11, as a <time>; the year is said where it is not this one."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    year = None if local.year == timezone.localdate().year else local.year
    on_day = _day_words(year, local.month, local.day, get_language())
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        _("%(day)s, %(time)s") % {"day": on_day, "time": f"{local:%H:%M}"},
    )
